from odoo import api, fields, models
from odoo.tools import html2plaintext

OUTCOMES = [
    ("answered", "Answered"),
    ("not_needed", "No answer needed"),
    ("withdrawn", "Taken back by the client"),
]
ANSWER_HOURS = 16
_PARAMETER = "client_portal.answer_hours"
_ANSWER = "client_portal.mail_activity_answer"
_SHOWN = 80  # letters of a question in a to-do


class ClientResponse(models.Model):
    """One time that a client wrote and waits for a word of ours: when, until when promised, and when it came.

    A question carries the promise of the settings; a plain message only starts the clock. What was said is not here
    but in the conversation.
    """

    _name = "client.response"
    _description = "Answer to a client"
    _order = "asked_on desc, id desc"
    _rec_name = "author_id"

    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True, readonly=True)
    about = fields.Char("On", compute="_compute_about")
    client_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="cascade")
    client_site_id = fields.Many2one("res.partner", string="Site", readonly=True, ondelete="set null")
    company_id = fields.Many2one("res.company", readonly=True)
    author_id = fields.Many2one("res.partner", string="Who wrote", readonly=True, ondelete="set null")
    message_id = fields.Many2one("mail.message", readonly=True, ondelete="set null", index="btree_not_null")
    question = fields.Boolean(readonly=True, help="Asked as a question, with a promised answer.")
    asked_on = fields.Datetime("Written on", required=True, readonly=True)
    due_on = fields.Datetime("Answer promised by", readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True, index=True, ondelete="set null")
    ended_on = fields.Datetime(readonly=True, index=True)
    ended_by_id = fields.Many2one("res.users", string="Ended by", readonly=True, ondelete="set null")
    outcome = fields.Selection(OUTCOMES, readonly=True)
    hours = fields.Float(
        "Hours until answered", compute="_compute_hours", store=True, aggregator="avg", help="Around the clock."
    )
    late = fields.Boolean(compute="_compute_late", search="_search_late")

    _open = models.Index("(res_model, res_id) WHERE ended_on IS NULL")

    @api.depends("res_model", "res_id")
    def _compute_about(self):
        for response in self:
            record = self.env[response.res_model].sudo().browse(response.res_id).exists()  # its name beside the clock
            response.about = record.display_name if record else ""

    @api.depends("asked_on", "ended_on", "outcome")
    def _compute_hours(self):
        """Only answers count: what needed none says nothing about how fast we are."""
        for response in self:
            answered = response.outcome == "answered" and response.ended_on
            response.hours = (answered - response.asked_on).total_seconds() / 3600 if answered else False

    @api.depends("due_on", "ended_on")
    def _compute_late(self):
        now = fields.Datetime.now()
        for response in self:
            response.late = bool(response.due_on) and (response.ended_on or now) > response.due_on

    @api.model
    def _search_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        late = self.sudo()._search([("due_on", "!=", False), ("due_on", "<", now)])  # asked about only
        ids = self.sudo().browse(late).filtered("late").ids  # the same
        return [("id", "in" if True in value else "not in", ids)]

    # -------------------------------------------------------------------------- the clock

    @api.model
    def _promise(self, record, start):
        """Until when a question asked now is to be answered, in the working hours of who answers.

        :param record: one client.scoped record (sudo)
        :param datetime start: UTC
        :return: UTC datetime, or False without a promise
        """
        hours = self._promised_hours()
        project = record.project_id if "project_id" in record._fields else record.env["project.project"]
        company = record.company_id or self.env.company
        calendar = project.resource_calendar_id or company.resource_calendar_id
        return bool(hours and calendar) and calendar.plan_hours(hours, start, compute_leaves=True)

    @api.model
    def _promised_hours(self):
        """Working hours of the settings; 0: no promise."""
        parameter = self.env["ir.config_parameter"].sudo()  # a number of our own
        try:
            return max(float(parameter.get_param(_PARAMETER, ANSWER_HOURS)), 0)
        except ValueError:
            return ANSWER_HOURS

    @api.model
    def _open_on(self, records):
        """What waits for an answer on these records, oldest first (sudo: clocks are the suite's)."""
        domain = [("res_model", "=", records._name), ("res_id", "in", records.ids), ("ended_on", "=", False)]
        return self.sudo().search(domain, order="asked_on, id")  # as said

    @api.model
    def _begin(self, record, message):
        """The client wrote: start a clock, for a question one with a promise.

        :param record: client.scoped
        :param message: mail.message (sudo), may be empty
        """
        question = bool(self.env.context.get("client_question"))
        if not question and self._open_on(record):
            return
        now = self.env.context.get("client_update_date") or fields.Datetime.now()
        scope = record.sudo()  # whose record it is, and who answers
        response = self.sudo().create(  # members write nothing by themselves
            {
                "res_model": record._name,
                "res_id": record.id,
                "client_id": scope.client_id.id,
                "client_site_id": scope.client_site_id.id,
                "company_id": scope.company_id.id,
                "author_id": message.author_id.id or self.env.user.partner_id.id,
                "message_id": message.id,
                "question": question,
                "asked_on": now,
                "due_on": question and self._promise(scope, now),
                "user_id": scope._client_responsible().id,
            }
        )
        if question:
            response._ask(scope, message)

    def _ask(self, record, message):
        """A to-do for the responsible, due when the answer is."""
        user = self.user_id or self.env.ref("base.user_admin").sudo()  # somebody always hears of it
        words = html2plaintext(message.body or "").strip()
        record = record.with_context(lang=user.lang or self.env.lang)
        where = record.with_context(tz=user.tz)
        record.activity_schedule(
            _ANSWER,
            user_id=user.id,
            summary=record.env._("Question: %s", words[:_SHOWN] + ("…" if len(words) > _SHOWN else "")),
            date_deadline=fields.Datetime.context_timestamp(where, self.due_on or self.asked_on).date(),
        )

    @api.model
    def _end(self, records, outcome):
        """Stop the clocks on these records.

        :param str outcome: a key of OUTCOMES
        """
        self._open_on(records)._close(outcome)

    def _close(self, outcome):
        now = self.env.context.get("client_update_date") or fields.Datetime.now()
        self.sudo().write({"ended_on": now, "ended_by_id": self.env.uid, "outcome": outcome})  # as _begin

    @api.model
    def _withdrawn(self, message):
        """The words that started a clock are gone: stop it, and where nothing else waits, all of it.

        :param message: mail.message (sudo)
        """
        mine = self.sudo().search([("message_id", "=", message.id), ("ended_on", "=", False)])  # as _begin
        mine._close("withdrawn")
        record = self.env[message.model].browse(message.res_id)
        if mine and not self._open_on(record):
            record.with_context(client_response_outcome="withdrawn")._client_answered()

    def action_client_open(self):
        """Open the record itself; Odoo refuses it to staff who may not read it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
