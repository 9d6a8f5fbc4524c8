"""Who can answer at all, and who is asked in place of somebody who cannot or cannot any more."""

from odoo import api, models
from odoo.fields import Command

# what of a membership says whether they may answer
_MEMBER_FIELDS = {"active", "suspended", "role_id", "site_ids", "all_sites"}


class ClientApproval(models.Model):
    _inherit = "client.approval"

    def _able_members(self):
        """Members of the client who may approve this now by their own role and limits.

        :rtype: client.member (sudo)
        """
        members = self.env["client.member"].sudo()  # asked about this approval only
        members = members.search([("client_id", "=", self.client_id.id), ("suspended", "=", False)])
        return members.filtered(lambda m: self.filtered_domain(m._client_authority_domain())).sorted(
            lambda m: (m.role_id.sequence, m.id)
        )

    def _pass_over(self):
        """Whoever was named and may not answer hands over to colleagues who may."""
        able = self._able_members()
        waiting = self._open_lines()
        for line in waiting.filtered(lambda line: line.member_id not in able):
            self._hand_over(line, able)
        if not able and self.event_ids.sorted("id")[-1:].kind != "nobody_can":
            self._log("nobody_can", client=self.client_id.name)
            self._alert(self.env._("Nobody at %s may approve this", self.client_id.name))
        if not self.anyone and not self._open_lines():
            self.anyone = True  # whoever gets the right may answer then
            if able:
                self._log("opened_up")

    def _open_lines(self):
        """Those who were asked and have yet to answer."""
        return self.approver_ids.filtered(lambda line: not line.verdict and not line.ended)

    def _hand_over(self, line, able):
        """Ask others in place of one approver, where those who are left are too few.

        :param line: client.approval.approver whose turn ends
        :param able: client.member who may approve this
        """
        line.write({"ended": True, "turn": False})
        left = self.approver_ids.filtered(lambda other: not other.ended and other.verdict in (False, "approve"))
        left = left.filtered(lambda other: other.verdict or other.member_id in able)
        others = able - self.approver_ids.member_id
        if self.rule in ("all", "order"):
            others = others[:1]
        elif self.anyone or len(left) >= (self.quorum if self.rule == "quorum" else 1):
            others = others.browse()
        source = {"sequence": line.sequence, "escalated_from_id": line.member_id.id}
        self.approver_ids = [Command.create({**source, "member_id": member.id}) for member in others]
        gone = not line.member_id._is_open() or not line.member_id.role_id.can_approve
        names = ", ".join((others or left.member_id).mapped("user_id.name"))
        if gone or names:
            self._log("approver_gone" if gone else "escalated", who=line.member_id.user_id.name, names=names)

    @api.model
    def _people_changed(self, members):
        """Members may have lost the right to answer what they were asked.

        :param members: client.member
        """
        asked = [("member_id", "in", members.ids), ("verdict", "=", False), ("ended", "=", False)]
        approvals = self.sudo()  # the engine passes on what somebody cannot answer any more
        for approval in approvals.search([("state", "=", "pending"), ("approver_ids", "any", asked)]):
            approval._pass_over()
            begun = approval._set_turns()
            approval._notify(begun.member_id)


class ClientMember(models.Model):
    _inherit = "client.member"

    def write(self, vals):
        result = super().write(vals)
        if not _MEMBER_FIELDS.isdisjoint(vals):
            self.env["client.approval"]._people_changed(self)
        return result


class ClientRole(models.Model):
    _inherit = "client.role"

    def write(self, vals):
        result = super().write(vals)
        if "limit_ids" in vals or any(name.startswith("can_") for name in vals):
            members = self.env["client.member"].sudo()  # as in _people_changed
            self.env["client.approval"]._people_changed(members.search([("role_id", "in", self.ids)]))
        return result
