from odoo import api, fields, models


class ProjectUpdate(models.Model):
    """What staff tell the client of a project: its scope is the project's, its words are chosen by hand.

    Title, description and chatter of an update stay inside; status, progress, date and the texts
    for the client leave when somebody publishes it.
    """

    _name = "project.update"
    _inherit = ["project.update", "client.scoped"]

    _client_capability = "see_jobs"
    _client_customer_field = "client_partner_id"
    _client_site_paths = ("project_id.client_site_id",)
    _client_publish_depends = ("project_id.client_published",)
    _client_label_field = "client_name"
    _client_talks = False

    client_title = fields.Char(
        string="Title for the client",
        help="Shown to the client above the text. Empty: the client sees the project's name.",
    )
    client_name = fields.Char(compute="_compute_client_name", store=True, string="Title the client sees")
    client_text = fields.Text(
        string="Text for the client",
        help="In words the client may read. Title and description of the update stay internal.",
    )
    client_partner_id = fields.Many2one(
        related="project_id.partner_id", string="Customer of the project", export_string_translation=False
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)

    _client_list = models.Index("(project_id, date DESC, id DESC) WHERE client_published IS TRUE")

    @api.depends("client_title", "project_id.client_name")
    def _compute_client_name(self):
        for update in self:
            update.client_name = update.client_title or update.project_id.client_name

    @api.depends("project_id.client_id", "project_id.client_customer_id")
    def _compute_client_id(self):
        """An update goes where its project goes."""
        for update in self:
            update.client_id = update.project_id.client_id
            update.client_customer_id = update.project_id.client_customer_id

    def _client_may_publish(self):
        return self.project_id.client_published

    def _client_policy_publishes(self):
        """Only by hand: nothing leaves because somebody wrote it."""
        return False

    def _client_news(self, old, new):
        if not old.get("client_published"):
            yield f"project_{self.status}", {"title": self.project_id.client_name if self.client_title else ""}

    @api.depends("name", "client_name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        if not self._client_name_records():
            super()._compute_display_name()

    def _client_url(self):
        return f"/my/projects/updates/{self.id}"
