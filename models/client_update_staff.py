"""What the back office shows of updates."""

from odoo import fields, models


class ClientUpdate(models.Model):
    _inherit = "client.update"

    title = fields.Char(compute="_compute_title", string="What happened")

    def _compute_title(self):
        """The words a member reads, in the reader's language."""
        rows = {row["id"]: row["title"] for row in self._client_rows()}
        for update in self:
            update.title = rows.get(update.id)

    def action_client_open(self):
        """Open the record an update is about; Odoo refuses it to staff who may not read it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
