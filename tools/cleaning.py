"""`make clean` and `make distclean`: remove what the tools made, and say what stays."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from . import locks, paths, postgres, say


def clean() -> int:
    """Remove this checkout's databases and work files; keep the shared cache.

    With INSTANCE set only that one's, otherwise those of every INSTANCE.
    """
    mine = [folder for folder in (paths.cache() / "work").glob("*") if _belongs_here(folder)]
    if os.environ.get("INSTANCE"):
        mine = [folder for folder in mine if folder == paths.work()]
    for folder in mine:
        _remove(folder)
    say.line(
        f"removed {len(mine)} work area(s) of this checkout. Kept: {paths.cache()} with Odoo's source, the Python "
        "environments and the template databases (make distclean removes them)"
    )
    return 0


def distclean() -> int:
    """Remove the whole cache, unless another checkout's work files are in it."""
    clean()
    others = [folder for folder in (paths.cache() / "work").glob("*") if folder.is_dir()]
    if others:
        named = ", ".join(sorted({_checkout(folder) for folder in others}))
        raise say.Fail(f"The cache {paths.cache()} also serves {named}; run make clean there first.")
    shutil.rmtree(paths.cache())
    say.line(f"removed {paths.cache()}")
    return 0


def _checkout(folder: Path) -> str:
    with contextlib.suppress(OSError):
        return (folder / "checkout").read_text().strip()
    return ""


def _belongs_here(folder: Path) -> bool:
    return _checkout(folder) == str(paths.ROOT)


def _remove(folder: Path) -> None:
    """End a PostgreSQL a killed start left, drop databases on the user's own server, remove the files."""
    for lock in folder.glob("*.lock"):
        if locks.busy(lock):
            raise say.Fail(f"The {lock.stem} area in {folder} is in use; end what runs there first.")
    for cluster in folder.glob("*/pgdata"):
        postgres.Cluster(cluster.parent).stop_orphan()
    if postgres.external():
        with postgres.users_server() as server:
            for (name,) in server.run("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", server.prefix):
                server.drop(name)
    shutil.rmtree(folder)
