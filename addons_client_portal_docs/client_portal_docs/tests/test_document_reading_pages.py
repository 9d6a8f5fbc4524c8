"""The pages of somebody who is asked to read a document: from the library to the thanks."""

from odoo.tests import tagged

from odoo.addons.client_portal.tests.approval_common import ApprovalCase

from .reading_common import ReadingCase


@tagged("post_install", "-at_install", "client_portal")
class TestReadingPages(ReadingCase, ApprovalCase):
    answer = ApprovalCase.answer

    def test_a_viewer_reads(self):
        member = self.env["client.member"].search([("user_id", "=", self.users["viewer_a"].id)])
        document = self.document(acknowledge=True, acknowledge_opened=True, acknowledge_member_ids=[(6, 0, member.ids)])
        approval, page = self.asked(document), document._client_url()
        self.authenticate("viewer_a", "viewer_a")
        self.assertIn(document.name, self.url_open("/my/documents?filterby=reading").text)
        self.assertIn("Open the document", self.url_open(page).text)
        reply = self.answer("viewer_a", approval)
        self.assertEqual(reply.status_code, 409)
        self.assertIn("Please open the document first", reply.text)
        self.open_file("viewer_a", document)
        self.assertNotIn("Open the document", self.url_open(page).text)
        reply = self.answer("viewer_a", approval)
        self.assertTrue(reply.headers["Location"].endswith(f"{page}?done=read"), reply.headers)
        self.env.invalidate_all()
        self.assertEqual(approval.state, "approved")
        done = self.url_open(f"{page}?done=read").text
        self.assertIn("It is recorded", done)
        self.assertNotIn("Please read this document", done)
        self.assertIn("Everybody who was asked", self.url_open(approval._client_url()).text)
        self.authenticate("requester_a", "requester_a")
        self.assertNotIn("Read and understood", self.url_open(page).text, "a colleague's reading is not theirs")
        self.authenticate("viewer_b", "viewer_b")
        self.assertEqual(self.url_open(approval._client_url()).status_code, 404)

    def test_a_document_is_approved(self):
        document = self.document()
        approval = self.ask(document, "document")
        self.authenticate("approver_a", "approver_a")
        self.assertIn("Please review and answer", self.url_open(document._client_url()).text)
        self.answer("approver_a", approval)
        self.env.invalidate_all()
        self.assertEqual(approval.state, "approved")
