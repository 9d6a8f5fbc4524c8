"""Mail that comes in: an address to reply to outlives a membership, and anybody can write to a project's."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_doors_mail import MailCase

MAIL = """From: {sender}
To: {to}
Subject: Words from outside
Message-Id: <{number}@elsewhere.example>
In-Reply-To: {about}
References: {about}
Content-Type: text/plain; charset=utf-8

I am let in.
"""


@tagged("post_install", "-at_install", "client_portal")
class TestAttackMail(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.alias.domain"].search([], limit=1) or cls.env["mail.alias.domain"].create({"name": "in.example"})
        cls.number = 0

    def come_in(self, sender, about="", to="catchall@in.example"):
        """A mail arrives."""
        type(self).number += 1
        text = MAIL.format(sender=sender, about=about, to=to, number=f"mail-{self.number}")
        with self.mock_mail_gateway(), mute_logger("odoo.addons.mail.models.mail_thread"):
            return self.env["mail.thread"].with_context(mail_channel_nosubscribe=True).message_process(None, text)

    def answer(self, sender, record):
        """What becomes of a reply to a message on ``record``."""
        asked = record.message_post(body="Asked", message_type="comment", subtype_xmlid="mail.mt_comment")
        before = record.message_ids
        self.come_in(sender, asked.message_id)
        return record.message_ids - before

    def test_replies(self):
        stock = self.answer("anybody@elsewhere.example", self.task_stock)
        self.assertEqual(stock.subtype_id, self.env.ref("mail.mt_comment"), "stock takes anybody's words")
        for sender, heard in (
            ("requester_a@example.com", True),
            ("administrator_a@example.com", True),
            ("mara@oakline.example", True),
            ("viewer_a@example.com", False),
            ("billing_a@example.com", False),
            ("administrator_b@example.com", False),
            ("revoked@example.com", False),
            ("suspended@example.com", False),
            ("stock@example.com", False),
            ("anybody@elsewhere.example", False),
        ):
            with self.subTest(sender=sender):
                message = self.answer(sender, self.task_a_one)
                self.assertIn("I am let in", message.body, "staff read it in any case")
                message.invalidate_recordset(flush=False)
                self.assertEqual(message.with_env(self.as_user("administrator_a")).has_access("read"), heard)
                self.assertEqual(bool(message.is_internal), not heard)

    def test_a_reply_from_outside_is_told_to_nobody_outside(self):
        task = self.follow(self.task_a_one, "viewer_a", "requester_a", "revoked")
        asked = self.comment(task)
        with self.mock_mail_gateway():
            text = MAIL.format(sender="revoked@example.com", about=asked.message_id, to="x@in.example", number="told")
            self.env["mail.thread"].message_process(None, text)
        for actor in ("viewer_a", "requester_a"):
            self.assertNotIn(f"{actor}@example.com", str([mail["email_to"] for mail in self._mails]))

    def test_new_jobs(self):
        project = self.project_a_one
        project.write({"alias_name": "alder-jobs", "alias_contact": "everyone"})
        alias = project.alias_id.display_name
        self.assertTrue(project.client_publish_jobs == "auto" and "@" in alias, alias)
        for sender, shown in (
            ("requester_a@example.com", True),
            ("viewer_a@example.com", False),
            ("administrator_b@example.com", False),
            ("revoked@example.com", False),
            ("anybody@elsewhere.example", False),
        ):
            with self.subTest(sender=sender):
                task = self.env["project.task"].browse(self.come_in(sender, to=alias))
                self.assertEqual(task.project_id, project)
                self.env.flush_all()
                self.assertEqual(self.sees("administrator_a", task), shown)
