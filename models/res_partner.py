from odoo import api, fields, models
from odoo.exceptions import ValidationError

_MANAGERS = "client_portal.group_client_manager"
# writes that may move a partner to another company
_TREE_FIELDS = {"parent_id", "is_company"}
# writes that may change what members see, or who is governed
_BOUNDARY_FIELDS = {"parent_id", "is_company", "active", "is_client", "is_client_site", "company_id"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_client = fields.Boolean(
        string="Client",
        index="btree_not_null",
        help="The client portal of this company and its contacts is managed: they see what"
        " their memberships give and nothing else.",
    )
    is_client_site = fields.Boolean(
        string="Client site",
        index="btree_not_null",
        help="A place of the client where work is done. Jobs, quotes and invoices delivered"
        " to it belong to the site, and members can be limited to it.",
    )
    client_member_ids = fields.One2many("client.member", "client_id", string="Members")
    client_member_count = fields.Integer(compute="_compute_client_member_count")
    client_site_ids = fields.One2many(
        "res.partner",
        "commercial_partner_id",
        string="Sites",
        domain=[("is_client_site", "=", True)],
    )
    client_company_ids = fields.Many2many(
        "res.company",
        "client_operator_company_rel",
        "partner_id",
        "company_id",
        string="Served by",
        help="Companies of the operator that work for this client. Members see the records"
        " of all of them. Grows by itself with the first record in another company.",
    )

    @api.depends("client_member_ids")
    def _compute_client_member_count(self):
        counts = dict(
            self.env["client.member"]._read_group(
                [("client_id", "in", self.ids)], ["client_id"], ["__count"]
            )
        )
        for partner in self:
            partner.client_member_count = counts.get(partner, 0)

    @api.constrains("is_client", "parent_id", "is_company")
    def _check_is_client(self):
        for partner in self:
            if partner.is_client and partner.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "Only a company itself can be a client. Make %s a client instead.",
                        partner.commercial_partner_id.name,
                    )
                )

    @api.constrains("is_client_site", "parent_id", "is_company")
    def _check_is_client_site(self):
        for partner in self:
            if partner.is_client_site and partner.commercial_partner_id == partner:
                raise ValidationError(
                    self.env._("A site is an address below the client, not a company of its own.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners.filtered("is_client")._client_became_client()
        return partners

    def write(self, vals):
        if not self.env.su and self.env.user._is_client_governed():
            self.check_access("write")  # before stock's checks, which name the people behind a partner
        new_clients = self.filtered(lambda p: vals.get("is_client") and not p.is_client)
        members = self._client_members_touched() if _BOUNDARY_FIELDS & vals.keys() else None
        before = self._client_commercials() if _TREE_FIELDS & vals.keys() else {}
        result = super().write(vals)
        self._client_moved(before)
        if members is not None:
            self._client_boundary_moved(members)
        if "client_company_ids" in vals:
            self.sudo().client_member_ids.user_id._client_sync_companies()  # staff may not edit users
        new_clients._client_became_client()
        return result

    def _client_members_touched(self):
        """Memberships that a change of these partners may concern (all, also archived)."""
        members = self.env["client.member"].sudo()  # staff of any right may edit a partner
        return members.with_context(active_test=False).search(
            ["|", ("client_id", "in", self.ids), ("site_ids", "in", self.ids)]
        )

    def _client_boundary_moved(self, members):
        """Bring records, memberships and caches in line after the partner tree changed."""
        self.env.flush_all()
        self.env["res.users"]._client_forget_scope()
        below = self.with_context(active_test=False).search([("id", "child_of", self.ids)])
        for model in self.env["client.scoped"]._inherit_children:
            self.env[model].sudo()._client_fill_sites(below)  # records of every company
        (members | below._client_members_touched()).filtered("active")._suspend_misfits()

    def _client_became_client(self):
        """Note the operator companies that already serve the new clients."""
        for partner in self:
            companies = self.env.company
            for model in self.env["client.scoped"]._inherit_children:
                Model = self.env[model].sudo()  # companies of records, nothing else
                groups = Model._read_group([("client_id", "=", partner.id)], ["company_id"])
                companies |= self.env["res.company"].union(*(group[0] for group in groups))
            partner.sudo().client_company_ids |= companies  # a manager may see one company only

    def _compute_avatar(self, avatar_field, image_field):
        """Stock looks at the contact's logins, which a governed user may not read."""
        partners = self
        if self.env.user._is_client_governed():
            partners = self.sudo()  # yields the picture, nothing else
        super(ResPartner, partners)._compute_avatar(avatar_field, image_field)
