"""The databases tests run on: which there are, and how one comes to be as the files are now."""

from __future__ import annotations

from . import area, odoo, postgres, say

SUITE = area.Area("test", "plain")
WIDE = area.Area("wide", "wide")
WORLD = area.Area("world", "demo")
AREAS = {place.name: place for place in (SUITE, WIDE, WORLD)}


def ensure(place: area.Area, server: postgres.Server, config: odoo.Odoo, database: str, fresh: bool) -> None:
    """The suite (and the demo world where it belongs) in the database, as the files are now."""
    mark, facts = place.mark(database), area.facts()
    present = mark.read() if server.exists(config.database) else {}
    if present == facts and not fresh:
        return
    if fresh or present.get("dependencies") != facts["dependencies"]:
        mark.clear()
        with say.step("The suite, installed on a copy of the template"):
            place.copy_template(server, database)
            area.install(config)
    else:
        with say.step("The suite, updated because files changed (FRESH=1 installs anew)"):
            area.install(config, update=True)
    if place.kind == "demo" and area.has_world():
        with say.step("The demo world"):
            area.build_world(config)
    mark.write(facts)
