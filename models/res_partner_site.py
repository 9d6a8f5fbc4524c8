from odoo import api, fields, models
from odoo.fields import Domain

from .client_gate import ClientNotFound


class ResPartner(models.Model):
    """A site: what staff note of it for those who go there, and the way to its page."""

    _name = "res.partner"
    _inherit = ["res.partner", "client.shown"]

    _client_owner_field = "commercial_partner_id"
    _client_capability = "see_jobs"
    _client_section = "sites"
    _client_list_url = "/my/sites"
    _client_search = ("name", "street", "street2", "city", "zip")

    client_access_notes = fields.Text(
        string="Access notes",
        help="How to get in, and what to mind there. Members who see the site read this.",
    )
    client_contact_name = fields.Char(
        string="Contact at the site", help="Whom to ask at the site. Members who see the site read this."
    )
    client_contact_phone = fields.Char(string="Phone at the site")
    client_asset_ids = fields.One2many("client.asset", "client_site_id", string="Assets")

    def _client_sites(self):
        return self

    def _client_url(self):
        return f"/my/sites/{self.id}"

    @api.model
    def _client_get(self, record_id, capability=None):
        """The gate to a site: see ``client.scoped._client_get``.

        A site's page tells of its jobs: it is for those who see jobs there.

        :raise ClientNotFound: no site, foreign, out of scope, or not allowed: no telling which
        """
        site = self.search([("id", "=", record_id), ("is_client_site", "=", True)], limit=1)
        user = self.env.user
        if not site or not user._client_can("see_jobs", site) or not (
            capability is None or user._client_can(capability, site)
        ):
            raise ClientNotFound()
        return site

    @api.model
    def _client_sites_domain(self):
        """Domain of the sites whose pages the current user may open."""
        clients, sites = self.env.user._client_scope()["scope"]["portal_jobs"]
        return Domain("is_client_site", "=", True) & (
            Domain("commercial_partner_id", "in", clients) | Domain("id", "in", sites)
        )

    def _client_audience_members(self, clients):
        """A site's page is for those who see jobs, although others may read its name."""
        return super()._client_audience_members(clients).filtered(lambda member: member.role_id.can_see_jobs)

    def _client_has_position(self):
        """Whether staff or the client said where on earth this is; 0, 0 is nowhere."""
        return bool(self.partner_latitude or self.partner_longitude)
