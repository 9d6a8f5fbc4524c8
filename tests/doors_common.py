"""Knocking at stock's doors as anybody: pages, JSON routes, uploads."""

import base64

from odoo import http
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from .common import ClientPortalCommon

LOUD = (
    "odoo.http",
    "odoo.models",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.mail.controllers.mail",
    "odoo.addons.base.models.res_users",
)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# everybody who may not see project_a_one, order_a_sent, invoice_a_one and task_a_one
OUTSIDERS = ("public", "stock", "administrator_b", "revoked", "suspended", "colleague")
# the records of client A that the doors lead to, and those of nobody's client
OF_CLIENT = ("project_a_one", "task_a_one", "order_a_sent", "invoice_a_one")
OF_NOBODY = ("project_stock", "task_stock", "order_stock", "invoice_stock")
PAGE = {
    "project.project": "/my/projects/%s",
    "project.task": "/my/tasks/%s",
    "sale.order": "/my/orders/%s",
    "account.move": "/my/invoices/%s",
}


class DoorsCase(ClientPortalCommon, HttpCase):
    """``get`` and ``rpc`` as an actor, keys of records, the record the page names."""

    def as_actor(self, actor):
        """One session per actor."""
        if getattr(self, "_actor", None) != actor:
            self.authenticate(None if actor == "public" else actor, actor)
            self._actor = actor

    def get(self, actor, path, **kwargs):
        self.as_actor(actor)
        with mute_logger(*LOUD):
            return self.url_open(path, allow_redirects=False, timeout=60, **kwargs)

    def rpc(self, actor, route, **params):
        """The reply of a JSON route: {"result"} or {"error"}."""
        self.as_actor(actor)
        with mute_logger(*LOUD):
            return self.url_open(route, json=self.build_rpc_payload(params), timeout=60).json()

    def call(self, actor, model, method, *args, **kwargs):
        return self.rpc(actor, "/web/dataset/call_kw", model=model, method=method, args=args, kwargs=kwargs)

    def upload(self, actor, thread, name, content, **data):
        """Reply of an upload into a thread's composer."""
        self.as_actor(actor)
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "thread_model": thread._name,
            "thread_id": thread.id,
            "is_pending": "true",
            **data,
        }
        with mute_logger(*LOUD):
            return self.url_open("/mail/attachment/upload", data=data, files={"ufile": (name, content)})

    def key(self, record):
        """The record's permanent token."""
        token = record._portal_ensure_token()
        self.env.flush_all()
        return token

    def label(self, record):
        return record.client_name if "client_name" in record._fields else record.name

    def shows(self, reply, record):
        """Whether a reply is a page about the record."""
        return reply.status_code == 200 and self.label(record) in reply.text

    def say(self, record, body="Said to all", subtype="mail.mt_comment", **values):
        """A message of staff on a record."""
        message = self.env["mail.message"].create(
            {
                "author_id": self.users["manager"].partner_id.id,
                "body": body,
                "model": record._name,
                "res_id": record.id,
                "message_type": "comment",
                "subtype_id": self.env.ref(subtype).id,
                **values,
            }
        )
        self.env.flush_all()
        return message

    def file(self, record, name="plan.png", **values):
        """A file that staff dropped on a record."""
        attachment = self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": PNG,
                "res_model": record._name,
                "res_id": record.id,
                **values,
            }
        )
        attachment.generate_access_token()
        self.env.flush_all()
        return attachment
