"""How an Odoo process is started: command, environment and configuration file."""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from . import browser, farm, odoo_source, paths, pdf, postgres, process


@dataclass
class Odoo:
    """One Odoo configuration: a database on a server, an add-ons folder, a data folder and ports."""

    name: str
    server: postgres.Server
    database: str
    data: Path
    addons: tuple[Path, ...] = ()
    port: int = 0
    workers: int = 0
    demo_data: bool = False
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def conf(self) -> Path:
        return paths.work() / f"odoo-{self.name}.conf"

    @property
    def log(self) -> Path:
        return paths.logs() / f"{self.name}.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def filestore(self) -> Path:
        return self.data / "filestore" / self.database

    def write(self) -> Odoo:
        """Write the configuration file; ports not named are picked free."""
        self.port = self.port or process.free_port()
        self.data.mkdir(parents=True, exist_ok=True)
        addons = self.addons or (farm.build(), *odoo_source.locate().addons)
        values = {
            "addons_path": ",".join(map(str, addons)),
            "data_dir": self.data,
            "screenshots": paths.work() / "screenshots",
            "http_interface": "127.0.0.1",
            "http_port": self.port,
            "gevent_port": process.free_port(),
            "workers": self.workers,
            "max_cron_threads": 0,
            "list_db": False,
            "db_name": self.database,
            "dbfilter": f"^{self.database}$",
            "db_host": self.server.host,
            "db_port": self.server.port,
            "db_user": self.server.user,
            "pg_path": postgres.binaries(),
            "proxy_mode": False,
            "admin_passwd": secrets.token_urlsafe(16),
            "limit_time_real": 600,
            "limit_time_cpu": 600,
            "smtp_server": "127.0.0.1",
            "smtp_port": 1,  # nobody listens there: no test ever mails anybody
        }
        if self.server.password:
            values["db_password"] = self.server.password
        values.update(self.extra)
        rows = ["[options]", *(f"{key} = {value}" for key, value in values.items())]
        self.conf.write_text("\n".join(rows) + "\n")
        self.conf.chmod(0o600)
        return self

    def environment(self) -> dict[str, str]:
        """What the process needs to find Odoo, the database, a browser and wkhtmltopdf."""
        env = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "ODOO_", "PYTHON"))}
        env.update(self.server.environment())
        env["PATH"] = os.pathsep.join([*map(str, self._programs()), env.get("PATH", os.defpath)])
        env["PYTHONPATH"] = os.pathsep.join([str(odoo_source.locate().python_path), str(paths.work() / "lib")])
        env["PYTHONPYCACHEPREFIX"] = str(paths.cache() / "pycache")
        env["PYTHONUTF8"] = "1"
        env["ODOO_RC"] = str(self.conf)
        return env

    @staticmethod
    def _programs() -> list[Path]:
        return [browser.shelf(), pdf.shelf(), postgres.binaries()]

    def command(self, *arguments: str | Path) -> list[str | Path]:
        return self.script("launch", *arguments)

    def script(self, name: str, *arguments: str | Path) -> list[str | Path]:
        """A script of tools/inside, which runs with Odoo on its path."""
        return [sys.executable, paths.ROOT / "tools" / "inside" / f"{name}.py", *arguments]
