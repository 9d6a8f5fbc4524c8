"""The conversation on a document: with those who see it, of what was written to them."""

from odoo.tests import HttpCase, tagged

from odoo.addons.client_portal.tests.doors_common import DoorsCase
from odoo.addons.client_portal.tests.gateway_common import GatewayCase


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentTalk(GatewayCase):
    def say(self, document, subtype="mail.mt_comment"):
        return document.message_post(body="About it", message_type="comment", subtype_xmlid=subtype)

    def test_read_with_the_document(self):
        for name, comment in (
            ("document_a_one", True),
            ("document_a_job", True),
            ("document_a_draft", False),
            ("document_a_job_hidden", False),
            ("document_b_one", False),
        ):
            document = self.records[name]
            with self.subTest(document=name):
                self.assertEqual(self.sees("administrator_a", self.say(document)), comment)
                self.assertFalse(self.sees("administrator_a", self.say(document, "mail.mt_note")))

    def test_replies_and_questions(self):
        document = self.records["document_a_one"]
        for sender, reason in (("administrator_a", []), ("administrator_b", ["stranger"]), ("revoked", ["gone"])):
            with self.subTest(sender=sender):
                message, held = self.answer(f"{sender}@example.com", document)
                self.assertEqual((held.mapped("reason"), bool(message.is_internal)), (reason, bool(reason)))
        mine = document.with_env(self.as_user("administrator_a"))
        mine._client_question({"text": "Which site?"}, self.env["ir.attachment"])
        self.assertEqual(len(mine._client_thread_values()["questions"]), 1)
        self.assertTrue(document.activity_search(["client_portal.mail_activity_answer"]))
        document.with_user(self.users["manager"]).sudo().message_post(
            body="The first", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertFalse(mine._client_thread_values()["questions"])


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentTalkPage(DoorsCase, HttpCase):
    def test_page(self):
        document = self.records["document_a_one"]
        self.say(document, "Please read page 2")
        where = {"thread_model": "client.document", "thread_id": document.id}
        page = self.get("administrator_a", f"/my/documents/{document.id}")
        self.assertIn('data-res_model="client.document"', page.text)
        self.assertIn("Please read page 2", str(self.rpc("administrator_a", "/mail/chatter_fetch", **where)["result"]))
        posted = self.rpc("administrator_a", "/mail/message/post", post_data={"body": "Read it"}, **where)
        self.assertIn("result", posted)
        button = f"/mail/view?model=client.document&res_id={document.id}"
        leads = self.get("administrator_a", button).headers["Location"]
        self.assertTrue(leads.endswith(document._client_url()), leads)
        for actor in ("administrator_b", "viewer_b", "revoked", "stock"):
            with self.subTest(actor=actor):
                self.assertNotIn("page 2", str(self.rpc(actor, "/mail/chatter_fetch", **where)))
                self.assertTrue(self.get(actor, button).headers["Location"].endswith("/my"))
