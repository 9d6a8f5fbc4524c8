"""A job that one person at the client keeps to themselves."""

from odoo import api, fields, models


class ProjectTask(models.Model):
    _inherit = "project.task"

    client_only_user_id = fields.Many2one(
        "res.users",
        string="Only for",
        compute="_compute_client_only_user_id",
        store=True,
        readonly=False,
        recursive=True,
        index="btree_not_null",
        ondelete="restrict",  # an emptied column would show the job to everybody
        domain="[('share', '=', True)]",
        help="Of the client only this person sees the job, whatever roles others have. Empty: everybody whose role"
        " and sites cover it.",
    )

    @property
    def TASK_PORTAL_READABLE_FIELDS(self):
        return super().TASK_PORTAL_READABLE_FIELDS | {"client_only_user_id"}

    @api.depends("parent_id.client_only_user_id")
    def _compute_client_only_user_id(self):
        """Parts of a private job are private too, until staff say otherwise."""
        for task in self:
            task.client_only_user_id = task.parent_id.client_only_user_id or task.client_only_user_id
