from odoo import models


class ClientAsset(models.Model):
    """What the pages show of an asset."""

    _inherit = "client.asset"

    _client_row_fields = ("client_id", "client_site_id", "company_id", "name", "kind_id", "serial", "next_due_date")

    def _client_facts(self):
        """Values of the asset's page."""
        self.ensure_one()
        words = self.env["client.words"]
        asset = self.sudo()  # the names of the site and the kind of a visible asset
        return {
            "id": self.id,
            "title": self.name,
            "summary": self.client_summary,
            "audience": self._client_audience_card(),
            "jobs": self._client_history()._client_rows(),
            "facts": [
                {"label": self.env._("Kind"), "value": asset.kind_id.name},
                {"label": self.env._("Serial number"), "value": self.serial},
                {
                    "label": self.env._("Site"),
                    "value": asset.client_site_id.name,
                    "note": asset.client_site_id._client_address(),
                },
                {"label": self.env._("Installed"), "value": words._short(self.installed_date)},
                {"label": self.env._("Next due"), "value": words._day(self.next_due_date)},
            ],
        }

    def _client_history(self):
        """Jobs on this asset the member may see, newest first."""
        return self.env["project.task"]._client_only_visible([("client_asset_ids", "in", self.ids)])
