from odoo import api, fields, models

# What a role may allow, by name. A capability ``see_jobs`` is the field ``can_see_jobs``;
# everything that asks "may this member ...?" asks with one of these names.
CAPABILITIES = (
    "see_jobs",
    "see_quotes",
    "see_invoices",
    "see_documents",
    "request",
    "comment",
    "approve",
    "manage_members",
)


class ClientRole(models.Model):
    _name = "client.role"
    _description = "Client portal role"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    note = fields.Text(
        string="In words",
        translate=True,
        help="One sentence for the person who picks the role.",
    )
    can_see_jobs = fields.Boolean(string="See projects and jobs")
    can_see_quotes = fields.Boolean(string="See quotes and orders")
    can_see_invoices = fields.Boolean(string="See invoices")
    can_see_documents = fields.Boolean(string="See documents")
    can_request = fields.Boolean(string="Request work")
    can_comment = fields.Boolean(string="Write messages")
    can_approve = fields.Boolean(string="Approve and sign")
    can_manage_members = fields.Boolean(string="Manage the team")
    member_ids = fields.One2many("client.member", "role_id")
    member_count = fields.Integer(compute="_compute_member_count")

    @api.depends("member_ids")
    def _compute_member_count(self):
        counts = dict(
            self.env["client.member"]._read_group(
                [("role_id", "in", self.ids)], ["role_id"], ["__count"]
            )
        )
        for role in self:
            role.member_count = counts.get(role, 0)

    def _capabilities(self):
        """Names of CAPABILITIES this role allows.

        :rtype: frozenset[str]
        """
        self.ensure_one()
        return frozenset(name for name in CAPABILITIES if self[f"can_{name}"])

    def write(self, vals):
        result = super().write(vals)
        # rule domains are cached with the members' scope baked in
        self.env["res.users"]._client_forget_scope()
        return result
