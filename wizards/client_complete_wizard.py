from odoo import api, fields, models

_FROM_TASK = {"compute": "_compute_from_task", "store": True, "precompute": True, "readonly": False}


class ClientCompleteWizard(models.TransientModel):
    """Finishes a job: what was done, when, and what was read off, from the van with a thumb."""

    _name = "client.complete.wizard"
    _description = "Complete a job"

    task_id = fields.Many2one("project.task", string="Job", required=True, readonly=True, ondelete="cascade")
    done_on = fields.Date(**_FROM_TASK, required=True)
    note = fields.Text(string="What was done", **_FROM_TASK)
    readings = fields.Text(**_FROM_TASK)
    sign_off = fields.Boolean(string="The client signs this off", **_FROM_TASK)
    people = fields.Char(compute="_compute_people", string="Done by")
    published = fields.Boolean(related="task_id.client_published")
    again = fields.Boolean(compute="_compute_people")

    @api.depends("task_id")
    def _compute_from_task(self):
        """Start from what stands on the job, so that nothing is typed twice."""
        for wizard in self:
            task = wizard.task_id
            wizard.done_on = task.client_done_on or task._client_today()
            wizard.note = task.client_done_note
            wizard.readings = task.client_readings
            wizard.sign_off = task._client_wants_sign_off()

    @api.depends("task_id")
    def _compute_people(self):
        for wizard in self:
            wizard.people = ", ".join(wizard.task_id._client_people())
            wizard.again = bool(wizard.task_id.client_record_count)

    def action_complete(self):
        """Finish the job and freeze what was done."""
        self.ensure_one()
        task = self.task_id
        values = {"client_done_on": self.done_on, "client_done_note": self.note, "client_readings": self.readings}
        if self.sign_off != task._client_wants_sign_off():
            values["client_sign_off"] = "yes" if self.sign_off else "no"
        task._client_complete(values)
        return {"type": "ir.actions.act_window_close"}
