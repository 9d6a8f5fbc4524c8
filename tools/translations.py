"""`make i18n`: Odoo's own export of the terms to translate, into i18n/<module>.pot."""

from __future__ import annotations

from pathlib import Path

from . import databases, farm, locks, paths, process, say


def export() -> int:
    """Bring the test database up to date and export each module's template."""
    with locks.area("test"), databases.SUITE.server() as server:
        config = databases.SUITE.config(server, "test")
        farm.build()
        databases.ensure(databases.SUITE, server, config, "test", False)
        for name in farm.modules():
            _export(config, name, paths.EXTRA_MODULES.get(name, paths.ROOT) / "i18n" / f"{name}.pot")
    return 0


def _export(config, name: str, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    with say.step(f"{target.relative_to(paths.ROOT)}"):
        command = config.command("i18n", "export", "-d", config.database, "-l", "pot", "-o", target, name)
        process.check(command, "The export", paths.logs() / "i18n.log", env=config.environment())
