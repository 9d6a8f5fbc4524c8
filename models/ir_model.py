from odoo import fields, models


class IrModel(models.Model):
    _inherit = "ir.model"

    client_portal_allowed = fields.Boolean(
        string="Open to portal members",
        help="Members of the client portal may read this model as far as Odoo's own portal"
        " rights go. Leave it off unless you have checked what those rights show.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "client_portal_allowed" in vals:
            self.env["res.users"]._client_forget_scope()
        return result
