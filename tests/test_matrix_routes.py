"""Every address a portal user can reach, as everybody, on every kind of record: ``tables/routes.csv``.

``ROUTES_WRITE=1`` writes what was observed into the table instead of comparing. The difference is
then the decision to review: a new route without a row fails until somebody made one. ``ROUTES_ONLY``
narrows both to the addresses that match a pattern: ``ROUTES_ONLY=/my/jobs``.
"""

import os
import re
import threading

from odoo.tests import tagged

from .common import SECRET
from .matrix_models import merged
from .matrix_routes import ACTORS, HEADS, MISSING, WEAK, RoutesCase, answers, fold, places, rows
from .truth import write_sheet

WRITE = bool(os.environ.get("ROUTES_WRITE"))
ONLY = os.environ.get("ROUTES_ONLY", "")  # a pattern: knock at these addresses alone
# the website's follow button, where that module is installed, answers a visitor differently for an id that is
# not there; it tells nothing of what is there
TELLS_VISITORS = {"/website_mail/follow"}
# what must not be in any answer to this actor
FORBIDDEN = {
    "anonymous": ("Alder", "Birch"),
    "stock": ("Alder", "Birch"),
    "other": ("Alder",),
    "staff": (),
    None: ("Birch",),
}
REASONS = {
    "record",
    "act",
    "print",
    "file",
    "picture",
    "closed",
    "list",
    "asset",
    "sign-in",
    "database",
    "own account",
    "staff",
    "no record",
}
# only here stock may stumble over arguments we made up
TOOLS = {"staff", "own account", "no record", "database"}
FEW = ("own", "foreign", "missing")
UNREACHABLE = ("hidden", "foreign", "missing")  # whoever holds a true key knows that there is something
BLIND = ("anonymous", "member", "weak", "site", "revoked")  # to whom missing, hidden and foreign are one


class WalkCase(RoutesCase):
    """Reads the table and walks it as one actor; two classes, so that they run at a time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        threading.current_thread().dbname = cls.env.cr.dbname  # as in a request
        rules = cls.env["ir.http"].routing_map().iter_rules()
        cls.routes = {rule.rule: rule.endpoint.routing for rule in rules}
        cls.table = rows()
        cls.marks = {}
        cls.wide = "website" in cls.env

    # -- the walk --------------------------------------------------------------------------------------

    def _walk(self, actor):
        observed = {}
        for row in sorted(self.table, key=lambda row: ACTORS[actor] or WEAK.get(row["on"], "billing_a")):
            if row["send"] == "-" or row["route"] not in self.routes or not re.match(ONLY, row["route"]):
                continue
            with self.subTest(route=row["route"], on=row["on"], send=row["send"], actor=actor):
                letters = self._row(row, actor)
                observed[tuple(row[head] for head in HEADS)] = fold(letters)
                if not WRITE:
                    due = answers(actor, row, self.wide)
                    self.assertEqual(letters, "".join(due[place] for place in self._asked(actor, row)))
        if WRITE:
            self._write(actor, observed)

    def _asked(self, actor, row):
        """Where to knock: our own addresses were tried everywhere without optional modules, here a few will do."""
        asked = places(actor, row)
        few = self.wide and not WRITE and row["module"].startswith("client_portal")
        return [place for place in asked if place in FEW] if few else asked

    def _row(self, row, actor):
        """The letters of one row for one actor."""
        self.login = ACTORS[actor] or WEAK.get(row["on"], "billing_a")
        asked = self._asked(actor, row)
        if asked:
            self.as_actor(self.login)
        replies = {place: self._knock(row, actor, place) for place in asked}
        visitor = actor == "anonymous" and row["why"] == "closed"  # stock's own, for records of nobody in particular
        if "missing" in replies and actor in BLIND and not visitor:
            for place in set(UNREACHABLE) & set(replies):
                self.assertEqual(self.same(replies[place][1]), self.same(replies["missing"][1]), place)
        return "".join(letter for letter, _reply in replies.values())

    def _knock(self, row, actor, place):
        """One request; (letter, reply). What it changed is undone, and nothing may change unless it was let in."""
        target, record_id, key = self._target(row, actor, place)
        acting = row["why"] in ("act", "closed") or not row["send"].startswith("GET")
        if target and target not in self.marks:
            self.marks[target] = self.mark(target)
        mark = self.marks[target] if target else "\0"
        if acting:
            self.watch()
            self.env.cr.execute("SAVEPOINT matrix")
        reply = self.knock(row, self.login, target, record_id, key)
        letter = self.letter(reply, mark)
        self.assertNotEqual(letter, "X", f"{place}: {reply.status_code} {reply.text[:600]}")
        self._check_words(row, actor, place, letter, reply)
        if acting:
            self._undo(letter, place)
        return letter, reply

    def _check_words(self, row, actor, place, letter, reply):
        """No secret, and nobody else's name, in whatever was answered."""
        if letter == "o" and row["why"] == "closed":  # stock's, with its own key: not behind the boundary
            self.assertIn(actor, ("anonymous", "stock", "staff"))
            return
        names = FORBIDDEN.get(actor, FORBIDDEN[None])
        text = reply.text
        if row["why"] == "print":  # the printed document names the client's own number and where it came from
            text = text.replace("SECRET origin", "").replace("SECRET ref", "")
        for word in names if actor in ("staff", "stock") else (SECRET, *names):
            at = text.find(word)
            self.assertEqual(at, -1, f"{place}: {text[max(0, at - 150) : at + 80]}")

    def _undo(self, letter, place):
        """Back to where we were; a change is only for records within reach."""
        changed = self.changed()
        self.env.cr.execute("ROLLBACK TO SAVEPOINT matrix")
        self.env.cr.execute("RELEASE SAVEPOINT matrix")
        self.env.invalidate_all(flush=False)
        if changed:
            self.registry.clear_cache()
            self.assertIn(letter, "ore", f"{place}: refused, and yet it changed something")

    def _target(self, row, actor, place):
        """(record, id, key): what to ask for."""
        if row["on"] == "-":
            return self.env["project.task"], MISSING, None
        names = self.targets[row["on"]]
        base = place.removesuffix(" key")
        mine = "stock" if actor == "stock" else "own"
        record = names[mine if base in ("own", "missing") else base]
        key = (record.access_token if "access_token" in record._fields else "junk") if place.endswith("key") else None
        return record, MISSING if place == "missing" else record.id, key

    def _write(self, actor, observed):
        """Put what was observed into the actor's column."""
        current = rows()
        for row in current:
            now = observed.get(tuple(row[head] for head in HEADS))
            if now or row["send"] == "-":
                row[actor] = merged(row[actor], now or "-", self.wide)
        write_sheet("routes", [*HEADS, *ACTORS], current)


@tagged("post_install", "-at_install", "client_portal")
class TestMatrixRoutes(WalkCase):
    def test_every_route_has_a_row(self):
        listed = {row["route"] for row in self.table}
        self.assertEqual(sorted(set(self.routes) - listed), [], "decide on these and list them in tables/routes.csv")

    def test_every_row_has_a_route_or_a_module_that_is_not_there(self):
        there = set(self.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name"))
        gone = [row["route"] for row in self.table if row["route"] not in self.routes and row["module"] in there]
        self.assertEqual(gone, [])

    def test_rows_are_complete(self):
        for row in self.table:
            with self.subTest(route=row["route"], send=row["send"]):
                self.assertIn(row["why"], REASONS)
                for actor in ACTORS:
                    letters = "".join(answers(actor, row, self.wide).values())
                    tool = row["why"] in TOOLS or actor in ("anonymous", "stock", "staff")
                    self.assertRegex(letters, r"^[onldrpexv]*$" if tool else r"^[onldrpev]*$")

    def test_the_table_itself_tells_nobody_what_exists(self):
        """Missing, unpublished and foreign are one letter; of the unreachable nothing is ever seen."""
        for row in self.table:
            if row["route"] in TELLS_VISITORS:
                continue
            for actor in BLIND if row["on"] != "-" else ():
                cell = answers(actor, row, self.wide)
                with self.subTest(route=row["route"], send=row["send"], actor=actor):
                    self.assertLessEqual({cell.get(p, cell["missing"]) for p in UNREACHABLE}, {cell["missing"]})
                    self.assertNotIn(cell["missing"], "ov")

    def test_as_anonymous(self):
        self._walk("anonymous")

    def test_as_portal_user_of_no_client(self):
        self._walk("stock")

    def test_as_revoked_member(self):
        self._walk("revoked")

    def test_as_staff_without_rights(self):
        self._walk("staff")


@tagged("post_install", "-at_install", "client_portal")
class TestMatrixRoutesMembers(WalkCase):
    def test_as_member(self):
        self._walk("member")

    def test_as_member_without_the_capability(self):
        self._walk("weak")

    def test_as_member_of_one_site(self):
        self._walk("site")

    def test_as_member_of_another_client(self):
        self._walk("other")
