"""Several pytest workers, each with a database and a filestore of its own; this module is also the plugin for it.

pytest-odoo copies the database for each worker but lets them share the filestore. Odoo's test classes collect garbage
there when they end, and so delete the files of a test that is still running in another worker.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from . import say

MOST_WORKERS = 4


def options(targets: Sequence[str], extra: Sequence[str], share: str = "loadscope") -> list[str]:
    """Pytest's options: a worker per processor, or WORKERS of them, where the files are many enough to share.

    With "loadscope" one class stays on one worker, in the order of the files: many tests say little about how long a
    class takes. With "loadfile" one file does, those with most tests first. Even a single worker has a copy of the
    database to itself, as long as there is more than one file to win by it.
    """
    chosen = any(word.startswith(("-n", "--pdb", "-s", "--trace")) for word in extra)
    count = min(_wanted(), len(targets))
    order = ["--no-loadscope-reorder"] if share == "loadscope" else []
    return ["-n", str(count), "--dist", share, *order] if len(targets) > 1 and not chosen else []


def _wanted() -> int:
    named = os.environ.get("WORKERS", "")
    if named and not named.isdigit():
        raise say.Fail(f"WORKERS={named} is no number.")
    return int(named) if named else min(os.cpu_count() or 1, MOST_WORKERS)


def pytest_configure() -> None:
    """Runs inside pytest, after pytest-odoo."""
    import pytest_odoo

    pytest_odoo._shared_filestore = _own_filestore


@contextmanager
def _own_filestore(original: str, name: str) -> Iterator[None]:
    import odoo.tools

    if original == name:
        yield
        return
    source, target = (odoo.tools.config.filestore(database) for database in (original, name))
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    os.environ["CLIENT_PORTAL_THROW_AWAY"] = name  # so that tests keep what all of them stand on
    try:
        yield
    finally:
        shutil.rmtree(target, ignore_errors=True)
