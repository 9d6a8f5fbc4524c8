from odoo import api, fields, models, tools
from odoo.exceptions import AccessError
from odoo.tools import frozendict

# Fields a record rule may use, by the capability that fills them: "<stem>_client_ids" are
# the clients seen whole, "<stem>_site_ids" the sites seen alone.
SCOPE_FIELDS = {
    "portal_jobs": "see_jobs",
    "portal_quotes": "see_quotes",
    "portal_invoices": "see_invoices",
    "portal_documents": "see_documents",
    "portal_team": "manage_members",
    "portal": None,  # any membership
}
_MANAGERS = "client_portal.group_client_manager"


def _scope_field(string):
    return fields.Many2many(
        "res.partner", string=string, compute="_compute_portal_scope", compute_sudo=True, groups=_MANAGERS
    )


class ResUsers(models.Model):
    _inherit = "res.users"

    client_member_ids = fields.One2many("client.member", "user_id", groups=_MANAGERS)
    portal_jobs_client_ids = _scope_field("Jobs: whole clients")
    portal_jobs_site_ids = _scope_field("Jobs: single sites")
    portal_quotes_client_ids = _scope_field("Quotes: whole clients")
    portal_quotes_site_ids = _scope_field("Quotes: single sites")
    portal_invoices_client_ids = _scope_field("Invoices: whole clients")
    portal_invoices_site_ids = _scope_field("Invoices: single sites")
    portal_documents_client_ids = _scope_field("Documents: whole clients")
    portal_documents_site_ids = _scope_field("Documents: single sites")
    portal_team_client_ids = _scope_field("Team: whole clients")
    portal_team_site_ids = _scope_field("Team: single sites")
    portal_client_ids = _scope_field("Any: whole clients")
    portal_site_ids = _scope_field("Any: single sites")

    def _compute_portal_scope(self):
        for user in self:
            scope = user._client_scope()["scope"]
            for stem in SCOPE_FIELDS:
                clients, sites = scope[stem]
                user[f"{stem}_client_ids"] = clients
                user[f"{stem}_site_ids"] = sites

    @tools.ormcache("self.id")
    def _client_scope(self):
        """Everything the boundary knows about a user, as plain cached data.

        Cleared with the registry cache by every change of a membership, role, site,
        client flag, group or partner tree. Depends on no clock.

        :return: frozendict(governed=bool, member_ids=tuple, scope={stem: (client ids, site ids)})
        """
        self.ensure_one()
        user = self.sudo()  # the boundary is computed for users who may not read it
        memberships = user.env["client.member"].with_context(active_test=False).search(
            [("user_id", "=", user.id)], order="id"
        )
        portal = bool(user.id) and user._is_portal() and not user._is_internal()
        governed = portal and bool(memberships or user.partner_id.commercial_partner_id.is_client)
        active = memberships.filtered(
            lambda m: governed and m.active and not m.suspended and m.client_id.is_client
        )
        return frozendict(
            governed=governed,
            member_ids=tuple(active.ids),
            scope=frozendict({stem: active._scope_for(capability) for stem, capability in SCOPE_FIELDS.items()}),
        )

    def _is_client_governed(self):
        """Whether the boundary applies: a portal user who has or ever had a membership,
        or whose company is a client.

        :rtype: bool
        """
        return bool(self.id) and self._client_scope()["governed"]

    def _client_members(self):
        """The user's memberships that give access now (sudo, for reading roles and clients).

        :rtype: client.member
        """
        members = self.env["client.member"].sudo()  # a member may know their own memberships
        return members.browse(self._client_scope()["member_ids"] if self.id else ())

    def _client_can(self, capability, record=None):
        """Whether a role of this user allows something, on a record if one is given.

        :param str capability: one of client_role.CAPABILITIES
        :param record: a client.scoped record, a client or a site (res.partner)
        :rtype: bool
        """
        return any(
            (record is None or member._covers(record)) and member.role_id._allows(capability, record)
            for member in self._client_members()
        )

    def _client_sync_companies(self):
        """Allow each member exactly the operator companies that serve their clients."""
        for user in self.sudo():  # staff who invite may not edit users
            companies = user._client_members().client_id.client_company_ids
            if not companies or not user._is_client_governed():
                continue
            vals = {"company_ids": [fields.Command.set(companies.ids)]}
            if user.company_id not in companies:
                vals["company_id"] = companies[0].id
            if user.company_ids != companies:
                user.write(vals)

    @api.model
    def _client_forget_scope(self):
        """Make every worker, and the rest of this transaction, look at the scope anew.

        To be called by everything that changes who may see what. Cleared once more after
        the commit: on a threaded server another request may have filled the cache again
        with what was true before.
        """
        registry = self.env.registry
        registry.clear_cache()
        self.env.cr.postcommit.add(registry.clear_cache)
        names = [f"{stem}_{kind}_ids" for stem in SCOPE_FIELDS for kind in ("client", "site")]
        self.invalidate_model(names, flush=False)

    def write(self, vals):
        if not self.env.su and self.env.user._is_client_governed():
            # Odoo lets everybody rename themselves by RPC; here names are what colleagues and staff rely on
            raise AccessError(self.env._("This does not exist, or you have no access to it."))
        result = super().write(vals)
        if {"group_ids", "partner_id", "active"} & vals.keys():
            self._client_forget_scope()
        return result
