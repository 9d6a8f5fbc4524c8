from odoo import api, models


class ProjectCollaborator(models.Model):
    _inherit = "project.collaborator"

    @api.model_create_multi
    def create(self, vals_list):
        """Require a membership of outsiders a client's project is shared with."""
        collaborators = super().create(vals_list)
        for collaborator in collaborators:
            client = collaborator.project_id.client_id.filtered("is_client")
            if client:
                self.env["client.member"]._client_require_members(client, collaborator.partner_id)
        return collaborators
