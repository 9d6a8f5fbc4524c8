"""Answering: who may, what is checked, what is kept, what follows."""

import base64
import binascii
import secrets

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import consteq
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.misc import hmac

from .client_signature import written

VERDICTS = ("approve", "decline", "changes")
COMMENT_MAX, NAME_MAX, NUMBER_MAX, SIGNATURE_MAX = 2000, 120, 60, 300_000


class Meanwhile(UserError):
    """Somebody or something was faster: what was shown is not what is there now."""

    http_status = 409


class ClientApproval(models.Model):
    _inherit = "client.approval"

    # ------------------------------------------------------------------ the request's id

    def _request_seal(self, nonce, session):
        message = (nonce, self.id, self.env.uid, session)
        return hmac(self.env(su=True), "client_portal_decision", message)[:32]  # the database's own secret

    def _request_id(self, session):
        """An id for one showing of the form, bound to the reader's session.

        :param str session: what stays of the session's id while it is rotated
        """
        nonce = secrets.token_urlsafe(12)
        return f"{nonce}.{self._request_seal(nonce, session)}"

    def _check_request_id(self, request_id, session):
        nonce, _dot, seal = (request_id or "").partition(".")
        if not nonce or not consteq(seal, self._request_seal(nonce, session)):
            raise Meanwhile(self.env._("This page was open in another session. Please check it and answer again."))

    # ------------------------------------------------------------------------ deciding

    def _client_decide(self, typed, origin):
        """Answer as the current user, behind the gate.

        :param dict typed: texts of the form: verdict, comment, order_number, consent, signer,
            signature (base64 PNG), written (the typed name is the signature), shown (digest of what was
            shown), request (id of the showing)
        :param dict origin: ip, user_agent, session
        :return: the client.decision (sudo); of a request sent twice the first one
        :raise UserError: in words for the page; nothing is kept then
        """
        self.ensure_one()
        approval = self.sudo()  # behind the gate; every right to answer is checked below
        approval._check_request_id(typed["request"], origin["session"])
        before = approval._decision_of(typed["request"])
        if before:
            return before
        self.env["client.throttle"]._check("decide")
        verdict = typed["verdict"] if typed["verdict"] in VERDICTS else None
        record = approval._check_open()
        approval._check_typed(verdict, typed, record)
        text, shown = approval._kind()._seal(approval._kind()._snapshot(approval, record))
        approval._check_shown(shown, typed)
        evidence = {"snapshot": text, "snapshot_sha256": shown, **approval._freeze(record, shown)}
        ledger = self.env["client.ledger"]._locked(approval.client_id)
        approval._lock()
        record = approval._check_open()
        member, behalf, line = approval._acting()
        vals = approval._evidence(verdict, typed, origin, member, behalf)
        decision = self.env["client.decision"]._append(ledger, {**vals, **evidence})
        approval._take(decision, line or approval._join(behalf or member))
        return decision

    def _decision_of(self, request_id):
        """The decision a request already led to."""
        decisions = self.env["client.decision"].sudo()  # the engine's own
        return decisions.search([("approval_id", "=", self.id), ("request_id", "=", request_id)], limit=1)

    def _check_open(self):
        """The record, if this can be answered now.

        :raise Meanwhile: with words on what happened
        """
        record = self._subject()
        obstacle = self._obstacle(record)
        if obstacle:
            raise Meanwhile(obstacle)
        return record

    def _obstacle(self, record):
        """Why nobody can answer now, in words; empty while it is open."""
        if self.state != "pending":
            return self._closed_words()
        if not record:
            return self.env._("What this was about does not exist any more.")
        if self.date_expires and self.date_expires < self.env["client.words"]._today():
            return self.env._("The time to answer has passed.")
        return self._kind()._obstacle(record)

    def _check_typed(self, verdict, typed, record):
        """Refuse what is incomplete, before anything is looked up or written."""
        if not verdict:
            raise UserError(self.env._("Choose an answer."))
        for name, limit in (("comment", COMMENT_MAX), ("signer", NAME_MAX), ("order_number", NUMBER_MAX)):
            if len(typed[name]) > limit:
                raise UserError(self.env._("Please write no more than %s letters.", limit))
        if verdict == "decline" and not typed["comment"]:
            raise UserError(self.env._("Please say why you decline."))
        if verdict == "changes" and not typed["comment"]:
            raise UserError(self.env._("Please say what should be changed."))
        if verdict != "approve":
            return
        if not typed["consent"]:
            raise UserError(self.env._("Please confirm the words above the button."))
        if self._kind()._signs(record):
            self._check_signature(typed)

    def _check_signature(self, typed):
        if not typed["signer"]:
            raise UserError(self.env._("Please type your name."))
        if not self._signature(typed):
            raise UserError(self.env._("Please sign, or let your typed name be your signature."))

    def _signature(self, typed):
        """The signature as PNG: drawn, or the typed name where nothing can be drawn; b'' when there is none."""
        if typed["written"] and not typed["signature"]:
            return written(typed["signer"])
        try:
            picture = base64.b64decode(typed["signature"].rpartition(",")[2], validate=True)
        except (ValueError, binascii.Error):
            return b""
        if not picture or len(picture) > SIGNATURE_MAX or guess_mimetype(picture) != "image/png":
            return b""
        return picture

    def _check_shown(self, shown, typed):
        if not consteq(shown, typed["shown"] or ""):
            raise Meanwhile(
                self.env._("This was changed while the page was open. Please look at it again before you answer.")
            )

    # -------------------------------------------------------------------------- effect

    def _join(self, member):
        """A line for somebody who answers without having been named."""
        self.approver_ids = [Command.create({"member_id": member.id, "sequence": 1000})]
        return self.approver_ids.filtered(lambda line: line.member_id == member)

    def _take(self, decision, line):
        """Count a decision and, when it completes the approval, let it take effect.

        :param line: client.approval.approver that answered
        """
        who = decision.user_name
        if decision.behalf_name:
            who = self.env._("%(name)s, for %(absent)s", name=who, absent=decision.behalf_name)
        line.write({"verdict": decision.verdict, "date": decision.date, "user_id": self.env.uid, "turn": False})
        self._log(decision.verdict, who=who, note=decision.comment or "")
        self._subject()._client_approval_scope()._client_acted()
        outcome = self._outcome(decision.verdict)
        if outcome:
            self._conclude(outcome, decision)
        else:
            self._notify(self._set_turns().member_id)

    def _conclude(self, state, decision):
        """Close it, then act on the record through its own flow."""
        self.write({"state": state, "date_closed": decision.date, "date_reminder": False, "decision_id": decision.id})
        self.approver_ids.turn = False
        effects = {"approved": "_approved", "declined": "_declined", "changes": "_changes_requested"}
        getattr(self._kind(), effects[state])(self, decision)
        self._tell(state)
