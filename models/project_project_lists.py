from odoo import models


class ProjectProject(models.Model):
    """How the list of projects reads as a file."""

    _inherit = "project.project"

    def _client_columns(self):
        progress = self._client_progress() if self else {}
        return [
            (self.env._("Project"), lambda project: project.client_name),
            *self._client_place_columns(),
            (self.env._("Start"), lambda project: project.date_start),
            (self.env._("End"), lambda project: project.date),
            (self.env._("Jobs done"), lambda project: progress[project.id]["done"]),
            (self.env._("Jobs"), lambda project: progress[project.id]["total"]),
        ]
