"""The sign-off of a finished job: asked by finishing it, answered on its page, closing or reopening it."""

import base64

from odoo.tests import tagged

from ..models.client_canonical import digest
from .approval_common import ApprovalCase


@tagged("post_install", "-at_install", "client_portal")
class TestCompletion(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["manager"].group_ids += cls.env.ref("project.group_project_manager")
        cls.job = cls.task_a_one
        cls.job.client_sign_off = "yes"
        cls.job.write({"client_done_note": "Hedge cut.", "client_readings": "Height: 1.8 m"})

    def finish(self):
        self.job.with_user(self.users["manager"]).state = "1_done"
        self.env.flush_all()
        return self.approval_of(self.job)

    def test_finishing_asks_and_a_yes_closes(self):
        approval = self.finish()
        self.assertEqual((approval.kind, approval.state), ("completion", "pending"))
        for url in (approval._client_url(), self.job._client_url()):
            text = self.page("approver_a", url).text
            self.assertIn("accept the work as finished", text)
            self.assertIn("Hedge cut.", text)
            self.assertIn("1.8 m", text)
        self.assertEqual(self.answer("approver_a", approval).status_code, 303)
        self.assertEqual((self.job.client_sign_off_state, self.job.client_status), ("signed", "completed"))
        self.assertEqual(self.job.client_signed_by, self.users["approver_a"].name)
        paper = self.env["client.completion"].search([("task_id", "=", self.job.id)])
        row = self.decisions(approval)
        self.assertEqual(row.document_sha256, paper.sha256)
        self.assertEqual(digest(base64.b64decode(paper.with_context(bin_size=False).pdf)), row.document_sha256)
        self.assertTrue(row.signature)
        self.assertEqual(approval.event_ids[0].kind, "approve")

    def test_a_no_opens_it_again_and_the_next_version_is_asked_anew(self):
        for verdict in ("decline", "changes"):
            approval = self.finish()
            with self.subTest(verdict=verdict):
                self.answer("approver_a", approval, verdict, comment="The gate is open")
                self.assertEqual((self.job.state, self.job.client_sign_off_state), ("02_changes_requested", "refused"))
                self.assertIn("The gate is open", str(self.job.activity_ids.mapped("note")))
                self.job.activity_ids.unlink()
        again = self.finish()
        self.assertEqual(again.previous_id, approval)
        text = self.page("approver_a", again._client_url()).text
        self.assertIn("Version of the completion record: 2 → 3", text)

    def test_completed_again_before_an_answer(self):
        first = self.finish()
        self.job.with_user(self.users["manager"])._client_complete({"client_done_note": "And swept."})
        again = self.approval_of(self.job)
        self.assertEqual((first.state, again.state), ("withdrawn", "pending"))
        self.assertEqual(self.answer("approver_a", first).status_code, 409)

    def test_what_staff_settle_is_not_asked_any_more(self):
        manager = self.job.with_user(self.users["manager"])
        for act, event in (
            (lambda: self.job._client_signed_off(name="Ada, by phone"), "confirmed"),
            (manager.action_client_waive_sign_off, "withdrawn"),
            (lambda: manager.write({"state": "01_in_progress"}), "revising"),
        ):
            approval = self.finish()
            act()
            self.assertEqual((approval.state, approval.event_ids[0].kind), ("withdrawn", event))
            manager.state = "01_in_progress"

    def test_withdrawing_closes_the_job(self):
        approval = self.finish()
        approval.with_user(self.users["manager"]).action_client_withdraw()
        self.assertEqual((self.job.client_sign_off_state, self.job.client_status), ("waived", "completed"))

    def test_a_scope_nobody_answered_ends_with_the_work(self):
        scope = self.ask(self.job, "scope")
        self.assertEqual(self.finish().kind, "completion")
        self.assertEqual(scope.state, "withdrawn")
