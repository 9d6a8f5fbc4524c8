"""File locks: one process per work area, one bootstrap per cache."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import paths, say


def _take(path: Path, blocking: bool) -> int | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if blocking else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(handle)
        return None
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()} {' '.join(sys.argv[1:3])}\n".encode())
    return handle


def area_file(name: str) -> Path:
    return paths.work() / f"{name}.lock"


@contextmanager
def area(name: str) -> Iterator[None]:
    """Hold one part of the work area (`demo`, `test`) or say who does."""
    path = area_file(name)
    handle = _take(path, blocking=False)
    if handle is None:
        holder = path.read_text().split()[:1]
        raise say.Fail(
            f"The {name} area of this checkout is busy (process {holder[0] if holder else 'unknown'}); "
            f"wait for it, or work beside it: make INSTANCE=second ..."
        )
    try:
        yield
    finally:
        os.close(handle)


def busy(path: Path) -> bool:
    """Whether another process holds that lock file."""
    handle = _take(path, blocking=False)
    if handle is not None:
        os.close(handle)
    return handle is None


@contextmanager
def shared_cache(part: str = "cache") -> Iterator[None]:
    """One process at a time prepares a part of the cache; the others wait for it."""
    path = paths.cache() / f"{part}.lock"
    handle = _take(path, blocking=False)
    if handle is None:
        say.line("  waiting for another start that is preparing the cache ...")
        handle = _take(path, blocking=True)
    try:
        yield
    finally:
        os.close(handle)
