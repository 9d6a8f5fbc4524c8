from datetime import timedelta

from odoo import api, models

from .client_asset_pages import DUE_SOON


class ClientAsset(models.Model):
    """How the list of assets is searched, narrowed and sorted, and how it reads as a file."""

    _inherit = "client.asset"

    @api.model
    def _client_section_label(self):
        """The list lies in the section of sites."""
        return self.env._("Assets")

    @api.model
    def _client_narrowings(self, query, client_ids):
        sites = self.env["res.partner"]._client_sites_of(client_ids)
        return [
            *super()._client_narrowings(query, client_ids),
            self._client_choice(
                "site", self.env._("Site"), query, "res.partner", sites, lambda site: [("client_site_id", "=", site.id)]
            ),
            self._client_choice(
                "kind", self.env._("Kind"), query, "client.asset.kind", [], lambda kind: [("kind_id", "=", kind.id)]
            ),
            *self._client_period(query, self._client_due_between),
        ]

    @api.model
    def _client_due_between(self, first, last):
        """Domain of assets due in a period."""
        days = [("next_due_date", "!=", False)]
        if first:
            days.append(("next_due_date", ">=", first))
        if last:
            days.append(("next_due_date", "<=", last))
        return days

    @api.model
    def _client_searchbar(self):
        today = self.env["client.words"]._today()
        soon = today + timedelta(days=DUE_SOON)
        return {
            "default_sort": "name",
            "default_filter": "all",
            "sortings": {
                "name": {"label": self.env._("Name"), "order": "name, id"},
                "due": {"label": self.env._("Next due"), "order": "next_due_date asc nulls last, name, id"},
                "newest": {"label": self.env._("Installed last"), "order": "installed_date desc nulls last, name, id"},
            },
            "filters": {
                "all": {"label": self.env._("All assets"), "domain": []},
                "due": {
                    "label": self.env._("Due within %s days", DUE_SOON),
                    "domain": [("next_due_date", ">=", today), ("next_due_date", "<=", soon)],
                },
                "overdue": {"label": self.env._("Past due"), "domain": [("next_due_date", "<", today)]},
            },
        }

    def _client_columns(self):
        self.sudo().kind_id.fetch(["name"])  # what a visible asset is
        return [
            (self.env._("Asset"), lambda asset: asset.name),
            (self.env._("Kind"), lambda asset: asset.sudo().kind_id.name),  # as above
            (self.env._("Serial number"), lambda asset: asset.serial),
            *self._client_place_columns(),
            (self.env._("Installed"), lambda asset: asset.installed_date),
            (self.env._("Next due"), lambda asset: asset.next_due_date),
        ]
