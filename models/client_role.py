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
    limit_ids = fields.One2many(
        "client.role.limit",
        "role_id",
        string="Approval limits",
        help="Without a limit the role approves any amount. With one, amounts above it and"
        " in currencies without a limit are left to somebody else.",
    )
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

    def _allows(self, capability, record=None):
        """Whether this role allows something; the one place where capabilities are checked.

        :param str capability: one of CAPABILITIES
        :param record: what it is about, or None; approving looks at its total
        :rtype: bool
        """
        self.ensure_one()
        if not self[f"can_{capability}"]:
            return False
        if capability != "approve" or record is None or "amount_total" not in record:
            return True
        limits = self.env["client.role.limit"]._seldom_of("role_id", self)
        if not limits:
            return True
        document = record.sudo()  # total and currency, to compare
        limit = limits.filtered(lambda row: row.currency_id == document.currency_id)
        return bool(limit) and document.currency_id.compare_amounts(document.amount_total, limit.amount) <= 0

    def _within(self, other):
        """Whether whoever holds ``other`` holds everything this role gives, approval limits included.

        :param other: client.role
        :rtype: bool
        """
        self.ensure_one()
        if not self._capabilities() <= other._capabilities():
            return False
        if not self.can_approve or not other.limit_ids:
            return True
        highest = {row.currency_id: row.amount for row in other.limit_ids}
        return bool(self.limit_ids) and all(
            row.currency_id in highest
            and row.currency_id.compare_amounts(row.amount, highest[row.currency_id]) <= 0
            for row in self.limit_ids
        )

    def write(self, vals):
        result = super().write(vals)
        # rule domains are cached with the members' scope baked in
        self.env["res.users"]._client_forget_scope()
        return result
