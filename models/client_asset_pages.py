from odoo import models
from odoo.fields import Domain

DUE_SOON = 30  # days
HISTORY_SHOWN = 20


class ClientAsset(models.Model):
    """What the pages show of an asset."""

    _inherit = "client.asset"

    _client_row_fields = (
        "client_id",
        "client_site_id",
        "company_id",
        "name",
        "kind_id",
        "serial",
        "installed_date",
        "next_due_date",
    )

    def _client_rows(self):
        places = self._client_places()
        return [
            {**row, "detail": self._client_details(row["detail"], places[row["id"]])}
            for row in self._client_rows_here()
        ]

    def _client_rows_here(self):
        """Rows on the page of the assets' own site, which goes unsaid."""
        self.sudo().kind_id.fetch(["name"])  # what a visible asset is
        return [
            {
                "id": asset.id,
                "url": asset._client_url(),
                "title": asset.name,
                "detail": self._client_details(asset.sudo().kind_id.name, asset.serial),  # as above
                "badge": asset._client_due(),
            }
            for asset in self
        ]

    def _client_due(self):
        """When it is due next, as a badge; None without a date."""
        day = self.next_due_date
        if not day:
            return None
        words = self.env["client.words"]
        left = (day - words._today()).days
        tone = "danger" if left < 0 else "warning" if left <= DUE_SOON else "muted"
        label = self.env._("was due %s", words._short(day)) if left < 0 else self.env._("due %s", words._short(day))
        return {"label": label, "tone": tone}

    def _client_facts(self):
        """Values of the asset's page."""
        self.ensure_one()
        words = self.env["client.words"]
        asset = self.sudo()  # the name of a visible asset's kind
        history = self._client_history()
        site = self._client_site_fact()
        return {
            "id": self.id,
            "title": self.name,
            "badge": self._client_due(),
            "site": {"label": site["value"], "url": site["url"]} if site["url"] else None,
            "summary": self.client_summary,
            "asks": self._client_asks(),
            "cards": self._client_cards(),
            "audience": self._client_audience_card(),
            "jobs": history[:HISTORY_SHOWN]._client_rows(),
            "jobs_more": len(history) > HISTORY_SHOWN,
            "facts": [
                {"label": self.env._("Kind"), "value": asset.kind_id.name},
                {"label": self.env._("Serial number"), "value": self.serial},
                site,
                {"label": self.env._("Installed"), "value": words._short(self.installed_date)},
                {"label": self.env._("Next due"), "value": words._day(self.next_due_date)},
            ],
        }

    def _client_history(self):
        """Jobs on this asset the member may see, newest first; one more than a page shows."""
        tasks = self.env["project.task"]
        mine = tasks._client_visible_domain() & Domain("client_asset_ids", "in", self.ids)
        ids = tasks.sudo()._search(mine, order="id desc", limit=HISTORY_SHOWN + 1)  # the user's rules are part of it
        return tasks.search_fetch([("id", "in", list(ids))], tasks._client_row_fields, order="id desc")
