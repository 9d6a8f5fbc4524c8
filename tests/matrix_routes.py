"""How the route matrix knocks: who, on what, and what a reply means. The expectations are in ``tables/routes.csv``."""

import json
import re

from odoo import http
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from .doors_common import PNG
from .extensions import added
from .matrix_routes_world import RoutesWorld
from .truth import sheet

HEADS = ("route", "module", "why", "on", "send")
# column -> login; "weak" is whoever lacks the capability for the kind of record
ACTORS = {
    "anonymous": "public",
    "stock": "stock",
    "member": "administrator_a",
    "weak": None,
    "site": "site_administrator_a",
    "other": "administrator_b",
    "revoked": "revoked",
    "staff": "staff",
}
WEAK = {
    "approval": "viewer_a",
    "order": "viewer_a",
    "invoice": "viewer_a",
    "file": "viewer_a",
    "team": "approver_a",
    **added("WEAK"),
}  # else billing_a
# the letters of a cell, in this order; "key" is the record's own token in the address
PLACES = ("own", "sibling", "hidden", "foreign", "missing", "own key", "foreign key")
OUTSIDE = ("own", "foreign", "missing", "own key")  # what of them those outside are tried on
MISSING = 999999999
LOUD = (
    "odoo.http",
    "odoo.models",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.sql_db",
    "odoo.addons.mail.controllers.mail",
    "odoo.addons.base.models.res_users",
    "odoo.addons.rpc",
    "odoo.service.server",
    "odoo.addons.base.models.ir_qweb",
    "odoo.addons.base.models.ir_http",
    "odoo.tools.translate",
    "odoo.addons.web",
    "odoo.addons.web.controllers.database",
    "odoo.addons.mail",
    "odoo.addons.bus",
    "odoo.addons.payment",
)
PER_REQUEST = re.compile(
    r"""csrf_token\W+[\w-]+|"id": ?"[0-9a-f-]{36}"|access_token=[\w-]*|unique=\w+|0x[0-9a-f]{8,}|"debug": "[^\n]*"""
    r"""|[0-9]+"""
)


def rows():
    """Rows of the matrix, as dicts, cells stripped."""
    return [{key: (value or "").strip() for key, value in row.items()} for row in sheet("routes")]


def places(actor, row):
    """What a row is tried on for an actor."""
    if row["on"] == "-":
        return PLACES[:1] if actor in ("anonymous", "stock", "member", "revoked") else ()
    return PLACES if actor in ("member", "site", "other") else OUTSIDE


def answers(actor, row, wide=False):
    """The cell of an actor, by place; after a slash stands what optional modules make of it."""
    asked, cell = places(actor, row), row[actor].split("/")[-1 if wide else 0]
    return dict(zip(asked, cell * len(asked) if len(cell) == 1 else cell, strict=True)) if row["send"] != "-" else {}


def fold(letters):
    """One letter stands for several alike; nothing asked is a dash."""
    if not letters:
        return "-"
    return letters[0] if len(set(letters)) == 1 else letters


def texts(values):
    """As a form or an address sends it: structures as JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


def parameters(words, fill):
    """``a=1 b.c=x`` as {"a": 1, "b": {"c": "x"}}, with ``{id}`` and the like filled in."""
    result = {}
    for word in words:
        name, _, text = word.partition("=")
        for key, value in fill.items():
            text = text.replace("{%s}" % key, str(value))
        try:
            value = json.loads(text)
        except ValueError:
            value = text
        *path, last = name.split(".")
        target = result
        for step in path:
            target = target.setdefault(step, {})
        target[last] = value
    return result


class RoutesCase(RoutesWorld):
    """``knock`` sends what a row says; ``letter`` says what came back."""

    def as_actor(self, login):
        """One session per actor."""
        if getattr(self, "_actor", None) != login:
            self.authenticate(None if login == "public" else login, login)
            self._actor = login

    def mark(self, record):
        """What a reply about the record contains and no other reply does."""
        if record._name == "ir.attachment":
            return record.name.removeprefix("File of ").removesuffix(".txt")
        if record._name == "mail.message":
            return self.env[record.model].browse(record.res_id).name
        if record._name == "client.member":
            return record.user_id.name
        if record._name == "account.move":
            return record.invoice_line_ids.name if record.state == "draft" else record.name
        return record.client_name if "client_name" in record._fields else record.name

    def fill(self, record, record_id, key, login):
        """What stands for the words in braces of a row, and for the names in its address."""
        thread = self.env[record.model].browse(record.res_id) if record._name == "mail.message" else record
        task = thread if thread._name == "project.task" else record.browse()
        return {
            "id": record_id,
            "model": record._name,
            "key": key or "",
            "thread_model": thread._name,
            "thread": thread.id if record_id != MISSING else MISSING,
            "project": task.project_id.id if task else record_id,
            "name": "x",
            "db": get_db_name(),
            "uid": self.users[login].id,
            "login": login,
        }

    def knock(self, row, login, target, record_id, key):
        """Send one request as ``row['send']`` says; the reply."""
        kind, *words = row["send"].split()
        fill = self.fill(target, record_id, key, login)
        path_words = [word[1:] for word in words if word.startswith(":")]
        fill.update({name: str(value) for name, value in parameters(path_words, fill).items()})
        path = self.address(row["route"], fill)
        sent = parameters([word for word in words if not word.startswith(":")], fill)
        if key:
            sent["access_token"] = key
        with mute_logger(*LOUD):
            reply = self._send(kind, path, sent)
        reply.encoding = reply.encoding or "utf-8"  # or requests would guess, at length
        return reply

    def _send(self, kind, path, sent):
        if kind == "JSON":
            return self.url_open(path, json=self.build_rpc_payload(sent), timeout=60)
        if kind == "GET":
            return self.url_open(path, params=texts(sent), allow_redirects=False, timeout=60)
        data = {**texts(sent), "csrf_token": http.Request.csrf_token(self)}
        files = {"ufile": ("picture.png", PNG)} if kind == "FILE" else None
        return self.url_open(path, data=data, files=files, allow_redirects=False, timeout=60)

    @staticmethod
    def address(route, fill):
        """An address with its variables filled: ids of the record asked for, anything elsewhere."""

        def value(found):
            converter, name = found.group(1) or "", found.group(2)
            if name in fill and name not in ("id", "project", "name"):
                return str(fill[name])
            if name == "project_id":
                return str(fill["project"])
            if name == "model_name":
                return fill["model"]
            if name in ("page", "width", "height", "size", "alpha", "rate", "document_id"):
                return "1"
            if converter.startswith(("int", "model")) or name in ("docids", "id"):
                return str(fill["id"])
            return {"field": "name", "filetype": "pdf", "converter": "html"}.get(name, fill["name"])

        return re.sub(r"<(?:([^<>:]*(?:\([^)]*\))?):)?(\w+)>", value, route)

    def letter(self, reply, mark):
        """One letter for what a reply came to; see ``tables/README.md``."""
        text, code = reply.text, reply.status_code
        if code >= 500:
            return "X" if mark in text else "x"
        if code >= 400 and mark in text:
            return "v"
        if code >= 400:
            return "n" if code == 404 else "d"
        if code >= 300:
            return "l" if "/web/login" in reply.headers.get("Location", "") else "r"
        if "json" in reply.headers.get("Content-Type", "") and '"error": {' in text[:200]:
            return "v" if mark in text else "n" if '"code": 404' in text else "d"
        if '"result": {"error": ' in text[:120]:
            return "d"
        if mark in text:
            return "o"
        return "p" if "Your sign-in works, but it is not connected" in text else "e"

    def same(self, reply):
        """A reply without what differs between any two requests."""
        return reply.status_code, PER_REQUEST.sub("", reply.text)
