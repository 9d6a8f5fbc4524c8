"""By what right a member answers an approval: role, limits, sites, and whom they stand in for."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .client_approval_decide import Meanwhile
from .client_canonical import canonical, decimal
from .client_role import CAPABILITIES


def within(rows):
    """Domain of the approvals whose amount is within one of the limits; all of them without a limit.

    What has no amount is within any limit.

    :param rows: records with currency_id and amount
    """
    if not rows:
        return Domain.TRUE
    limits = (Domain("currency_id", "=", row.currency_id.id) & Domain("amount", "<=", row.amount) for row in rows)
    return Domain("currency_id", "=", False) | Domain.OR(limits)


class ClientMember(models.Model):
    _inherit = "client.member"

    def _client_authority_domain(self):
        """The approvals this member may answer by their own right, as a domain in sudo.

        The one definition: lists, badges and the decision itself use it. It names no user and no
        clock; absences are looked up by whoever asks (``_client_stand_ins``).
        """
        self.ensure_one()
        role = self.role_id
        if not role.can_approve or not self.active or self.suspended:
            return Domain.FALSE
        able = [name for name in CAPABILITIES if role[f"can_{name}"]]
        domain = Domain("client_id", "=", self.client_id.id) & Domain("capability", "in", able)
        domain &= Domain("client_only_user_id", "in", [False, self.user_id.id])
        if not self.all_sites:
            domain &= Domain("client_site_id", "in", self.site_ids.filtered(self._owns_site).ids)
        return domain & within(self.env["client.role.limit"]._seldom_of("role_id", role))

    def _client_authority_text(self, approval):
        """By what right this member answers, as canonical text for the ledger."""
        return canonical(
            {"role": self.role_id.name, "sites": self._client_authority_sites(), **self._limit_texts(approval)}
        )

    def _client_authority_sites(self):
        return "all" if self.all_sites else ", ".join(self.site_ids.sorted("id").mapped("name"))

    def _limit_texts(self, approval):
        """The limit that the answer was held to: {'limit', 'currency'}, null for none."""
        currency = approval.currency_id
        amounts = [row.amount for row in self._limit_rows(approval) if currency and row.currency_id == currency]
        limit = decimal(min(amounts), currency.decimal_places) if amounts else None
        return {"limit": limit, "currency": currency.name if limit else None}

    def _limit_rows(self, approval):
        """Limits that an approval is held to: records with currency_id and amount."""
        return [*self.role_id.limit_ids]


class ClientApproval(models.Model):
    _inherit = "client.approval"

    def _stand_ins(self, members):
        """[(member who acts, member they act for or none)], own right first.

        :param members: client.member of one user
        """
        return [(member, member.browse()) for member in members]

    def _acting(self):
        """By which membership, for whom, and on which line the current user answers.

        :return: (client.member, client.member or empty, client.approval.approver or empty)
        :raise UserError: why not, in words
        """
        members = self.env.user._client_members().filtered(lambda m: m._covers(self))
        if not members:
            raise UserError(self.env._("You have no access to this any more."))
        self._check_not_twice()
        for member, absent in self._stand_ins(members):
            right = absent or member
            line = self.approver_ids.filtered(lambda line, right=right: line.member_id == right)
            if (line.turn or self._open_to_anyone(line)) and self.filtered_domain(right._client_authority_domain()):
                return member, absent, line
        raise UserError(self._why_not(members))

    def _open_to_anyone(self, line):
        """Whether somebody with the right may answer without having been asked by name."""
        return self.anyone and not line.verdict

    def _check_not_twice(self):
        decisions = self.env["client.decision"].sudo()  # only whether
        if decisions.search_count([("approval_id", "=", self.id), ("user_id", "=", self.env.uid)], limit=1):
            raise Meanwhile(self.env._("You have answered this already."))
        if self.four_eyes and self.env.user in self._kind()._asked_by(self._subject()):
            raise UserError(self.env._("You asked for this yourself: somebody else has to approve it."))

    def _why_not(self, members):
        """Why the current user may not answer although it is open, in words."""
        if not any(member.role_id.can_approve for member in members):
            return self.env._("Your role does not approve. Somebody else of your organisation can.")
        lines = self.approver_ids.filtered(lambda line: line.member_id in members and not line.ended)
        if lines and not any(lines.mapped("turn")):
            return self.env._("Others are asked before you.")
        if not self.filtered_domain(Domain.OR(member._client_authority_domain() for member in members)):
            return self.env._("This is above what you may approve.")
        return self.env._("Others were asked to answer this.")
