from odoo import models


class ProjectMilestone(models.Model):
    """Milestones follow their project: its scope is theirs."""

    _inherit = "project.milestone"

    def write(self, vals):
        reaching = self.filtered(lambda m: vals.get("is_reached") and not m.is_reached)
        result = super().write(vals)
        reaching._client_tell_reached()
        return result

    def _client_tell_reached(self):
        rows = [
            milestone.project_id._client_update_vals(
                "milestone_reached",
                {"name": milestone.name, "title": milestone.project_id.client_name},
            )
            for milestone in self.sudo()  # updates are written by the suite, whoever acts
            if milestone.project_id.client_published and milestone.project_id.client_id.is_client
        ]
        self.env["client.update"].sudo()._append(rows)  # nobody has create rights on updates
