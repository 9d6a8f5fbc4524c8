from odoo import api, fields, models

CLIENT_STATUS = [
    ("requested", "Requested"),
    ("scheduled", "Scheduled"),
    ("in_progress", "In progress"),
    ("waiting", "Waiting for you"),
    ("completed", "Completed"),
    ("cancelled", "Cancelled"),
]
ACTIVE_STATUSES = ("requested", "scheduled", "in_progress", "waiting")

# what a job shows when its stage says nothing and nothing was known before
_STATUS_OF_STATE = {"04_waiting_normal": "scheduled", "1_done": "completed", "1_canceled": "cancelled"}
_CLOSED_STATES = ("1_done", "1_canceled")


class ProjectTask(models.Model):
    _name = "project.task"
    _inherit = ["project.task", "client.scoped", "client.court"]

    _client_capability = "see_jobs"
    _client_site_paths = (
        "partner_id",
        "sale_line_id.order_id.partner_shipping_id",
        "project_id.client_site_id",
    )
    _client_publish_depends = (
        "client_request_number",
        "active",
        "is_template",
        "parent_id",
        "stage_id",
        "project_id",
        "project_id.is_template",
        "project_id.client_publish_jobs",
        "project_id.client_publish_stage_id",
    )
    _client_news_fields = (
        "client_status",
        "client_visit_start",
        "client_visit_end",
        "client_visit_state",
        "client_sign_off_state",
        "client_asked_on",
        "client_answered_on",
    )
    _client_label_field = "client_name"
    _client_only_field = "client_only_user_id"

    client_title = fields.Char(
        string="Title for the client",
        help="Shown to the client instead of the title. Empty: the client sees the title.",
    )
    client_name = fields.Char(
        compute="_compute_client_name", store=True, string="Title the client sees"
    )
    client_summary = fields.Text(
        string="Summary for the client",
        help="In words the client may read. The description stays internal.",
    )
    client_status = fields.Selection(
        CLIENT_STATUS, compute="_compute_client_status", store=True, tracking=False
    )
    client_status_since = fields.Datetime(
        string="Client status since", compute="_compute_client_status", store=True
    )
    client_visit_start = fields.Datetime(
        string="Visit from", copy=False, help="The visit the client was told about."
    )
    client_visit_end = fields.Datetime(string="Visit until", copy=False)

    _client_list = models.Index("(client_id, id DESC) WHERE client_published IS TRUE")
    _client_status_list = models.Index("(client_id, client_status, id DESC) WHERE client_published IS TRUE")
    _client_waiting_list = models.Index(
        "(client_id, id DESC) WHERE client_published IS TRUE AND client_court = 'client'"
    )
    _site_list = models.Index("(client_site_id, id DESC) WHERE client_published IS TRUE")
    _visit_order = models.Constraint(
        "CHECK (client_visit_end IS NULL OR client_visit_start <= client_visit_end)",
        "The visit must end after it starts.",
    )

    @property
    def TASK_PORTAL_READABLE_FIELDS(self):
        return super().TASK_PORTAL_READABLE_FIELDS | {
            "client_court",
            "client_id",
            "client_name",
            "client_published",
            "client_site_id",
            "client_status",
            "client_status_since",
            "client_summary",
            "client_visit_end",
            "client_visit_start",
            "client_visit_state",
        }

    def _client_customer_depends(self):
        return ["partner_id", "project_id"]

    def _client_find_client(self):
        """A job without a customer belongs to its project's client."""
        return super()._client_find_client() or self.project_id.client_id

    @api.depends("name", "client_title")
    def _compute_client_name(self):
        for task in self:
            task.client_name = task.client_title or task.name

    def _client_may_publish(self):
        return bool(
            self.active
            and self.project_id
            and not self.is_template
            and not self.project_id.is_template
        )

    def _client_policy_publishes(self):
        project = self.project_id
        if self.parent_id or project.client_publish_jobs == "manual":
            return False
        if project.client_publish_jobs == "stage":
            stage = project.client_publish_stage_id
            return bool(stage) and self.stage_id.sequence >= stage.sequence
        return True

    @api.depends("stage_id", "stage_id.client_status", "state", "client_asked_on")
    def _compute_client_status(self):
        now = self.env.context.get("client_update_date") or fields.Datetime.now()
        for task in self:
            known = task.client_status
            status = task._client_status_now(known)
            task.client_status = status
            task.client_status_since = now if status != known else task.client_status_since or now

    def _client_status_now(self, known):
        """Client status by state and stage.

        :param str known: the status shown until now, or False
        :rtype: str
        """
        if self.state in _CLOSED_STATES:
            return _STATUS_OF_STATE[self.state]
        if self.stage_id.client_status:
            return self.stage_id.client_status
        if known and known not in ("completed", "cancelled"):
            return known
        return _STATUS_OF_STATE.get(self.state, "in_progress")

    def _client_court_depends(self):
        return [*super()._client_court_depends(), "client_status"]

    def _client_court_now(self):
        """A job waits for the client where its status says so, and for us while it is only requested."""
        turn = {"waiting": "client", "requested": "operator"}
        return turn.get(self.client_status) or super()._client_court_now()

    def _client_news_triggers(self):
        return super()._client_news_triggers() | {"stage_id", "state"}

    def _client_news(self, old, new):
        shown_before = old.get("client_published")
        if not shown_before:
            yield "job_published", {}
        if shown_before and new["client_status"] != old["client_status"]:
            yield f"job_{new['client_status']}", {}

    @api.depends("client_name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        if not self._client_name_records():
            super()._compute_display_name()

    def _client_url(self):
        return f"/my/jobs/{self.id}"
