"""A part of the work area: a PostgreSQL, a data folder and the databases made in them.

Areas are `test` (a database with only the suite), `wide` (beside optional modules), `world` (Odoo's demo data, the
suite and the demo world, for tests) and `demo` (what `make demo` serves). Each is a copy of a template, so making one
takes seconds.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import farm, odoo, paths, postgres, process, templates
from .say import step

# What a running Odoo reads from the files each time; a change needs no `-u`.
NEEDS_NO_UPDATE = ("tests", "static", "docs", "tools", "controllers")
UPDATES = {".py", ".xml", ".csv", ".sql", ".po"}


@dataclass(frozen=True)
class Area:
    """One of the areas; `kind` is the template it starts from."""

    name: str
    kind: str

    @property
    def folder(self) -> Path:
        return paths.work() / self.name

    @property
    def cluster(self) -> postgres.Cluster:
        return postgres.Cluster(self.folder)

    @contextmanager
    def server(self, durable: bool = False, keep: bool = False) -> Iterator[postgres.Server]:
        """This area's PostgreSQL, running. With `keep` an older template is good enough."""
        template = templates.Template(self.kind)
        if postgres.external():
            template.ready()
            self.folder.mkdir(parents=True, exist_ok=True)
            with postgres.users_server() as server:
                yield server
            return
        made_from = self.folder / "template"
        current = made_from.read_text() if made_from.exists() else ""
        if not self.cluster.exists() or (current != template.key and not keep):
            source = template.ready()
            with step(f"PostgreSQL with Odoo's modules ({self.kind})", "a copy of the template"):
                made_from.unlink(missing_ok=True)
                shutil.rmtree(self.folder / "data", ignore_errors=True)
                self.cluster.copy_from(source)
                made_from.write_text(template.key)
        with self.cluster.running(durable) as server:
            yield server

    def config(self, server: postgres.Server, database: str, **options) -> odoo.Odoo:
        """An Odoo configuration for one database of this area, written to its file."""
        data, demo_data = self.folder / "data", self.kind == "demo"
        return odoo.Odoo(self.name, server, server.name(database), data, demo_data=demo_data, **options).write()

    def copy_template(self, server: postgres.Server, database: str) -> None:
        """A new database with what the suite depends on, in place of one of that name."""
        template = templates.Template(self.kind)
        name = server.name(database)
        server.drop(name)
        server.create(name, templates.template_name(server, template.key))
        templates.copy_filestore(template.folder / "filestore", self.folder / "data" / "filestore" / name)

    def copy_database(self, server: postgres.Server, source: str, target: str) -> None:
        """Copy a database and its filestore within the area."""
        server.drop(server.name(target))
        server.create(server.name(target), server.name(source))
        store = self.folder / "data" / "filestore"
        templates.copy_filestore(store / server.name(source), store / server.name(target))

    def drop(self, server: postgres.Server, database: str) -> None:
        server.drop(server.name(database))
        shutil.rmtree(self.folder / "data" / "filestore" / server.name(database), ignore_errors=True)

    def mark(self, database: str) -> Mark:
        return Mark(self.folder / f"{database}.json")


@dataclass(frozen=True)
class Mark:
    """What a database was last installed or updated from."""

    path: Path

    def read(self) -> dict:
        try:
            return json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}

    def write(self, facts: dict) -> None:
        draft = self.path.with_suffix(".part")
        draft.write_text(json.dumps(facts))
        draft.replace(self.path)

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)


def facts() -> dict:
    """The state of the module's files that decides whether a database is up to date."""
    return {"modules": farm.modules(), "files": _digest(), "dependencies": templates.dependencies()}


def _digest() -> str:
    digest = hashlib.sha256()
    folders = [paths.ROOT, *(folder for folder in paths.EXTRA_MODULES.values() if folder.exists())]
    for folder in folders:
        for entry in sorted(folder.iterdir()):
            if entry.name.startswith(".") or entry.name in NEEDS_NO_UPDATE or entry.name in farm.NOT_THE_MODULE:
                continue
            for path in sorted(entry.rglob("*")) if entry.is_dir() else [entry]:
                if path.suffix in UPDATES and path.is_file():
                    digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def install(config: odoo.Odoo, *, update: bool = False) -> None:
    """Install the suite on a copy of a template, or bring an installed one up to date with the files."""
    there = installed(config) if update else []
    missing = [name for name in farm.modules() if name not in there]
    arguments = ["-i", ",".join(missing)] if missing else []
    arguments += ["-u", ",".join(there)] if there else []
    if missing and config.demo_data:
        arguments.append("--with-demo")
    log = paths.logs() / f"{config.name}-install.log"
    command = config.command(*arguments, "--stop-after-init", "--no-http", "--log-level=warn")
    process.check(command, f"odoo {' '.join(arguments)}", log, env=config.environment())
    _show_warnings(log)


def installed(config: odoo.Odoo) -> list[str]:
    """The suite's modules that the database has."""
    query = "SELECT name FROM ir_module_module WHERE state = 'installed' AND name = ANY(%s) ORDER BY name"
    return [row[0] for row in config.server.run(query, farm.modules(), database=config.database)]


def _show_warnings(log: Path) -> None:
    """Odoo installs with warnings and errors that make nothing fail; nobody reads the log unless shown."""
    rows = [row for row in log.read_text(errors="replace").splitlines() if " WARNING " in row or " ERROR " in row]
    for row in rows[:10]:
        print(f"\n    {row}", end="", flush=True)


def has_world() -> bool:
    return (paths.ROOT / "demo" / "world.py").exists()


def build_world(config: odoo.Odoo) -> list[list[str]]:
    """Make the demo world in a database and return its logins: (login, password, who)."""
    log = paths.logs() / f"{config.name}-world.log"
    command = config.script("world", config.database, *farm.modules())
    process.check(command, "The demo world", log, env=config.environment())
    rows = [row[7:] for row in log.read_text(errors="replace").splitlines() if row.startswith("LOGINS ")]
    return json.loads(rows[-1]) if rows else []
