"""A request: a job that a client raised. What it keeps, whose turn it is, and what is news of it."""

from odoo import api, fields, models

URGENCIES = [("low", "No hurry"), ("normal", "Normal"), ("urgent", "Urgent")]


class ProjectTask(models.Model):
    _inherit = "project.task"

    client_request_number = fields.Char("Request", readonly=True, copy=False)
    client_request_type_id = fields.Many2one(
        "client.request.type",
        string="Kind of request",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    client_requester_id = fields.Many2one(
        "client.member", string="Raised by", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    client_request_text = fields.Text("In the client's words", readonly=True, copy=False)
    client_request_dates = fields.Json("Days proposed", readonly=True, copy=False)
    client_urgency = fields.Selection(URGENCIES, string="Urgency", readonly=True, copy=False)
    # one form makes one request, however often it is sent
    client_request_key = fields.Char(readonly=True, copy=False, export_string_translation=False)
    client_request_digest = fields.Char(readonly=True, copy=False, export_string_translation=False)
    client_promise_deadline = fields.Datetime(
        "Answer promised by", readonly=True, copy=False, help="The client was told to have an answer by then."
    )
    client_answered_on = fields.Datetime(
        "Answered on",
        readonly=True,
        copy=False,
        help="First message of ours to the client, or the first step beyond “requested”.",
    )
    client_asked_on = fields.Datetime(
        "Question open since", readonly=True, copy=False, help="We asked the client something; their answer ends it."
    )
    client_asked_from = fields.Char(readonly=True, copy=False, export_string_translation=False)

    _client_request_number_uniq = models.UniqueIndex("(client_request_number) WHERE client_request_number IS NOT NULL")
    _client_request_key_uniq = models.UniqueIndex("(client_request_key) WHERE client_request_key IS NOT NULL")
    _client_request_list = models.Index(
        "(client_id, id DESC) WHERE client_published IS TRUE AND client_request_type_id IS NOT NULL"
    )

    @property
    def TASK_PORTAL_READABLE_FIELDS(self):
        return super().TASK_PORTAL_READABLE_FIELDS | {
            "client_answered_on",
            "client_promise_deadline",
            "client_request_number",
            "client_request_text",
            "client_urgency",
        }

    def _client_policy_publishes(self):
        """A request is seen by its client, whatever the project's policy."""
        return bool(self.client_request_number) or super()._client_policy_publishes()

    def _client_status_now(self, known):
        """An open question waits for the client; a new request is requested until its stage says more."""
        status = super()._client_status_now(known)
        if self.state in ("1_done", "1_canceled"):
            return status
        if self.client_asked_on:
            return "waiting"
        if not known and self.client_request_number and not self.stage_id.client_status:
            return "requested"
        return status

    def _client_court_depends(self):
        return [*super()._client_court_depends(), "client_asked_on"]

    def _client_court_now(self):
        """The turn is the client's while a question of ours is open."""
        if self.client_asked_on and self.client_status not in ("completed", "cancelled"):
            return "client"
        return super()._client_court_now()

    def _client_news(self, old, new):
        """A request is received, answered and asked about rather than published and waiting."""
        asked = new["client_asked_on"] != old.get("client_asked_on")
        for kind, values in super()._client_news(old, new):
            if kind == "job_published" and not old and self.client_request_number:
                yield "request_received", {"number": self.client_request_number}
            elif not (asked and kind == f"job_{new['client_status']}"):
                yield kind, values
        if asked and new["client_asked_on"]:
            yield "job_question", {}
        if new["client_answered_on"] and not old.get("client_answered_on") and self.client_request_number:
            yield "request_answered", {"number": self.client_request_number}

    def write(self, vals):
        """The first step beyond "requested" is an answer too."""
        waiting = self.filtered(lambda task: task._client_owes_answer()) if self._client_moves(vals) else self.browse()
        result = super().write(vals)
        waiting.filtered(lambda task: task.client_visit_start or task.client_status != "requested")._client_answered()
        return result

    @api.model
    def _client_moves(self, vals):
        """Whether staff write something that may bring a job further."""
        return self.env.user._is_internal() and not {"stage_id", "state", "client_visit_start"}.isdisjoint(vals)

    def _client_owes_answer(self):
        """Whether the clock of a promised first answer runs."""
        return bool(self.client_request_number and not self.client_answered_on)
