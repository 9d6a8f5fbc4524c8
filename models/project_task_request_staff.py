"""Requests in the back office: where staff already look."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class ProjectTask(models.Model):
    _inherit = "project.task"

    client_source = fields.Char("Source", compute="_compute_client_source")
    client_days_text = fields.Char("Proposed days", compute="_compute_client_days_text")
    client_promise_late = fields.Boolean(
        "Answer late", compute="_compute_client_promise_late", search="_search_client_promise_late"
    )
    client_quote_ids = fields.One2many("sale.order", "client_request_id", string="Quotes of the request")
    client_quote_count = fields.Integer(compute="_compute_client_quote_count")

    def _compute_client_source(self):
        """Where the job came from, when it came from the client."""
        for task in self:
            task.client_source = self.env._("Client portal") if task.client_request_number else ""

    def _compute_client_days_text(self):
        words = self.env["client.words"]
        for task in self:
            task.client_days_text = ", ".join(words._heading(day) for day in task._client_proposed_days())

    @api.depends("client_promise_deadline", "client_answered_on", "client_status")
    def _compute_client_promise_late(self):
        late = self.filtered_domain(self._client_late_domain())
        for task in self:
            task.client_promise_late = task in late

    @api.model
    def _search_client_promise_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._client_late_domain()

    @api.model
    def _client_late_domain(self):
        """Promised answers that are overdue now."""
        return [
            ("client_promise_deadline", "<", fields.Datetime.now()),
            ("client_answered_on", "=", False),
            ("client_status", "not in", ("completed", "cancelled")),
        ]

    def _compute_client_quote_count(self):
        orders = self.env["sale.order"]
        if not orders.has_access("read"):
            self.client_quote_count = 0
            return
        groups = orders._read_group([("client_request_id", "in", self.ids)], ["client_request_id"], ["__count"])
        counts = {task.id: count for task, count in groups}
        for task in self:
            task.client_quote_count = counts.get(task.id, 0)

    def _client_speaker(self):
        """The operator company that writes to the client about this job.

        :return: res.company (sudo: its letterhead)
        """
        return (
            self.company_id or self.env["client.member"]._client_sender_company(self.client_id)
        ).sudo()  # letterhead

    # ---------------------------------------------------------------------- buttons

    def action_client_question(self):
        """Open the dialog that asks the client something."""
        self.ensure_one()
        self.check_access("write")
        question = self.env["client.question"].create({"task_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask the Client"),
            "res_model": question._name,
            "res_id": question.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_client_question_over(self):
        """The client answered some other way, or the question is no longer of interest."""
        self.ensure_one()
        self.check_access("write")
        if self.client_asked_on:
            self._client_question_over()

    def action_client_quote(self):
        """A new quotation for this request, with its client and site."""
        self.ensure_one()
        self.check_access("read")
        if not self.client_id:
            raise UserError(self.env._("Choose the customer of this job first."))
        self.env["sale.order"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Quotation"),
            "res_model": "sale.order",
            "views": [(False, "form")],
            "context": {
                "default_client_request_id": self.id,
                "default_partner_id": self.client_id.id,
                "default_company_id": (self.company_id or self.env.company).id,
                **({"default_partner_shipping_id": self.client_site_id.id} if self.client_site_id else {}),
            },
        }

    def action_client_quotes(self):
        """List the quotes made for this request."""
        self.ensure_one()
        self.env["sale.order"].check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_quotations_with_onboarding")
        return {**action, "domain": [("client_request_id", "=", self.id)], "context": {}}
