"""The live lane's helper: real Odoo servers on throw-away copies of the installed database.

    from tools.live import Lane

    lane = Lane.from_environment()
    with lane.database("race") as database, lane.serve(database, workers=2) as server:
        requests.get(server.url + "/web/login")
        server.kill()          # as a crash would
        server.start()         # again, on the same port and database
        database.run("SELECT count(*) FROM client_decision")

PostgreSQL runs with fsync on (unless PGHOST names a server, which is used as it is). The connecting user is the
server's superuser when it is the embedded one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import area as areas
from . import odoo, paths, postgres, process, templates
from .say import Fail
from .server import OdooServer

PREFIX = "CLIENT_PORTAL_LIVE_"


def facts(place: areas.Area, server: postgres.Server, database: str) -> dict[str, str]:
    """What the runner hands to the tests by environment variables."""
    values = {
        "PGHOST": server.host,
        "PGPORT": server.port,
        "PGUSER": server.user,
        "PGPASSWORD": server.password,
        "PREFIX": server.prefix,
        "DATABASE": server.name(database),
        "FILESTORE": place.folder / "data" / "filestore" / server.name(database),
        "WORK": paths.work() / "live",
        "ROOT": paths.ROOT,
    }
    return {f"{PREFIX}{key}": str(value) for key, value in values.items()}


@dataclass(frozen=True)
class Database:
    """A throw-away database: its real name and its server."""

    name: str
    server: postgres.Server
    data: Path

    def run(self, statement: str, *values: object) -> list[tuple]:
        """One SQL statement in a connection of its own, committed."""
        return self.server.run(statement, *values, database=self.name)

    def connect(self):
        """A psycopg2 connection in autocommit mode."""
        return self.server.connect(self.name)


@dataclass(frozen=True)
class Lane:
    """Where the installed database is, and where copies of it may be made."""

    server: postgres.Server
    source: str
    filestore: Path
    work: Path

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> Lane:
        if f"{PREFIX}DATABASE" not in env:
            raise Fail("The live tests run through `make test` or `make test-fast FILES=tests/live/...`.")
        value = {key.removeprefix(PREFIX): value for key, value in env.items() if key.startswith(PREFIX)}
        server = postgres.Server(
            value["PGHOST"], int(value["PGPORT"]), value["PGUSER"], value["PGPASSWORD"], value["PREFIX"]
        )
        return cls(server, value["DATABASE"], Path(value["FILESTORE"]), Path(value["WORK"]))

    @contextmanager
    def database(self, name: str) -> Iterator[Database]:
        """A copy of the installed database and its filestore, dropped in the end."""
        real = self.server.name(f"live_{name}")
        data = self.work / name
        shutil.rmtree(data, ignore_errors=True)
        self.server.drop(real)
        self.server.create(real, self.source)
        templates.copy_filestore(self.filestore, data / "filestore" / real)
        try:
            yield Database(real, self.server, data)
        finally:
            self.server.drop(real)
            shutil.rmtree(data, ignore_errors=True)

    @contextmanager
    def replica(self, delay: str) -> Iterator[postgres.Server]:
        """A replica of the whole server as it is now, which learns what comes after `delay` later."""
        folder = self.work / "replica"
        shutil.rmtree(folder, ignore_errors=True)
        cluster = postgres.Cluster(folder)
        cluster.follow(self.server, delay)
        try:
            with cluster.running() as server:
                yield server
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def serve(self, database: Database, workers: int = 0, **options: object) -> Iterator[OdooServer]:
        """A server on that database; `options` are lines of odoo.conf (`max_cron_threads=1`, `dev_mode="replica"`)."""
        extra = tuple((key, str(value)) for key, value in {"max_cron_threads": 0, **options}.items())
        config = odoo.Odoo(
            f"live-{database.data.name}-{process.free_port()}",
            database.server,
            database.name,
            database.data,
            workers=workers,
            extra=extra,
        ).write()
        running = OdooServer(config)
        try:
            yield running.start()
        finally:
            running.stop()
            config.conf.unlink(missing_ok=True)
