from odoo import fields, models


class ClientSignOffWizard(models.TransientModel):
    """Records a sign-off that the client gave elsewhere: on site, by phone, on paper."""

    _name = "client.sign.off.wizard"
    _description = "Record a sign-off"

    task_id = fields.Many2one("project.task", string="Job", required=True, readonly=True, ondelete="cascade")
    name = fields.Char(string="Signed off by", required=True)
    note = fields.Char(string="How", help="Kept on the job for your colleagues: on paper, by phone on Tuesday …")

    def action_record(self):
        """Close the job as signed off."""
        self.ensure_one()
        self.task_id.check_access("write")
        self.task_id._client_signed_off(name=self.name)
        if self.note:
            self.task_id._client_note(self.note)
        return {"type": "ir.actions.act_window_close"}
