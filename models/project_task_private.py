"""A job that one person at the client keeps to themselves."""

from odoo import api, fields, models
from odoo.fields import Domain


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

    # who can see it: the rules name the reader, so views that are alike differ for private jobs

    def _client_audience(self):
        """Private jobs are asked about one by one, as the one person each is for."""
        private = self.filtered(lambda task: task.sudo().client_only_user_id)  # its scope
        audience = super(ProjectTask, self - private)._client_audience()
        for task in private:
            audience.update(super(ProjectTask, task)._client_audience())
        return audience

    def _client_audience_members(self, client):
        members = super()._client_audience_members(client)
        only = self.sudo().client_only_user_id  # scope; see _client_audience: shared ones, or one private
        return members.filtered(lambda member: member.user_id in only) if only else members

    @api.model
    def _client_count_as(self, users, domain):
        """Shared jobs by the view, private ones by the person; people without any are not asked."""
        only = "client_only_user_id"
        counts = super()._client_count_as(users, Domain(domain) & Domain(only, "=", False))
        private = Domain(domain) & Domain(only, "in", users.ids)
        for (user,) in self.sudo()._read_group(private, [only]):  # whether there are any; then asked as the user
            own = super()._client_count_as(user, Domain(domain) & Domain(only, "=", user.id))
            counts[user.id] += own.get(user.id, 0)
        return counts
