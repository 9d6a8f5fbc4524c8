from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL


class ClientMember(models.Model):
    """One portal user's place in one client: a role and the sites it reaches.

    Rows are archived, never deleted: a user who was ever a member stays governed by
    the boundary, so that a revoked member never falls back to Odoo's wider portal.
    """

    _name = "client.member"
    _description = "Client portal member"
    _order = "client_id, id"
    _rec_name = "partner_id"

    user_id = fields.Many2one(
        "res.users",
        string="Login",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("share", "=", True)],
    )
    partner_id = fields.Many2one(related="user_id.partner_id", string="Contact")
    email = fields.Char(related="user_id.email")
    login_date = fields.Datetime(related="user_id.login_date", string="Last sign-in")
    client_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_client", "=", True)],
    )
    role_id = fields.Many2one(
        "client.role", required=True, index=True, ondelete="restrict"
    )
    all_sites = fields.Boolean(
        default=True,
        help="Sees the whole client. Otherwise only records of the listed sites.",
    )
    site_ids = fields.Many2many(
        "res.partner",
        "client_member_site_rel",
        "member_id",
        "site_id",
        string="Sites",
        domain="[('is_client_site', '=', True), ('commercial_partner_id', '=', client_id)]",
    )
    suspended = fields.Boolean(help="Sees nothing until the suspension is lifted.")
    suspended_reason = fields.Char()
    active = fields.Boolean(default=True, help="Archive a membership to revoke it.")
    state = fields.Selection(
        [
            ("invited", "Invited"),
            ("active", "Active"),
            ("suspended", "Suspended"),
            ("removed", "Removed"),
        ],
        compute="_compute_state",
    )

    _user_client_uniq = models.Constraint(
        "unique (user_id, client_id)", "This person is already a member of this client."
    )

    @api.depends("active", "suspended", "user_id.login_date")
    def _compute_state(self):
        for member in self:
            if not member.active:
                member.state = "removed"
            elif member.suspended:
                member.state = "suspended"
            else:
                member.state = "active" if member.login_date else "invited"

    @api.constrains("user_id", "client_id")
    def _check_parties(self):
        for member in self.sudo():  # a client manager may not read every user's groups
            if not member.user_id._is_portal():
                raise ValidationError(
                    self.env._(
                        "%s is not a portal user. Only portal users can be members.",
                        member.user_id.name,
                    )
                )
            if not member.client_id.is_client:
                raise ValidationError(
                    self.env._("Make %s a client first.", member.client_id.name)
                )

    @api.constrains("client_id", "all_sites", "site_ids", "suspended", "active")
    def _check_sites(self):
        for member in self.filtered(lambda m: m.active and not m.suspended):
            if not member.all_sites and not member.site_ids:
                raise ValidationError(
                    self.env._("Choose at least one site, or give all sites.")
                )
            if any(not member._owns_site(site) for site in member.site_ids):
                raise ValidationError(
                    self.env._(
                        "Every listed site must be a site of %s.", member.client_id.name
                    )
                )

    def _owns_site(self, site):
        """Whether ``site`` (res.partner) is a site of this member's client."""
        return site.is_client_site and site.commercial_partner_id == self.client_id

    def _covers(self, record):
        """Whether ``record`` lies in this membership's client and sites.

        :param record: a client.scoped record, a client or a site (res.partner)
        :rtype: bool
        """
        record = record.sudo()  # scope columns only
        if record._name == "res.partner":
            return record == self.client_id or (
                self._owns_site(record) and (self.all_sites or record in self.site_ids)
            )
        if record.client_id != self.client_id:
            return False
        only = record[record._client_only_field] if record._client_only_field else None
        if only and only != self.user_id:
            return False
        return self.all_sites or bool(record._client_sites() & self.site_ids)

    def _scope_for(self, capability):
        """Clients seen whole and sites seen alone, for one capability.

        :param capability: one of client_role.CAPABILITIES, or None for any membership
        :return: (tuple of client ids, tuple of site ids)
        """
        able = self.filtered(lambda m: not capability or m.role_id._allows(capability))
        whole = able.filtered("all_sites")
        sites = (able - whole).mapped(lambda m: m.site_ids.filtered(m._owns_site))
        return tuple(whole.client_id.ids), tuple(sites.ids)

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._scope_changed()
        for member in members:
            member._log_team("member_joined")
        return members

    def write(self, vals):
        users = self.user_id
        result = super().write(vals)
        self._scope_changed(users)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Memberships are kept for the record. Archive them instead.")
        )

    def _scope_changed(self, former_users=None):
        """Make the next request of the users concerned see the new scope."""
        self.env["res.users"]._client_forget_scope()
        users = self.user_id | (former_users or self.env["res.users"])
        users._client_sync_companies()

    def _log_team(self, kind, **values):
        """Append an update about this member, for those who manage the team.

        :param values: what else its words are filled with
        """
        member = self.sudo()  # reason: names of the person, the role and the sites, whoever acts
        self.env["client.update"].sudo()._append(  # reason: nobody has create rights on updates
            [
                {
                    "kind": kind,
                    "values": {
                        "name": member.user_id.name,
                        "role": member.role_id.name,
                        "sites": ", ".join(member.site_ids.mapped("name")),
                        **values,
                    },
                    "res_model": self._name,
                    "res_id": member.id,
                    "client_id": member.client_id.id,
                    "client_published": True,
                    "capability": "manage_members",
                }
            ]
        )

    def _suspend(self, reason):
        """Take access away until staff decide; ``reason`` is shown to staff."""
        self.write({"suspended": True, "suspended_reason": reason})

    def _suspend_misfits(self):
        """Trim sites that left the client; suspend members left with none of theirs.

        Called when partners were re-parented, merged or lost a flag.
        """
        for member in self:
            sites = member.site_ids.filtered(member._owns_site)
            if not member.client_id.is_client:
                member._suspend(self.env._("The partner is no longer a client."))
            elif not member.all_sites and not sites and not member.suspended:
                member.write(
                    {
                        "site_ids": [fields.Command.set([])],
                        "suspended": True,
                        "suspended_reason": self.env._("No listed site belongs to the client any more."),
                    }
                )
            elif sites != member.site_ids:
                member.site_ids = sites

    @api.model
    def _drop_doubles(self, sources, target):
        """Before ``sources`` are merged into ``target``: one membership per user remains.

        :param sources: res.partner about to be merged away
        :param target: res.partner that stays
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM client_member gone
                 USING client_member kept
                 WHERE gone.user_id = kept.user_id
                   AND gone.id != kept.id
                   AND gone.client_id IN %(sources)s
                   AND (kept.client_id = %(target)s
                        OR (kept.client_id IN %(sources)s AND kept.id < gone.id))
                """,
                sources=tuple(sources.ids) or (0,),
                target=target.id,
            )
        )
        self.invalidate_model(flush=False)
