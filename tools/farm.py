"""The scratch add-ons folder: the repository under the module's own name, whatever the clone is called.

Odoo finds a module by the name of its folder, and the repository root is the module. A link to the whole
repository would show it the tools and the second module as parts of the first, so `client_portal/` is a
real folder of links to the module's own entries.
"""

from __future__ import annotations

import os
from pathlib import Path

from . import paths

NOT_THE_MODULE = {
    "Makefile",
    "addons_client_portal_docs",
    "compose.yml",
    "node_modules",
    "pyproject.toml",
    "tools",
}


def build() -> Path:
    """Make or refresh the add-ons folder and return it."""
    farm = paths.work() / "addons"
    farm.mkdir(exist_ok=True)
    _link_entries(paths.ROOT, farm / paths.MODULE)
    for name, folder in paths.EXTRA_MODULES.items():
        if (folder / "__manifest__.py").exists():
            _link_entries(folder, farm / name)
    library = paths.work() / "lib"
    library.mkdir(exist_ok=True)
    _link(library / "tools", paths.ROOT / "tools")
    for name in modules():
        # Live tests drive Odoo from outside: here no add-on's __init__ surrounds them.
        _link(library / f"live_{name}", paths.EXTRA_MODULES.get(name, paths.ROOT) / "tests" / "live")
    return farm


def modules() -> list[str]:
    """The suite's modules that exist in this checkout."""
    extra = [name for name, folder in paths.EXTRA_MODULES.items() if (folder / "__manifest__.py").exists()]
    return [paths.MODULE, *extra]


def _link_entries(source: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    wanted = {
        entry.name: entry
        for entry in source.iterdir()
        if entry.name not in NOT_THE_MODULE and not entry.name.startswith((".", "__pycache__"))
    }
    for present in target.iterdir():
        if present.name not in wanted and present.is_symlink():
            present.unlink()
    for name, entry in wanted.items():
        _link(target / name, entry)


def _link(link: Path, target: Path) -> None:
    if link.is_symlink() and os.readlink(link) == str(target):
        return
    link.unlink(missing_ok=True)
    link.symlink_to(target)
