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
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from . import area as areas
from . import odoo, paths, postgres, process, templates
from .say import Fail

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


class OdooServer:
    """A real Odoo server process (with its workers) that a test may stop, kill and start again."""

    def __init__(self, config: odoo.Odoo):
        self.config = config
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return self.config.url

    @property
    def log(self) -> str:
        """Everything the server wrote so far."""
        return self.config.log.read_text(errors="replace") if self.config.log.exists() else ""

    @property
    def pids(self) -> list[int]:
        """The server's process and its workers."""
        if not self.process:
            return []
        return [self.process.pid, *_children(self.process.pid)]

    def start(self, patience: float = 90) -> OdooServer:
        """Start the process and wait until it answers."""
        self.process = process.start(self.config.command(), env=self.config.environment(), log=self.config.log)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            if _answers(f"{self.url}/web/health"):
                return self
            time.sleep(0.1)
        self.stop()
        tail = "\n".join(self.log.splitlines()[-15:])
        raise Fail(f"The Odoo server did not come up. The end of {self.config.log}:\n{tail}")

    def stop(self) -> None:
        """End it as an administrator would; whatever does not listen is killed."""
        if self.process:
            pids = self.pids
            process.stop(self.process)
            _kill(pids[1:])

    def kill(self) -> None:
        """End it and its workers at once, as a crash would."""
        if self.process:
            pids = self.pids
            _kill(pids)
            self.process.wait()


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


def _answers(url: str) -> bool:
    with suppress(OSError, urllib.error.URLError), urllib.request.urlopen(url, timeout=20) as response:
        return response.status == 200
    return False


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in task.read_text().split()]
    return found + [grandchild for child in found for grandchild in _children(child)]


def _kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
