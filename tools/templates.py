"""Template databases: what the suite depends on, installed once, kept in the cache.

Embedded, a template is a stopped cluster folder that every work area copies; on the user's own server
(PGHOST) it is a template database. The filestore lies beside it either way.
"""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import farm, locks, odoo, odoo_source, paths, postgres, process
from .say import Fail, step

DATABASE = "template_deps"
RECIPE = 1  # raise it when what a template holds changes
# A chart of accounts, so that invoices can be posted.
ALSO = ("l10n_generic_coa",)
# What a business also has, and what must open no further door.
WIDE = ("calendar", "hr_timesheet", "purchase", "sale_margin", "sale_timesheet", "website")
# Beside Odoo's demo data: a way to pay that asks nobody for money.
DEMO = ("payment_demo",)
HINTS = {
    "plain": "once, about 60 s",
    "demo": "with Odoo's demo data, once, about 100 s",
    "wide": "with optional modules, once, about 120 s",
}


def manifest(folder: Path) -> dict:
    path = folder / "__manifest__.py"
    try:
        return ast.literal_eval(path.read_text())
    except FileNotFoundError as err:
        raise Fail(f"There is no module here yet: {path} is missing.") from err
    except (SyntaxError, ValueError) as err:
        raise Fail(f"{path} is not readable as a manifest: {err}") from err


def dependencies() -> list[str]:
    """What the suite's manifests name, without the suite itself."""
    own = farm.modules()
    folders = [paths.EXTRA_MODULES.get(name, paths.ROOT) for name in own]
    named = {name for folder in folders for name in manifest(folder).get("depends", [])}
    return sorted((named | set(ALSO)) - set(own))


@dataclass(frozen=True)
class Template:
    """`plain`, `demo` (Odoo's own demo data) or `wide` (with optional modules)."""

    kind: str

    @property
    def modules(self) -> list[str]:
        also = {"wide": WIDE, "demo": DEMO}
        return [*dependencies(), *also.get(self.kind, ())]

    @property
    def key(self) -> str:
        lock = (paths.REQUIREMENTS / "runtime.txt").read_bytes()
        facts = [self.modules, hashlib.sha256(lock).hexdigest(), odoo_source.locate().version, RECIPE]
        return f"{hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:10]}-{self.kind}"

    @property
    def folder(self) -> Path:
        name = self.key
        if postgres.external():
            with postgres.users_server() as server:
                name += "-" + hashlib.sha256(f"{server.host}:{server.port}".encode()).hexdigest()[:6]
        return paths.cache() / "templates" / name

    def ready(self) -> Path:
        """The template's folder, made first when missing."""
        if not self._is_there():
            with locks.shared_cache(f"template-{self.kind}"):
                if not self._is_there():
                    self._make()
        return self.folder

    def _is_there(self) -> bool:
        if not (self.folder / "complete").exists():
            return False
        if not postgres.external():
            return True
        with postgres.users_server() as server:
            return server.exists(template_name(server, self.key))

    def _make(self) -> None:
        paths.require_space(2, "A template database")
        shutil.rmtree(self.folder, ignore_errors=True)
        draft = paths.scratch("template")
        title = f"Odoo and what the suite needs, installed ({self.kind})"
        with step(title, HINTS[self.kind]), _server(draft) as server:
            name = template_name(server, self.key)
            server.drop(f"{name}_draft")
            server.create(f"{name}_draft")
            arguments = ["-i", ",".join(["base", *self.modules]), "--stop-after-init", "--no-http"]
            arguments += ["--with-demo"] if self.kind == "demo" else []
            config = odoo.Odoo(f"template-{self.kind}", server, f"{name}_draft", draft / "data").write()
            log = paths.logs() / f"template-{self.kind}.log"
            process.check(config.command(*arguments), "Installing Odoo's modules", log, env=config.environment())
            server.run("VACUUM ANALYZE", database=f"{name}_draft")
            server.drop(name)
            server.rename(f"{name}_draft", name)
            if config.filestore.exists():
                config.filestore.rename(draft / "filestore")
        shutil.rmtree(draft / "data", ignore_errors=True)
        (draft / "complete").touch()
        self.folder.parent.mkdir(exist_ok=True)
        draft.chmod(0o755)
        draft.rename(self.folder)


def template_name(server: postgres.Server, key: str) -> str:
    """Embedded, a cluster holds one template; on a shared server its name tells which."""
    return f"client_portal_{key.replace('-', '_')}" if server.prefix else DATABASE


@contextmanager
def _server(draft: Path) -> Iterator[postgres.Server]:
    if postgres.external():
        with postgres.users_server() as server:
            yield server
        return
    cluster = postgres.Cluster(draft)
    cluster.initialise()
    with cluster.running() as server:
        yield server


def copy_filestore(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.exists():
        subprocess.run(["cp", "-a", "--reflink=auto", source, target], check=True)
