"""`make shell` and `make psql`: on the demo database, beside a running demo or on their own."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from . import area, locks, odoo, postgres, process, say

DEMO = area.Area("demo", "demo")
PLACES = {
    "": (DEMO, "demo"),
    "demo": (DEMO, "demo"),
    "test": (area.Area("test", "plain"), "test"),
    "wide": (area.Area("wide", "wide"), "wide"),
}


@contextmanager
def _database() -> Iterator[odoo.Odoo]:
    """The demo's database, or with DB=test or DB=wide the last one of that test lane."""
    if os.environ.get("DB", "") not in PLACES:
        raise say.Fail(f"DB may be one of: {' '.join(filter(None, PLACES))}.")
    place, database = PLACES[os.environ.get("DB", "")]
    if not place.mark(database).path.exists():
        raise say.Fail(f"There is no {database} database yet: make {'demo' if place is DEMO else 'test'} makes it.")
    if not postgres.external() and locks.busy(locks.area_file(place.name)) and place.cluster.answers():
        yield _config(place, place.cluster.server(), database)
        return
    with locks.area(place.name), place.server(keep=True) as server:
        yield _config(place, server, database)


def _config(place: area.Area, server: postgres.Server, database: str) -> odoo.Odoo:
    """A configuration of its own name, so that a running server's file stays as it is."""
    return odoo.Odoo(f"{place.name}-shell", server, server.name(database), place.folder / "data").write()


def _talk(command: list, config: odoo.Odoo) -> int:
    """Run an interactive program in our terminal; Ctrl-C is for it, not for us."""
    signal.signal(signal.SIGINT, lambda *_: None)
    return process.call(command, env=config.environment(), stdin=None, own_session=False)


def shell() -> int:
    """Odoo's shell; what is piped in is run, and the exit code tells how it went."""
    with _database() as config:
        return _talk(config.command("shell", "--no-http", "--log-level=warn"), config)


def psql() -> int:
    with _database() as config:
        own = str(postgres.binaries() / "psql")  # as new as the embedded server
        program = (shutil.which("psql") or own) if postgres.external() else own
        return _talk([program, config.database], config)
