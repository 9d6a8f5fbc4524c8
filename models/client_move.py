from markupsafe import Markup

from odoo import models


class ResPartner(models.Model):
    """A contact or address changes companies: history stays, people decide on the rest."""

    _inherit = "res.partner"

    def _client_commercials(self):
        """{partner: its company} of these partners and of everything below them."""
        below = self.with_context(active_test=False).search([("id", "child_of", self.ids)])
        return {partner: partner.commercial_partner_id for partner in below}

    def _client_moved(self, before):
        """Suspend memberships left behind by a move, and ask staff to decide.

        :param dict before: an earlier ``_client_commercials``
        """
        for partner, old in before.items():
            new = partner.exists().commercial_partner_id
            if new and new != old and old.is_client:
                partner._client_left(old, new)

    def _client_left(self, old, new):
        """One partner left the client ``old`` for ``new``."""
        reason = self.env._("%(name)s moved to %(company)s.", name=self.name, company=new.name)
        members = self.env["client.member"].sudo().search(  # whoever may edit a contact
            [("user_id.partner_id", "=", self.id), ("client_id", "=", old.id)]
        )
        members.filtered(lambda m: not m.suspended)._suspend(reason)
        counts = self._client_left_behind(old)
        if members or any(counts.values()):
            old._client_ask_to_decide(reason, counts, members)

    def _client_left_behind(self, old):
        """{kind in words: number} of records of ``old`` that still name this partner."""
        counts = {}
        for model in self.env["client.scoped"]._inherit_children:
            Model = self.env[model].sudo()  # numbers only, for staff of any right
            domain = [("client_id", "=", old.id), (Model._client_customer_field, "=", self.id)]
            counts[self.env["ir.model"]._get(model).name] = Model.search_count(domain)
        return counts

    def _client_ask_to_decide(self, reason, counts, members):
        """A to-do on the client for whoever made the change: what stays, what is suspended."""
        kept = ", ".join(f"{name}: {number}" for name, number in counts.items() if number)
        lines = [reason]
        if kept:
            lines.append(self.env._("These records stay with %(client)s: %(kept)s.", client=self.name, kept=kept))
        if members:
            names = ", ".join(members.mapped("user_id.name"))
            lines.append(self.env._("Membership suspended until you decide: %s.", names))
        self.sudo().activity_schedule(  # the mover may not edit the client
            "mail.mail_activity_data_todo",
            summary=self.env._("Decide on records and memberships"),
            note=Markup("<br/>").join(lines),
            user_id=self.env.uid,
        )
