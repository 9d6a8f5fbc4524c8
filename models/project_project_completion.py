from odoo import fields, models


class ProjectProject(models.Model):
    """What the jobs of a project tell of themselves, unless a job says otherwise."""

    _inherit = "project.project"

    client_show_people = fields.Boolean(
        string="Show who comes", help="The client reads the names of the assignees of a job, and nothing else of them."
    )
    client_sign_off = fields.Boolean(
        string="Client signs off completed jobs",
        help="A job that is done waits for the client's sign-off before it counts as completed.",
    )

    def action_client_stages(self):
        """Say for each stage of these projects what the client reads."""
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_stage_action")
        return {**action, "domain": [("project_ids", "in", self.ids)]}
