"""Where things live: the checkout, the shared cache and this checkout's work area."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from pathlib import Path

from .say import Fail, step

ROOT = Path(__file__).resolve().parent.parent
MODULE = "client_portal"
EXTRA_MODULES = {"client_portal_docs": ROOT / "addons_client_portal_docs" / "client_portal_docs"}
REQUIREMENTS = ROOT / "tools" / "requirements"


def cache() -> Path:
    """The cache that all checkouts share; root's must be readable by `nobody`, who runs PostgreSQL."""
    if named := os.environ.get("CLIENT_PORTAL_CACHE"):
        path = Path(named).expanduser().absolute()
    elif os.geteuid() == 0:
        path = Path("/var/cache/client_portal")
    else:
        path = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "client_portal"
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise Fail(f"The cache folder {path} cannot be made ({err.strerror}); set CLIENT_PORTAL_CACHE.") from err
    if not os.access(path, os.W_OK):
        raise Fail(f"The cache folder {path} is not yours to write; set CLIENT_PORTAL_CACHE to another one.")
    if os.geteuid() == 0:
        _require_world_readable(path)
    return path


def _require_world_readable(path: Path) -> None:
    for folder in (path, *path.parents):
        if not folder.stat().st_mode & stat.S_IXOTH:
            raise Fail(
                f"PostgreSQL cannot run as root, so it runs as nobody, who cannot enter {folder}; "
                "set CLIENT_PORTAL_CACHE to a folder everybody can read."
            )


def instance() -> str:
    name = os.environ.get("INSTANCE", "")
    if name and not re.fullmatch(r"[A-Za-z0-9_]{1,20}", name):
        raise Fail("INSTANCE may hold up to 20 letters, digits and underscores.")
    return name


def checkout_key() -> str:
    """A short name of this checkout and INSTANCE, for folders and databases."""
    digest = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    return f"{digest}-{instance()}" if instance() else digest


def work() -> Path:
    """This checkout's (and INSTANCE's) own work files."""
    path = cache() / "work" / checkout_key()
    if not path.exists():
        path.mkdir(parents=True)
        (path / "checkout").write_text(f"{ROOT}\n")
    return path


def logs() -> Path:
    path = work() / "logs"
    path.mkdir(exist_ok=True)
    return path


def require_space(gigabytes: float, what: str) -> None:
    """Refuse before filling the disk rather than in the middle."""
    free = shutil.disk_usage(cache()).free / 1e9
    if free < gigabytes:
        raise Fail(
            f"{what} needs {gigabytes:g} GB, {cache()} has {free:.1f} GB free; "
            "make room or set CLIENT_PORTAL_CACHE to a folder on another disk."
        )


def scratch(name: str) -> Path:
    """An empty folder for unfinished work in the cache; renamed into place when done."""
    path = cache() / "tmp" / f"{name}.{os.getpid()}"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def link(place: Path, target: Path) -> None:
    """Make `place` lead to `target`, in one step: others may make the same link at the same moment.

    Whatever stood there is replaced unless it says the same; a link that leads nowhere is mended.
    """
    if place.is_symlink() and place.readlink() == target:
        return
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    draft.replace(place)


def forget_drafts() -> None:
    """Remove what interrupted starts left half done."""
    for draft in (cache() / "tmp").glob("*.*"):
        maker = draft.suffix[1:]
        if draft.is_dir() and not (maker.isdigit() and Path("/proc", maker).exists()):
            with step("Removing what an interrupted start left"):
                shutil.rmtree(draft, ignore_errors=True)
