from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .client_authority import within
from .client_canonical import decimal


class ClientMemberLimit(models.Model):
    """Up to how much one member may approve, of one kind or any, at one site or any.

    It narrows what the role allows and never widens it. Of several that fit, all have to be kept; what they
    say of one kind and site in several currencies stands together.
    """

    _name = "client.member.limit"
    _inherit = "client.seldom"
    _description = "Approval limit of a member"
    _order = "member_id, id"
    _rec_name = "kind"

    member_id = fields.Many2one("client.member", required=True, index=True, ondelete="cascade")
    client_id = fields.Many2one(related="member_id.client_id")
    kind = fields.Selection(selection="_kinds", help="Empty: whatever is approved.")
    site_id = fields.Many2one(
        "res.partner",
        domain="[('is_client_site', '=', True), ('commercial_partner_id', '=', client_id)]",
        ondelete="cascade",
        help="Empty: wherever it is.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, ondelete="restrict", default=lambda self: self.env.company.currency_id
    )
    amount = fields.Monetary("Up to", required=True)

    _amount_positive = models.Constraint("CHECK (amount >= 0)", "A limit cannot be negative.")
    _once = models.UniqueIndex(
        "(member_id, currency_id, COALESCE(kind, ''), COALESCE(site_id, 0))", "There is such a limit already."
    )

    @api.model
    def _kinds(self):
        return self.env["client.approval.kind"]._choices()

    @api.constrains("site_id", "member_id")
    def _check_site(self):
        for limit in self:
            if limit.site_id and not limit.member_id._owns_site(limit.site_id):
                raise ValidationError(self.env._("%s is no site of this client.", limit.site_id.name))

    @api.model_create_multi
    def create(self, vals_list):
        limits = super().create(vals_list)
        limits._log_team("member_limit")
        self.env["client.approval"]._people_changed(limits.member_id)
        return limits

    def write(self, vals):
        result = super().write(vals)
        self._log_team("member_limit")
        self.env["client.approval"]._people_changed(self.member_id)
        return result

    def unlink(self):
        members = self.member_id
        self._log_team("member_limit_lifted")
        result = super().unlink()
        self.env["client.approval"]._people_changed(members)
        return result

    def _log_team(self, kind):
        """Tell who manages the team what was set or lifted."""
        for limit in self.sudo():  # names of the site and the person, whoever acts
            limit.member_id._log_team(
                kind,
                limit=f"{decimal(limit.amount, limit.currency_id.decimal_places)} {limit.currency_id.name}",
                about=limit.kind or "",
                site=limit.site_id.name or "",
            )

    def _fits(self, approval):
        """Whether this limit is about an approval."""
        return self.kind in (False, approval.kind) and self.site_id in (self.site_id.browse(), approval.client_site_id)

    def _domain(self):
        """The approvals that these limits of one member leave to them."""
        domain = Domain.TRUE
        for (kind, site), limits in self.grouped(lambda limit: (limit.kind, limit.site_id)).items():
            about = Domain("kind", "=", kind) if kind else Domain.TRUE
            about &= Domain("client_site_id", "=", site.id) if site else Domain.TRUE
            domain &= ~about | within(limits)
        return domain


class ClientMember(models.Model):
    _inherit = "client.member"

    limit_ids = fields.One2many("client.member.limit", "member_id", string="Approval limits")

    def _client_authority_domain(self):
        limits = self.env["client.member.limit"]._seldom_of("member_id", self)
        return super()._client_authority_domain() & limits._domain()

    def _limit_rows(self, approval):
        return [*super()._limit_rows(approval), *self.limit_ids.filtered(lambda limit: limit._fits(approval))]
