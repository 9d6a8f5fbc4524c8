"""The client says yes to a version of a document, named by the digest of its bytes."""

import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..hooks import uninstall_hook
from .reading_common import ReadingCase


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentApproval(ReadingCase):
    def _ask(self, document, members=None, **options):
        env = self.env(user=self.users["manager"])
        approval = env["client.approval"]._ask(document.with_env(env), "document", members=members, **options)
        self.env.flush_all()
        return approval

    def test_the_answer_points_at_a_version(self):
        document = self.document()
        decision = self.answer("approver_a", self._ask(document))
        content = json.loads(decision.snapshot)["content"]
        self.assertEqual(content["sha256"], document.current_id.sha256)
        self.assertEqual(content["version"], "1")
        self.assertEqual((decision.res_model, decision.res_id), (document._name, document.id))
        self.assertEqual(document.approved_version_id, document.current_id)
        self.assertIn("approved version 1", document.message_ids[:1].body)

    def test_a_pdf_is_frozen_whole(self):
        document = self.document()
        self.renew(document, b"%PDF-1.4 words")
        decision = self.answer("approver_a", self._ask(document))
        self.assertEqual(decision.document_sha256, document.current_id.sha256)

    def test_a_new_version_makes_it_stale(self):
        document = self.document()
        approval = self._ask(document)
        self.answer("approver_a", approval)
        self.renew(document)
        self.assertEqual(approval.state, "stale")
        again = self.asked(document, "document")
        self.assertEqual((again.state, again.previous_id), ("pending", approval))
        self.assertEqual(document.approved_version_id.number, 1)
        words = again.with_user(self.users["approver_a"]).sudo()._client_change_lines()
        self.assertIn("Version: 1 → 2", words)

    def test_a_draft_version_changes_nothing(self):
        document = self.document()
        approval = self._ask(document)
        self.answer("approver_a", approval)
        document._hand_in("rules.txt", "bmV3")
        self.settle()
        self.assertEqual(approval.state, "approved")
        document.version_ids.sorted("number")[-1].action_publish()
        self.settle()
        self.assertEqual(approval.state, "stale")

    def test_back_to_the_version_that_was_approved(self):
        document = self.document()
        approval = self._ask(document)
        self.answer("approver_a", approval)
        self.renew(document)
        document.current_id.action_withdraw()
        self.settle()
        self.assertEqual(approval.state, "approved")

    def test_a_no_reaches_staff(self):
        document = self.document(self.task_a_one)
        self.answer("approver_a", self._ask(document), "decline", comment="No boots")
        todo = document.activity_ids
        self.assertEqual(len(todo), 1)
        self.assertIn("declined version 1", todo.summary)
        self.assertIn("No boots", todo.note)
        self.assertFalse(document.approved_version_id)

    def test_what_is_not_shared_is_not_asked(self):
        document = self.document()
        document.action_client_unpublish()
        with self.assertRaises(UserError):
            self._ask(document)

    def test_a_withdrawn_document_is_not_answered(self):
        document = self.document()
        approval = self._ask(document)
        document.action_client_unpublish()
        self.settle()
        self.assertFalse(self.sees("approver_a", approval))
        with self.assertRaises(UserError):
            self.answer("approver_a", approval)

    def test_who_sees_the_question_sees_the_document(self):
        """Of a quote's document: who may see quotes, and documents."""
        approval = self._ask(self.document(self.order_a_sent))
        for actor, seen in (("approver_a", True), ("viewer_a", False), ("approver_b", False), ("site_viewer_a", False)):
            with self.subTest(actor=actor):
                self.assertEqual(self.sees(actor, approval), seen)
        self.roles["approver"].can_see_documents = False
        self.env.flush_all()
        self.assertFalse(self.sees("approver_a", approval))
        with self.assertRaises(UserError):
            self.answer("approver_a", approval)

    def test_it_moves_with_its_record(self):
        document = self.document(self.task_a_one)
        approval = self._ask(document)
        self.assertTrue(self.sees("site_viewer_a", approval))
        document.record_ref = self.order_a_sent
        self.env.flush_all()
        self.assertFalse(self.sees("viewer_a", approval))
        document.record_ref = self.task_a_one
        self.task_a_one.client_site_id = self.site_a_two
        self.settle()
        self.assertFalse(self.sees("site_viewer_a", approval))

    def test_news_of_it_need_documents(self):
        document = self.document()
        self._ask(document)
        told = self.env["client.update"].search([("kind", "=", "document_approval_requested")])
        self.assertEqual(told.res_id, document.id)
        self.assertTrue(self.sees("approver_a", told))
        self.roles["approver"].can_see_documents = False
        self.env.flush_all()
        self.assertFalse(self.sees("approver_a", told))

    def test_the_module_goes(self):
        """What waits ends, what was answered is hidden from the client and whole in the ledger."""
        answered, waiting = self.document(), self.document(name="Alder drawing")
        approval = self._ask(answered)
        self.answer("approver_a", approval)
        left = self._ask(waiting)
        uninstall_hook(self.env)
        self.assertEqual(left.state, "withdrawn")
        self.assertFalse(self.sees("approver_a", approval))
        ledger = self.env["client.ledger"].search([("client_id", "=", self.client_a.id)])
        self.assertFalse(ledger._verify())
