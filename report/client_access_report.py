from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

_MANAGERS = "client_portal.group_client_manager"


class ClientAccessReport(models.AbstractModel):
    """Who reaches what of a client, on paper: for the yearly audit.

    The numbers are asked of the record rules as each member, not derived from roles.
    """

    _name = "report.client_portal.access_report"
    _description = "Access report of a client"

    @api.model
    def _get_report_values(self, docids, data=None):
        if not self.env.user.has_group(_MANAGERS):
            raise AccessError(self.env._("Only client managers print access reports."))
        clients = self.env["res.partner"].browse(docids)
        clients.check_access("read")
        return {
            "docs": clients,
            "day": fields.Date.context_today(self),
            "kinds": self._kinds(),
            "members": {client.id: self._members(client) for client in clients},
            "gone": {client.id: self._gone(client) for client in clients},
            "let_in": self._let_in(),
        }

    @api.model
    def _kinds(self):
        """[(model, column heading)] of everything behind the boundary."""
        names = {
            "project.project": self.env._("Projects"),
            "project.task": self.env._("Jobs"),
            "sale.order": self.env._("Quotes and orders"),
            "account.move": self.env._("Invoices"),
        }
        others = sorted(set(self.env["client.scoped"]._inherit_children) - set(names))
        return [*names.items(), *((name, self.env["ir.model"]._get(name).name) for name in others)]

    @api.model
    def _members(self, client):
        """One row per person who has access now, with what each sees at this moment."""
        members = client.client_member_ids.filtered(lambda m: not m.suspended)
        users = members.user_id.sudo()  # logins, to ask the rules as each of them
        counts = {
            model: self.env[model]._client_count_as(users, Domain("client_id", "=", client.id))
            for model, _heading in self._kinds()
        }
        return [
            {
                **self._who(member),
                "sites": self.env._("All sites") if member.all_sites else ", ".join(member.site_ids.mapped("name")),
                "counts": [counts[model].get(member.user_id.id, 0) for model, _heading in self._kinds()],
                "last": member.login_date,
            }
            for member in members
        ]

    @api.model
    def _gone(self, client):
        """Memberships that give nothing any more: suspended, with the reason, and removed."""
        members = client.with_context(active_test=False).client_member_ids
        gone = members.filtered(lambda m: m.suspended or not m.active)
        states = dict(gone._fields["state"]._description_selection(self.env))
        return [
            {**self._who(m), "state": states[m.state], "reason": m.suspended_reason or "", "since": m.write_date}
            for m in gone
        ]

    @api.model
    def _who(self, member):
        return {"name": member.user_id.name, "email": member.email or "", "role": member.role_id.name}

    @api.model
    def _let_in(self):
        """Models an administrator opened to members beyond the reviewed list."""
        let_in = self.env["ir.model"].sudo().search([("client_portal_allowed", "=", True)])  # names, for managers
        return [{"name": model.name, "model": model.model} for model in let_in]
