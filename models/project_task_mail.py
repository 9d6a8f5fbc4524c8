from odoo import api, models


class ProjectTask(models.Model):
    """Jobs that come in by mail."""

    _inherit = "project.task"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Show a client no job until staff decide, unless a member who may request work there sent it.

        Anybody can write to the address of a project.
        """
        task = super().message_new(msg_dict, custom_values=custom_values)
        client = task.sudo().client_id  # whose job it is
        if client.is_client and not self.env["client.door"]._may(msg_dict.get("author_id"), "request", client):
            task.client_publish = "no"
        return task
