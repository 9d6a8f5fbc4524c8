from odoo import api, models


class ClientApproval(models.Model):
    """How the list of approvals is narrowed, and how it reads as a file."""

    _inherit = "client.approval"

    @api.model
    def _client_narrowings(self, query, client_ids):
        sites = [("is_client_site", "=", True), ("commercial_partner_id", "in", client_ids)]
        return [
            *super()._client_narrowings(query, client_ids),
            self._client_choice(
                "site", self.env._("Site"), query, "res.partner", sites, lambda site: [("client_site_id", "=", site.id)]
            ),
        ]

    def _client_columns(self):
        words = self.env["client.words"]
        mine = set(self._client_waiting_ids([("id", "in", self.ids)]))
        return [
            (self.env._("Title"), lambda approval: approval._client_heading()),
            (self.env._("Number"), lambda approval: approval.reference),
            *self._client_place_columns(),
            (self.env._("Asked"), lambda approval: words._sheet_day(approval.date_asked)),
            (self.env._("Answer by"), lambda approval: approval.date_due),
            (self.env._("State"), lambda approval: approval._client_badge(approval.id in mine)["label"]),
            (self.env._("Amount"), lambda approval: approval._client_sheet_amount()),
            (self.env._("Currency"), lambda approval: approval.currency_id.name),
        ]

    def _client_sheet_amount(self):
        """The amount as a number; nothing where there is none to agree to."""
        return self.currency_id.round(self.amount) if self.currency_id else None
