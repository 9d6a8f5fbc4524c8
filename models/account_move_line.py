from odoo import api, models


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "client.line"]

    _client_document_field = "move_id"
    _client_lines_field = "line_ids"

    # the few lines that fold others
    _client_folding = models.Index("(move_id) WHERE collapse_prices IS TRUE OR collapse_composition IS TRUE")

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Stock names lines by reference and product, which a governed user may not read."""
        if not self.env.user._is_client_governed():
            return super()._compute_display_name()
        for line in self:
            line.display_name = line.name
