"""Jobs before they start, milestones, and a kind that another module brings."""

from odoo.tests import tagged

from .approval_common import ApprovalCase


@tagged("post_install", "-at_install", "client_portal")
class TestJobScope(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls.task_a_one
        cls.task.client_summary = "Cut the hedge."
        cls.approval = cls.ask(cls.task, "scope", message="Before we start")

    def test_asked_and_approved(self):
        self.assertEqual(self.task.client_court, "client")
        for url in (self.approval._client_url(), self.task._client_url()):
            text = self.page("approver_a", url).text
            self.assertIn("Before we start", text)
            self.assertIn("I have read what this job covers", text)
        self.assertNotIn("cp-signature", text)
        reply = self.answer("approver_a", self.approval, signature="", signer="")
        self.assertEqual(reply.status_code, 303)
        self.assertEqual((self.task.state, self.approval.state), ("03_approved", "approved"))
        self.assertNotEqual(self.task.client_court, "client")
        content = self.shown_in(self.decisions(self.approval))["content"]
        self.assertEqual(content["summary"], "Cut the hedge.")
        self.assertNotIn("SECRET", self.decisions(self.approval).snapshot)
        feed = self.page("viewer_a", "/my/updates").text
        self.assertIn("task-a-one. approved", feed)

    def test_sent_back(self):
        for verdict, words in (("changes", "Only the front"), ("decline", "Not now")):
            with self.subTest(verdict=verdict):
                approval = self.task.client_approval_id
                if approval.state != "pending":
                    approval = self.ask(self.task, "scope")
                self.answer("approver_a", approval, verdict, comment=words)
                self.assertEqual(self.task.state, "02_changes_requested")
                self.assertEqual(self.task.client_court, "operator")
                self.assertIn(words, str(self.task.activity_ids.mapped("note")))
                self.assertIn(words, str(self.task.message_ids.mapped("body")))
                self.assertEqual(self.task.activity_ids.user_id, self.users["manager"])

    def test_the_card_is_for_those_who_may(self):
        for actor, can in (("viewer_a", False), ("requester_a", False), ("approver_a", True), ("site_viewer_a", False)):
            with self.subTest(actor=actor):
                text = self.page(actor, self.task._client_url()).text
                self.assertIn("Waiting for an answer" if not can else "Please review and answer", text)
                self.assertEqual('name="shown"' in text, can)

    def test_a_private_job_asks_its_own_person_alone(self):
        self.task.client_only_user_id = self.users["administrator_a"]
        self.env.flush_all()
        for actor, seen in (("administrator_a", True), ("approver_a", False), ("viewer_a", False)):
            with self.subTest(actor=actor):
                self.assertEqual(self.sees(actor, self.approval), seen)
        self.assertEqual(self.approval._able_members().user_id, self.users["administrator_a"])

    def test_unpublishing_hides_the_question(self):
        self.task.client_publish = "no"
        self.env.flush_all()
        self.assertEqual(self.page("approver_a", self.approval._client_url()).status_code, 404)

    def test_deleting_the_job_ends_it(self):
        self.task.unlink()
        self.assertEqual(self.approval.state, "withdrawn")
        self.assertFalse(self.sees("approver_a", self.approval))

    def test_workspace_says_it_once(self):
        text = self.page("approver_a", "/my").text
        self.assertEqual(text.count("aria-label=\"Review: Scope of the job: Alder task-a-one.\""), 1)
        self.assertNotIn("aria-label=\"Answer: Alder task-a-one.\"", text)


@tagged("post_install", "-at_install", "client_portal")
class TestMilestone(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milestone = cls.milestones["project_a_whole"]
        cls.approval = cls.ask(cls.milestone, "milestone")

    def test_scope_is_the_projects(self):
        self.assertEqual((self.approval.client_id, self.approval.scope_id), (self.client_a, self.project_a_whole.id))
        for actor in ("viewer_a", "approver_a", "billing_a", "approver_b", "site_viewer_a", "stock"):
            with self.subTest(actor=actor):
                self.assertEqual(self.sees(actor, self.approval), self.sees(actor, self.project_a_whole))
        self.project_a_whole.privacy_visibility = "followers"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.sees("approver_a", self.approval))

    def test_approved_is_reached(self):
        self.answer("approver_a", self.approval)
        self.assertTrue(self.milestone.is_reached)
        self.assertEqual(self.approval.state, "approved")

    def test_reached_by_hand_or_gone(self):
        self.milestone.is_reached = True
        self.assertEqual(self.approval.state, "withdrawn")
        other = self.milestones["project_a_one"]
        approval = self.ask(other, "milestone")
        other.unlink()
        self.assertEqual(approval.state, "withdrawn")

    def test_declined_asks_the_project_manager(self):
        self.project_a_whole.user_id = self.users["manager"]
        self.answer("approver_a", self.approval, "decline", comment="The gate is missing")
        self.assertFalse(self.milestone.is_reached)
        self.assertEqual(self.project_a_whole.activity_ids.user_id, self.users["manager"])
