from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Stock names lines by internal product code and customer reference, in sudo."""
        if not self.env.user._is_client_governed():
            return super()._compute_display_name()
        for line in self:
            line.display_name = line.name
