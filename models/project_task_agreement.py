"""A job done under an agreement."""

from odoo import api, models
from odoo.fields import Domain


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_agreements(self):
        """Agreements this job is part of, as the member sees them."""
        job = self.sudo()  # where a visible job belongs; what is found is narrowed to the member's view
        work = [Domain("order_id", "=", job.sale_order_id.id)] if job.sale_order_id else []
        work += [Domain("project_id", "=", job.project_id.id)] if job.project_id else []
        at = Domain("site_ids", "=", False)
        if job.client_site_id:
            at |= Domain("site_ids", "in", job.client_site_id.ids)
        found = self.env["client.agreement"]
        if not work:
            return found
        return found._client_only_visible(Domain.OR(work) & (at if job.client_site_id else Domain.TRUE))

    def _client_facts(self):
        facts = super()._client_facts()
        links = [{"label": agreement.name, "url": agreement._client_url()} for agreement in self._client_agreements()]
        facts["facts"].append({"label": self.env._("Agreement"), "value": bool(links), "links": links})
        return facts

    @api.model
    def _client_narrowings(self, query, client_ids):
        """Jobs are narrowed by agreement where there are any."""
        inside = lambda agreement: [("id", "in", self.sudo()._search(agreement._client_jobs_domain()))]  # AND-ed
        field = self._client_choice(
            "agreement",
            self.env._("Agreement"),
            query,
            "client.agreement",
            [("client_id", "in", client_ids)],
            inside,
        )
        return [*super()._client_narrowings(query, client_ids), *([field] if field["options"] else [])]
