"""The engine's side of 'read and understood': nobody stands in for somebody, and whoever leaves is not replaced."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.translate import LazyTranslate

from odoo.addons.client_portal.models.client_approval_event import WORDS

from .client_approval_kind_document import READ

_lt = LazyTranslate(__name__)

WORDS.update(
    {
        "read_asked": (_lt("Asked to read and understand it"), "info"),
        "read_asked_again": (_lt("Asked again, for the new version"), "warning"),
        "read_approve": (_lt("Read and understood by %(who)s"), "success"),
        "read_edited": (_lt("There is a newer version"), "muted"),
        "read_stale": (_lt("There is a newer version"), "muted"),
        "read_more": (_lt("Also asked: %(names)s"), "info"),
    }
)


class ClientApproval(models.Model):
    _inherit = "client.approval"

    def _is_reading(self):
        return self.kind == READ

    def _log(self, kind, **values):
        """The timeline of a reading has words of its own."""
        words = f"read_{kind}"
        reading = self.filtered(lambda approval: approval._is_reading() and words in WORDS)
        super(ClientApproval, self - reading)._log(kind, **values)
        return super(ClientApproval, reading)._log(words, **values)

    # -------------------------------------------------------------------------- who

    def _ask_more(self, members):
        """Ask further members to read what others are asked to read already."""
        self.ensure_one()
        known = {line.member_id: line for line in self.approver_ids}
        for member in members:
            if member in known:
                known[member].ended = False
            else:
                self.approver_ids = [Command.create({"member_id": member.id, "sequence": 10 * len(known) + 10})]
        self._log("more", names=", ".join(members.mapped("user_id.name")))
        self._notify(self._set_turns().member_id)

    def _ask_less(self, members):
        """Ask nobody any more but ``members``."""
        for approval in self:
            for line in approval._open_lines().filtered(lambda line: line.member_id not in members):
                line.write({"ended": True, "turn": False})
            approval._read_by_the_rest()

    def _hand_over(self, line, able):
        """Nobody reads in somebody else's place."""
        if not self._is_reading():
            return super()._hand_over(line, able)
        line.write({"ended": True, "turn": False})
        return self._log("approver_gone", who=line.member_id.user_id.name)

    def _pass_over(self):
        if not self._is_reading():
            return super()._pass_over()
        able = self._able_members()
        for line in self._open_lines().filtered(lambda line: line.member_id not in able):
            self._hand_over(line, able)
        return self._read_by_the_rest()

    def _read_by_the_rest(self):
        """Nobody is left to be waited for: those who have read it are all, or the question is void."""
        if self.state != "pending" or self._open_lines():
            return
        decisions = self.env["client.decision"].sudo()  # the engine's own
        last = decisions.search([("approval_id", "=", self.id)], order="id desc", limit=1)
        if last:
            self._conclude("approved", last)
        else:
            self._withdraw()

    def _stand_ins(self, members):
        if len(self) == 1 and self._is_reading():
            return [(member, member.browse()) for member in members]
        return super()._stand_ins(members)

    @api.model
    def _client_waiting_domain(self):
        """What a colleague who is away must read does not wait for whoever answers in their place."""
        members = self.env.user._client_members()
        own = Domain("approver_ids", "any", [("member_id", "in", members.ids), ("turn", "=", True)])
        return super()._client_waiting_domain() & (Domain("kind", "!=", READ) | own)

    @api.model
    def _client_may_answer(self, client=None):
        """People whose role approves nothing are asked to read, too."""
        return super()._client_may_answer(client) or self.env.user._client_can("see_documents", client)

    # ---------------------------------------------------------------------- answering

    def _check_typed(self, verdict, typed, record):
        if self._is_reading() and verdict != "approve":
            raise UserError(self.env._("Choose an answer."))
        return super()._check_typed(verdict, typed, record)

    # ------------------------------------------------------------------ a newer version

    def _reading_moved(self):
        """Compare with what is current now, before anybody else is asked."""
        for approval in self:
            approval._content_moved()

    def _alert(self, summary, note=""):
        """Staff share a new version themselves: that it is to be read again is no to-do."""
        if not self._is_reading():
            super()._alert(summary, note)
