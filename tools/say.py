"""What the user reads: steps with their duration, warnings, and failures as one sentence."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Survives the change into the project's own Python.
STARTED = float(os.environ.setdefault("CLIENT_PORTAL_STARTED", str(time.time())))


def elapsed() -> float:
    """Seconds since the command began."""
    return time.time() - STARTED


class Fail(Exception):
    """Something the user can act upon; the text says what and how."""


def line(text: str = "") -> None:
    print(text, flush=True)


def warn(text: str) -> None:
    print(f"warning: {text}", file=sys.stderr, flush=True)


def error(text: str) -> None:
    print(f"error: {text}", file=sys.stderr, flush=True)


@contextmanager
def step(title: str, hint: str = "") -> Iterator[None]:
    """Announce a piece of work, then say how long it took."""
    print(f"  {title}{f' ({hint})' if hint else ''} ...", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print(" not finished", flush=True)
        raise
    print(f" {time.monotonic() - start:.1f} s", flush=True)
