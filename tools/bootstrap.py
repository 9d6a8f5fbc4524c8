"""From nothing to a Python that can run Odoo; then the command continues in that Python."""

from __future__ import annotations

import os
import sys

from . import locks, odoo_source, paths, venv


def enter(arguments: list[str]) -> None:
    """Return when running in the project's own environment; otherwise make it and start again in it."""
    if (sys.prefix != sys.base_prefix) and (paths.cache() / "venv") in _parents(sys.prefix):
        odoo_source.locate()
        return
    with locks.shared_cache():
        paths.forget_drafts()
        odoo_source.locate()
        interpreter = venv.python("runtime")
    os.chdir(paths.ROOT)
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(paths.cache() / "pycache")}
    os.execve(interpreter, [str(interpreter), "-m", "tools", *arguments], environment)


def _parents(folder: str) -> list:
    from pathlib import Path

    return list(Path(folder).resolve().parents) + list(Path(folder).parents)
