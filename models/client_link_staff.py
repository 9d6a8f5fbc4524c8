"""Links in mails, for staff: which there are for a record or a member, and taking them back."""

from odoo import api, models


class ClientLink(models.Model):
    _inherit = "client.link"

    def action_client_revoke(self):
        """Take links back at once; Odoo refuses it to staff who do not run the portal."""
        self.check_access("read")  # managers alone read links
        self.sudo()._end()  # reason: see above, nobody writes links
        return True

    @api.model
    def _open_links(self, domain):
        """The list of links; Odoo refuses it to whoever may not read them."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_link_action")
        return dict(action, domain=domain)


class ClientMember(models.Model):
    _inherit = "client.member"

    def action_client_links(self):
        """List the links these members were mailed."""
        return self.env["client.link"]._open_links([("member_id", "in", self.ids)])


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_client_links(self):
        """List the links that were mailed to these quotes and orders."""
        return self.env["client.link"]._open_links([("res_model", "=", self._name), ("res_id", "in", self.ids)])


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_client_links(self):
        """List the links that were mailed to these invoices."""
        return self.env["client.link"]._open_links([("res_model", "=", self._name), ("res_id", "in", self.ids)])

    def _invoice_paid_hook(self):
        """A link to pay has done its work."""
        result = super()._invoice_paid_hook()
        self.env["client.link"]._spend(None, self, "pay")
        return result


class ClientDecision(models.Model):
    _inherit = "client.decision"

    @api.model
    def _append(self, ledger, vals):
        """The links by which somebody was asked are spent with their answer."""
        decision = super()._append(ledger, vals)
        approval = self.env["client.approval"].browse(decision.approval_id)
        member = self.env["client.member"].browse(decision.member_id)
        subject = self.env[decision.res_model].browse(decision.res_id)
        self.env["client.link"]._spend(member, [approval, subject], "approve")
        return decision
