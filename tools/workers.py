"""Several pytest workers, each with a database and a filestore of its own; this module is also the plugin for it.

pytest-odoo copies the database for each worker but lets them share the filestore. Odoo's test classes collect garbage
there when they end, and so delete the files of a test that is still running in another worker.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

MANY_FILES = 8
MOST_WORKERS = 4


def options(targets: Sequence[str], extra: Sequence[str]) -> list[str]:
    """Pytest's options: a worker per processor where the files are many and nobody asked for something else."""
    chosen = any(word.startswith(("-n", "--pdb", "-s", "--trace")) for word in extra)
    count = min(os.cpu_count() or 1, MOST_WORKERS)
    if chosen or count < 2 or len(targets) < MANY_FILES:
        return []
    return ["-n", str(count), "--dist", "loadscope"]


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
    try:
        yield
    finally:
        shutil.rmtree(target, ignore_errors=True)
