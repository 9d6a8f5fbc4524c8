from odoo import fields, models


class ClientVisitKeep(models.TransientModel):
    """Staff answer a client who asked for another time."""

    _name = "client.visit.keep"
    _description = "Keep the time of a visit"

    task_id = fields.Many2one("project.task", required=True, ondelete="cascade")
    reply = fields.Text("Answer to the client", help="Shown on the client's page of the job.")

    def action_keep(self):
        """Answer and close."""
        self.task_id._client_visit_keep((self.reply or "").strip())
        return {"type": "ir.actions.act_window_close"}
