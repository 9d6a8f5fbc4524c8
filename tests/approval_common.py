"""What the tests of approvals share: asking, and answering as a browser does."""

import base64
import io
import json
import re

from PIL import Image

from odoo import http
from odoo.http import STORED_SESSION_BYTES

from .test_portal_pages import PagesCase


def drawing(colour=0, size=(60, 20)):
    """A signature as a browser sends it."""
    out = io.BytesIO()
    Image.new("L", size, colour).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


HIDDEN = re.compile(r'name="(shown|request|csrf_token)" value="([^"]*)"')


class ApprovalCase(PagesCase):
    """``form`` opens the page as an actor, ``answer`` sends it."""

    @classmethod
    def ask(cls, record, kind="quote", members=None, **options):
        """A question to the client, asked by the manager."""
        env = cls.env(user=cls.users["manager"])
        approval = env["client.approval"]._ask(record.with_env(env), kind, members=members, **options)
        cls.env.flush_all()
        return approval

    def approval_of(self, record):
        record.invalidate_recordset(["client_approval_id"])
        return record.client_approval_id

    def form(self, actor, approval):
        """Hidden values of the form as ``actor`` gets it, in a session of their own; {} without one."""
        self.authenticate(actor, actor)
        return self.form_here(approval)

    def form_here(self, approval):
        return dict(HIDDEN.findall(self.url_open(approval._client_url()).text))

    def send(self, approval, form, verdict="approve", **typed):
        """Post the form in the running session."""
        data = {"verdict": verdict, "consent": "1", "signer": "Somebody", "signature": drawing(), **form, **typed}
        return self.url_open(approval._client_url(), data=data, allow_redirects=False, timeout=60)

    def answer(self, actor, approval, verdict="approve", **typed):
        """The reply to an answer as a browser gives it; without a form on the page one is forged."""
        form = self.form(actor, approval) or self.forged(actor, approval)
        form.setdefault("csrf_token", http.Request.csrf_token(self))
        return self.send(approval, form, verdict, **typed)

    def forged(self, actor, approval):
        """The form that somebody who gets none would have got."""
        asked = approval.with_user(self.users[actor]).sudo()
        words = asked._kind()
        _text, shown = words._seal(words._snapshot(asked, asked._subject()))
        return {"shown": shown, "request": asked._request_id(self.session.sid[:STORED_SESSION_BYTES])}

    def csrf(self):
        return http.Request.csrf_token(self)

    def other_request(self, actor):
        """Id of another showing of the form to ``actor`` in the running session."""
        approval = self.approval.with_user(self.users[actor])
        return approval._request_id(self.session.sid[:STORED_SESSION_BYTES])

    def settle(self):
        """What Odoo does at the end of a transaction."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()

    def decisions(self, approval):
        return self.env["client.decision"].search([("approval_id", "=", approval.id)], order="id")

    def shown_in(self, decision):
        return json.loads(decision.snapshot)


class LedgerCase(ApprovalCase):
    """Three decisions of client A in one chain, one of client B."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for order in (cls.order_a_sent, cls.order_b_sent):
            order.require_signature = True
        cls.env.flush_all()

    def fill(self):
        self.answer("approver_a", self.order_a_sent.client_approval_id, signer="Ada", order_number="PO 7")
        self.answer("administrator_a", self.order_a_whole.client_approval_id, "changes", comment="Less")
        self.answer("approver_a", self.order_a_shipped_to_site_of_b.client_approval_id, "decline", comment="No")
        self.answer("approver_b", self.order_b_sent.client_approval_id)
        self.env.invalidate_all()
        self.ledger = self.env["client.ledger"].search([("client_id", "=", self.client_a.id)])
        self.rows = self.env["client.decision"].search([("ledger_id", "=", self.ledger.id)], order="position")
        return self.rows
