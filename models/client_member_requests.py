"""What a membership may ask for, and the gate of the request pages."""

import re

from odoo import api, models

from .client_gate import ClientNotFound
from .client_shown_lists import OPTIONS_SHOWN


class ClientMember(models.Model):
    _inherit = "client.member"

    @api.model
    def _client_requesters(self):
        """The current user's memberships that may raise requests (sudo, for reading roles and clients)."""
        return self.env.user._client_members().filtered(
            lambda member: member.role_id._allows("request") and member.role_id._allows("see_jobs")
        )

    @api.model
    def _client_requester(self, client=None):
        """The one membership a request page is about.

        :param client: res.partner chosen in the switcher or named in the address, or None for the first
        :raise ClientNotFound: no role of theirs raises requests there
        """
        own = self._client_requesters()
        if client:
            own = own.filtered(lambda member: member.client_id.id == client.id)
        if not own:
            raise ClientNotFound()
        return own[0]

    def _client_request_types(self, limit=None):
        """See ``client.request.type._client_offered``."""
        return self.env["client.request.type"]._client_offered(self, limit)

    def _client_request_type(self, type_id):
        """One of the kinds offered to this membership.

        :param int type_id: from an address, trusted in no way
        :raise ClientNotFound: missing, switched off or for others: no telling which
        """
        kind = self._client_request_types().filtered(lambda one: one.id == type_id)
        if not kind:
            raise ClientNotFound()
        return kind

    def _client_request_assets(self, chosen=""):
        """Assets this membership may name, as the user sees them, by name.

        :param str chosen: id from a form, trusted in no way; offered too when there are more than fit
        """
        assets = self.env["client.asset"].sudo(False)  # by the user's own rules
        mine = [("client_id", "=", self.client_id.id)]
        found = assets.search_fetch(mine, ["name", "serial", "client_site_id"], order="name, id", limit=OPTIONS_SHOWN)
        if re.fullmatch("[0-9]{1,18}", chosen) and int(chosen) not in found.ids:
            found |= assets.search([("id", "=", int(chosen)), *mine])
        return found

    def _client_request_sites(self):
        """Sites this membership may name, by name."""
        if not self.all_sites:
            return self.site_ids.filtered(self._owns_site).sorted("name")
        sites = self.env["res.partner"].sudo()  # the member's own client
        return sites.search(
            [("is_client_site", "=", True), ("commercial_partner_id", "=", self.client_id.id)], order="name, id"
        )
