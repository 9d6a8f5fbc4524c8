from odoo import api, models


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "client.line"]

    _client_document_field = "order_id"
    _client_lines_field = "order_line"

    # the few lines that fold others
    _client_folding = models.Index("(order_id) WHERE collapse_prices IS TRUE OR collapse_composition IS TRUE")

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Stock names lines by internal product code and customer reference, in sudo."""
        if not self.env.user._is_client_governed():
            return super()._compute_display_name()
        for line in self:
            line.display_name = line.name
