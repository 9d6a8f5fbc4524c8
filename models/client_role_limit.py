from odoo import fields, models


class ClientRoleLimit(models.Model):
    """Up to how much a role may approve, in one currency."""

    _name = "client.role.limit"
    _inherit = "client.seldom"
    _description = "Approval limit of a role"
    _order = "role_id, currency_id"
    _rec_name = "currency_id"

    role_id = fields.Many2one("client.role", required=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one("res.currency", required=True, ondelete="restrict")
    amount = fields.Monetary(string="Up to", required=True)

    _role_currency_uniq = models.Constraint(
        "unique (role_id, currency_id)", "A role has one limit per currency."
    )
    _amount_positive = models.Constraint("CHECK (amount >= 0)", "A limit cannot be negative.")
