"""`make demo`: a database with a lived-in world, served on this machine until Ctrl-C."""

from __future__ import annotations

import os

from . import area, locks, odoo, postgres, process, say, server
from .mailbox import Mailbox

DEMO = area.Area("demo", "demo")
DATABASE = "demo"


def serve() -> int:
    """Prepare what is missing, serve, and end everything that was started."""
    port = _port()
    mailbox = Mailbox(DEMO.folder / "mail")
    with locks.area("demo"), mailbox, DEMO.server(keep=True) as database_server:
        options = (("max_cron_threads", "1"), *mailbox.options)
        config = DEMO.config(database_server, DATABASE, port=port, extra=options)
        logins = prepare(config, database_server)
        own_address(config)
        config.log.unlink(missing_ok=True)
        running = server.OdooServer(config)
        try:
            with say.step("Odoo"):
                running.start()
            _welcome(config, logins)
            code = running.process.wait()
            say.error(f"Odoo ended by itself (exit code {code}); see {config.log}")
            return 1
        except KeyboardInterrupt:
            say.line("\nstopping Odoo and PostgreSQL; the database is kept")
            return 0
        finally:
            running.stop()


def _port() -> int:
    text = os.environ.get("PORT") or "8069"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise say.Fail(f"PORT={text} is no port number.")
    if not process.port_is_free(int(text)):
        raise say.Fail(f"Port {text} is in use by another program; take another one: make demo PORT={int(text) + 1}")
    return int(text)


def prepare(config: odoo.Odoo, database_server: postgres.Server) -> list[list[str]]:
    """The demo database as the files are now: made when there is none, updated after a change, else kept."""
    mark, facts = DEMO.mark(DATABASE), area.facts()
    present = mark.read() if database_server.exists(config.database) else {}
    logins = present.pop("logins", [])
    if present == facts:
        return logins
    if present:
        with say.step("The suite, updated because its files changed since the last start"):
            area.install(config, update=True)
    else:
        mark.clear()
        with say.step("The suite, installed on a database with Odoo's demo data"):
            DEMO.copy_template(database_server, DATABASE)
            area.install(config)
    if area.has_world():
        with say.step("The demo world"):
            logins = area.build_world(config)
    mark.write({**facts, "logins": logins})
    return logins


def own_address(config: odoo.Odoo) -> None:
    """Links in mails and the styles in PDFs point at this server."""
    for key in ("web.base.url", "report.url"):
        config.server.run(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s) "
            "ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
            key,
            config.url,
            database=config.database,
        )


def _welcome(config: odoo.Odoo, logins: list[list[str]]) -> None:
    say.line(f"\nReady after {say.elapsed():.0f} s: {config.url}\n")
    rows = [("login", "password", ""), *logins]
    if "admin" not in {row[0] for row in logins}:
        rows.append(("admin", "admin", "Odoo's administrator"))
    width = max(len(row[0]) for row in rows) + 2
    second = max(len(row[1]) for row in rows) + 2
    for login, password, who in rows:
        say.line(f"  {login:<{width}}{password:<{second}}{who}")
    say.line(f"\nNo mail leaves this machine; what Odoo sends is kept in {DEMO.folder / 'mail'}")
    say.line(f"The server's log: {config.log}")
    say.line("Ctrl-C stops Odoo and PostgreSQL.")
