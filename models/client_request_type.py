from odoo import api, fields, models
from odoo.exceptions import ValidationError

ASKED = [("no", "Not asked"), ("optional", "Asked"), ("required", "Asked, must be filled in")]
# what a form can ask beside the title, in the order of the form
ASKABLE = ("site", "asset", "description", "dates", "urgency", "files")

ICONS = [
    ("fa-wrench", "Wrench"),
    ("fa-exclamation-triangle", "Warning"),
    ("fa-bolt", "Bolt"),
    ("fa-tint", "Drop"),
    ("fa-leaf", "Leaf"),
    ("fa-tree", "Tree"),
    ("fa-building-o", "Building"),
    ("fa-home", "House"),
    ("fa-truck", "Truck"),
    ("fa-calendar", "Calendar"),
    ("fa-search", "Magnifier"),
    ("fa-pencil-square-o", "Pencil"),
    ("fa-file-text-o", "Document"),
    ("fa-calculator", "Calculator"),
    ("fa-question-circle-o", "Question"),
    ("fa-lightbulb-o", "Idea"),
    ("fa-key", "Key"),
    ("fa-paint-brush", "Brush"),
    ("fa-shield", "Shield"),
    ("fa-star-o", "Star"),
]


class ClientRequestType(models.Model):
    """Something clients may ask for: what the form asks them, and where the job lands."""

    _name = "client.request.type"
    _description = "Kind of request"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    note = fields.Text(
        string="In words", translate=True, help="One or two sentences for whoever picks a kind of request."
    )
    icon = fields.Selection(ICONS, required=True, default="fa-wrench")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    project_id = fields.Many2one(
        "project.project",
        string="Lands in",
        required=True,
        ondelete="restrict",
        domain="[('is_template', '=', False), ('allow_billable', '=', True)]",
        help="A request becomes a task of this project. The project must be billable: Odoo keeps the customer of a task"
        " only there.",
    )
    stage_id = fields.Many2one(
        "project.task.type",
        domain="[('project_ids', '=', project_id)]",
        ondelete="restrict",
        help="Empty: the first stage of the project.",
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Assignee",
        domain=[("share", "=", False)],
        help="Gets the task and an activity. Empty: the project's manager gets the activity.",
    )
    ask_site = fields.Selection(
        ASKED,
        string="Site",
        required=True,
        default="required",
        help="Members who see only some sites must always name one of them, or they would not see their own request.",
    )
    ask_asset = fields.Selection(ASKED, string="Asset", required=True, default="optional")
    ask_description = fields.Selection(ASKED, string="Description", required=True, default="required")
    ask_dates = fields.Selection(ASKED, string="Preferred dates", required=True, default="optional")
    ask_urgency = fields.Selection(ASKED, string="Urgency", required=True, default="optional")
    ask_files = fields.Selection(ASKED, string="Photos and files", required=True, default="optional")
    client_ids = fields.Many2many(
        "res.partner",
        string="Clients",
        domain=[("is_client", "=", True)],
        help="Empty: every client of the company.",
    )
    role_ids = fields.Many2many("client.role", string="Roles", help="Empty: every role that may request work.")
    promise_hours = fields.Float(
        string="Answer within",
        help="Working hours, by the working time of the project's company, until the client has an answer."
        " 0: no promise.",
    )
    task_ids = fields.One2many("project.task", "client_request_type_id", string="Requests")
    request_count = fields.Integer(compute="_compute_request_count")

    _promise_positive = models.Constraint("CHECK (promise_hours >= 0)", "A promise cannot be negative.")

    @api.depends("task_ids")
    def _compute_request_count(self):
        tasks, groups = self.env["project.task"], []
        if tasks.has_access("read"):
            mine = [("client_request_type_id", "in", self.ids)]
            groups = tasks._read_group(mine, ["client_request_type_id"], ["__count"])
        counts = {kind.id: count for kind, count in groups}
        for kind in self:
            kind.request_count = counts.get(kind.id, 0)

    @api.onchange("project_id")
    def _onchange_project_id(self):
        if self.stage_id not in self.project_id.type_ids:
            self.stage_id = False

    @api.constrains("project_id", "stage_id")
    def _check_landing(self):
        for kind in self:
            if not kind.project_id.allow_billable:
                raise ValidationError(
                    self.env._(
                        "Make the project %s billable first: else its tasks have no customer.", kind.project_id.name
                    )
                )
            if kind.stage_id and kind.stage_id not in kind.project_id.type_ids:
                raise ValidationError(
                    self.env._(
                        "%(stage)s is no stage of the project %(project)s.",
                        stage=kind.stage_id.name,
                        project=kind.project_id.name,
                    )
                )

    def action_client_requests(self):
        """List the requests of these kinds."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_request_action")
        return {**action, "domain": [("client_request_type_id", "in", self.ids)]}

    # ------------------------------------------------------------------ who may ask

    @api.model
    def _client_offered(self, member, limit=None):
        """Kinds of request this membership may raise, in their order.

        :param member: client.member (sudo)
        :return: client.request.type (sudo: what a form asks, for whoever may fill it in)
        """
        kinds, role = self.sudo(), member.role_id  # as said
        if not (role._allows("request") and role._allows("see_jobs")):
            return kinds.browse()  # nobody raises what they cannot see afterwards
        return kinds.search(self._client_offered_domain(member.client_id, role), limit=limit)

    @api.model
    def _client_offered_domain(self, client, role):
        """Kinds a member of this role may choose, and of which a request would land somewhere sensible."""
        companies = client.client_company_ids
        if client.company_id:
            companies &= client.company_id
        return [
            ("project_id.active", "=", True),
            ("project_id.is_template", "=", False),
            ("project_id.allow_billable", "=", True),
            ("company_id", "in", [False, *companies.ids]),
            ("client_ids", "in", [False, client.id]),
            ("role_ids", "in", [False, role.id]),
        ]

    def _client_promise(self, start):
        """Until when a request raised at ``start`` is to be answered.

        :param datetime start: UTC
        :return: UTC datetime, or False without a promise
        """
        self.ensure_one()
        if not self.promise_hours:
            return False
        calendar = self.project_id.resource_calendar_id or self.env.company.resource_calendar_id
        return bool(calendar) and calendar.plan_hours(self.promise_hours, start, compute_leaves=True)
