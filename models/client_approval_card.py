"""The card that puts the question to a member and takes the answer: on its own page and on the record's."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.http import STORED_SESSION_BYTES, request


class ClientApproval(models.Model):
    _inherit = "client.approval"

    @api.model
    def _client_ask_cards(self, record):
        """The cards on a record's page, one for everything of it that waits."""
        asked = self.search(
            [("scope_model", "=", record._name), ("scope_id", "=", record.id), ("state", "=", "pending")]
        )
        approvals = asked.sudo()  # visible to the reader: the engine's own values of them
        return [{**approval._client_ask_card(approval._subject()), "named": True} for approval in approvals]

    def _client_ask_card(self, record, typed=None, error=""):
        """Everything the card needs to show the question and take an answer."""
        words = self.env["client.words"]
        why_not = self._client_why_not(record) if self.state == "pending" else ""
        can = self.state == "pending" and not why_not
        return {
            "template": "client_portal.ask_approval",
            "id": self.id,
            "url": self._client_url(),
            "heading": self._client_heading(),
            "named": False,
            "open": self.state == "pending",
            "can": can,
            "why_not": why_not,
            "message": self.message or "",
            "amount": words._amount(self.amount, self.currency_id) if self.currency_id else "",
            "due": words._valid(self.date_due) if self.date_due else None,
            "changes": self._client_change_lines(),
            "changes_since": self._client_changes_since(),
            "typed": typed or {},
            "error": error,
            **(self._client_form(record) if can else {}),
        }

    def _client_form(self, record):
        """What the form of somebody who may answer holds."""
        words = self._kind()
        _text, shown = words._seal(words._snapshot(self, record))
        return {
            "signs": words._signs(record),
            "asks_number": words._asks_order_number(record),
            "consent": self._consent_words(),
            "shown": shown,
            "request": self._request_id(self._client_session()),
            "name": self.env.user.name,
            "behalf": self._acting()[1].user_id.name or "",
        }

    def _client_why_not(self, record):
        """Why the reader cannot answer, in words; empty when they can."""
        obstacle = self._obstacle(record)
        if obstacle:
            return obstacle
        try:
            self._acting()
        except UserError as refusal:
            return str(refusal.args[0])
        return ""

    def _client_change_lines(self):
        """What changed since the client saw it before, as sentences."""
        changes = self.seen_changes if self.state == "pending" else None
        return self._kind()._change_words(changes or [])

    def _client_changes_since(self):
        """What the changes are told against, as their heading."""
        if self.previous_id.decision_id:
            return self.env._("What changed since the last answer")
        if self.previous_id:
            return self.env._("What changed since we asked you before")
        return self.env._("What changed since we asked you")

    @api.model
    def _client_session(self):
        """What stays of the session's id while Odoo rotates it; '' outside a request."""
        return request.session.sid[:STORED_SESSION_BYTES] if request else ""


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def _client_asks(self):
        """What waits for the member's yes on this record comes first."""
        return [*self.env["client.approval"]._client_ask_cards(self), *super()._client_asks()]
