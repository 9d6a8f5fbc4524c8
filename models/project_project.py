from odoo import api, fields, models

_PORTAL_VISIBILITIES = ("portal", "invited_users")


class ProjectProject(models.Model):
    _name = "project.project"
    _inherit = ["project.project", "client.scoped", "client.court"]

    _client_capability = "see_jobs"
    _client_site_paths = ("partner_id", "sale_line_id.order_id.partner_shipping_id")
    _client_publish_depends = ("privacy_visibility", "active", "is_template")
    _client_label_field = "client_name"

    client_title = fields.Char(
        string="Title for the client",
        help="Shown to the client instead of the name. Empty: the client sees the name.",
    )
    client_name = fields.Char(
        compute="_compute_client_name", store=True, string="Name the client sees"
    )
    client_summary = fields.Text(
        string="Summary for the client",
        help="In words the client may read. The description stays internal.",
    )
    client_show_manager = fields.Boolean(
        string="Show the project manager",
        help="The client reads the name of the project manager as the person to contact."
        " Otherwise that of whoever looks after the client.",
    )
    client_publish_jobs = fields.Selection(
        [
            ("auto", "Automatically"),
            ("stage", "When they reach a stage"),
            ("manual", "By hand"),
        ],
        string="Show jobs to the client",
        compute="_compute_client_publish_jobs",
        store=True,
        readonly=False,
        required=True,
        tracking=True,
        help="What happens to the jobs of this project unless somebody decides on the job"
        " itself. Sub-tasks are shown by hand only.",
    )
    client_publish_stage_id = fields.Many2one(
        "project.task.type",
        string="From stage",
        domain="[('project_ids', 'in', id)]",
        tracking=True,
        help="Jobs are shown once they are in this stage or a later one.",
    )

    _client_list = models.Index("(client_id, id DESC) WHERE client_published IS TRUE")

    @api.depends("name", "client_title")
    def _compute_client_name(self):
        for project in self:
            project.client_name = project.client_title or project.name

    @api.depends("privacy_visibility")
    def _compute_client_publish_jobs(self):
        for project in self:
            if not project.client_publish_jobs:
                project.client_publish_jobs = self._client_jobs_policy(project.privacy_visibility)

    @api.model_create_multi
    def create(self, vals_list):
        """Decide at once what happens to the jobs.

        Not by ``precompute``: the ORM would then read every default as the user, and staff
        without project stages could not create projects.
        """
        usual = self.default_get(["privacy_visibility"]).get("privacy_visibility")
        return super().create([
            {"client_publish_jobs": self._client_jobs_policy(vals.get("privacy_visibility", usual)), **vals}
            for vals in vals_list
        ])

    @api.model
    def _client_jobs_policy(self, visibility):
        """Staff said it already: a project open to portal users shows its jobs."""
        return "auto" if visibility in _PORTAL_VISIBILITIES else "manual"

    def _client_may_publish(self):
        return self.active and not self.is_template

    def _client_policy_publishes(self):
        return self.privacy_visibility in _PORTAL_VISIBILITIES

    def _client_news(self, old, new):
        if new["client_published"] and not old.get("client_published"):
            yield "project_published", {}

    @api.depends("client_name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        if not self._client_name_records():
            super()._compute_display_name()

    def _client_url(self):
        return f"/my/projects/{self.id}"
