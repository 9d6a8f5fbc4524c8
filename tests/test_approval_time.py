"""Reminders and the end of a question, by the scheduled action and by nothing else."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .approval_common import ApprovalCase


@tagged("post_install", "-at_install", "client_portal")
class TestTime(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.milestone = cls.milestones["project_a_whole"]

    def on(self, day):
        """Run the scheduled action so many days from today."""
        cron = type(self.env["ir.cron"])  # which commits after each, and has time left
        with (
            freeze_time(f"{self.today + timedelta(days=day)} 06:00:00"),
            patch.object(cron, "_commit_progress", return_value=60.0),
        ):
            self.env["client.approval"]._cron_approvals()

    def asked(self, **days):
        dates = {name: self.today + timedelta(days=day) for name, day in days.items()}
        members = self.members["approver_a"]
        return self.ask(self.milestone, "milestone", members=members, **dates)

    def reminders(self, approval):
        return len(approval.event_ids.filtered(lambda event: event.kind == "reminded"))

    def test_reminders_before_on_and_after_the_day(self):
        approval = self.asked(date_due=10)
        seen = []
        for day in range(1, 17):
            self.on(day)
            self.on(day)
            seen.append(self.reminders(approval))
        self.assertEqual(seen, [0] * 6 + [1] * 3 + [2] * 4 + [3] * 3)
        told = self.env["mail.message"].search([("subject", "ilike", "Waiting for your answer")])
        self.assertEqual(told.partner_ids, self.users["approver_a"].partner_id)
        self.assertIn(f"/my/approvals/{approval.id}", told[:1].body)
        self.assertNotIn("access_token", "".join(told.mapped("body")))

    def test_no_days_no_reminders(self):
        self.env["ir.config_parameter"].sudo().set_param("client_portal.approval_reminder_days", "")
        approval = self.asked(date_due=2)
        self.on(2)
        self.assertEqual(self.reminders(approval), 0)

    def test_other_days_count_for_what_waits(self):
        approval = self.asked(date_due=10)
        self.env["client.approval"]._set_reminder_days([-9])
        self.assertEqual(approval.date_reminder, self.today + timedelta(days=1))

    def test_the_end(self):
        approval = self.asked(date_due=2, date_expires=3)
        for day, state in ((3, "pending"), (4, "pending"), (5, "expired")):
            self.on(day)
            self.assertEqual(approval.state, state, day)
        self.assertIn("ended without an answer", str(self.project_a_whole.activity_ids.mapped("summary")))
        self.assertIn("Nobody answered in time", self.page("approver_a", approval._client_url()).text)
        self.assertEqual(self.answer("approver_a", approval).status_code, 409)
        self.on(20)
        self.assertEqual(len(approval.event_ids.filtered(lambda event: event.kind == "expired")), 1)

    def test_a_longer_validity_asks_again(self):
        order = self.order_a_sent
        approval = order.client_approval_id
        approval.sudo().date_expires = self.today - timedelta(days=3)
        self.on(0)
        self.assertEqual(approval.state, "expired")
        order.validity_date = self.today + timedelta(days=30)
        self.assertEqual(self.approval_of(order).state, "pending")
        self.assertNotEqual(self.approval_of(order), approval)

    def test_answered_is_left_alone(self):
        approval = self.asked(date_due=1, date_expires=2)
        self.answer("approver_a", approval)
        self.on(9)
        self.assertEqual((approval.state, self.reminders(approval)), ("approved", 0))
