from odoo import fields, models

from .project_task import CLIENT_STATUS


class ProjectTaskType(models.Model):
    _inherit = "project.task.type"

    client_status = fields.Selection(
        CLIENT_STATUS,
        string="Client status",
        help="What clients see while a job is in this stage. Empty: they go on seeing the"
        " last known status. Done and cancelled jobs always show as such.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "sequence" in vals:  # "from stage" policies compare positions
            tasks = self.env["project.task"].sudo()  # jobs of every company
            tasks.search(
                [
                    ("stage_id", "in", self.ids),
                    ("project_id.client_publish_jobs", "=", "stage"),
                ]
            )._compute_client_published()
        return result
