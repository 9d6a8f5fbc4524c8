from odoo import fields, models


class ClientAssetKind(models.Model):
    """What sorts of things a client's assets are; the operator's own list."""

    _name = "client.asset.kind"
    _description = "Kind of asset"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    asset_ids = fields.One2many("client.asset", "kind_id", string="Assets")

    _name_uniq = models.Constraint("unique (name)", "There is a kind of this name already.")
