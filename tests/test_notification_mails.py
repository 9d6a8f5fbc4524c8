"""Each kind of update from an act of the staff to the feed and the mail; told once; in the reader's language."""

from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools.translate import code_translations

from ..models.client_member_preferences import PREFERENCES
from .notification_common import NotificationCase

FRENCH = {
    "%(name)s completed": "%(name)s : terminé",
    "Quote for your review: %(subject)s": "Devis à examiner : %(subject)s",
    "You get this because you are a member (%(role)s) of %(client)s in our client portal and hear of such things at"
    " once.": "Vous recevez ceci en tant que membre (%(role)s) de %(client)s.",
}


@tagged("post_install", "-at_install", "client_portal")
class TestNotificationMails(NotificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.everything = dict.fromkeys(PREFERENCES, "now")
        cls.members["administrator_a"].write(cls.everything)
        for company in cls.companies:
            cls.client_a.with_company(company).client_company_ids |= company

    def acts(self):
        """{kind of update: (act of the staff, words in the mail)}."""
        job, hidden, quote = (self.work(name) for name in ("task_a_two", "task_a_unpublished", "order_a_draft"))
        invoice, project = self.work("invoice_a_draft"), self.work("project_a_whole")
        milestone = self.milestones["project_a_whole"].with_env(self.staff)
        update = {"name": "SECRET", "status": "at_risk", "project_id": project.id}
        titled = quote._client_titles()[quote.id]
        return {
            "job_published": (hidden.action_client_publish, "New job: "),
            "job_completed": (lambda: job.write({"state": "1_done"}), f"{job.client_name} completed"),
            "job_cancelled": (lambda: hidden.write({"state": "1_canceled"}), "cancelled"),
            "milestone_reached": (lambda: milestone.write({"is_reached": True}), "Milestone reached: "),
            "quote_sent": (quote.action_quotation_sent, f"Quote for your review: {titled}"),
            "quote_approved": (quote.action_confirm, f"Quote approved: {titled}"),
            "invoice_posted": (invoice.action_post, "Invoice "),
            "member_suspended": (
                lambda: self.members["viewer_a"].with_env(self.staff).action_client_suspend(),
                "Contact viewer_a was suspended",
            ),
            "project_at_risk": (lambda: self.staff["project.update"].create(update) and None, None),
        }

    def test_each_kind(self):
        for kind, (act, words) in self.acts().items():
            if words is None:
                continue
            with self.subTest(kind=kind):
                act()
                mails = self.mailed()
                feed = self.env["client.update"].with_env(self.as_user("administrator_a"))
                (row, *_older) = feed.search([("kind", "=", kind)], limit=1)._client_rows()
                (mail,) = mails["administrator_a"]
                self.assertIn(words, row["title"])
                self.assertIn(row["title"], mail["body_alternative"])
                self.assertNotIn("SECRET", mail["body"])

    def test_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("client_portal.mail_template_notification")
        template.with_context(lang="fr_FR").subject = "Nouvelles : {{ object._client_letter_subject('now') }}"
        self.members["approver_a"].write(self.everything)
        self.users["approver_a"].lang = "fr_FR"
        found = code_translations.get_python_translations

        def translated(module, lang):
            return FRENCH if (module, lang) == ("client_portal", "fr_FR") else found(module, lang)

        self.work().state = "1_done"
        with patch.object(code_translations, "get_python_translations", translated):
            mails = self.mailed()
        name = self.records["task_a_one"].client_name
        (french,), (english,) = mails["approver_a"], mails["administrator_a"]
        self.assertEqual(french["subject"], f"Nouvelles : {name} : terminé")
        self.assertIn("Vous recevez ceci", french["body_alternative"])
        self.assertIn("juin", french["body_alternative"])
        self.assertIn(f"{name} completed", english["subject"])
        self.assertIn("Jun", english["body_alternative"])

    # ------------------------------------------------------------------- told once

    def test_an_approval_is_asked_for_in_one_mail(self):
        for actor in ("approver_a", "administrator_a"):
            self.members[actor].notify_answer = "now"
        engine = self.staff["client.approval"]
        milestone = self.milestones["project_a_whole"].with_env(self.staff)
        asked = self.reached(
            lambda: engine._ask(milestone, "milestone", members=self.members["approver_a"]), "approver_a"
        )
        self.assertEqual(asked, {"approver_a"})
        self.assertEqual(set(self.mailed()), {"administrator_a", "both"}, "who was not asked by mail hears of it")
        self.assertEqual(self.states("approver_a"), [("approval_requested", "skipped", "told")])

    def test_a_quote_sent_by_mail_is_not_told_again(self):
        self.members["approver_a"].notify_answer = "now"
        order = self.work("order_a_draft")
        action = order.action_quotation_send()
        composer = self.staff["mail.compose.message"].with_context(**action["context"])
        composer = composer.create({"partner_ids": [(6, 0, self.person("approver_a").ids)]})
        self.assertEqual(self.reached(composer.action_send_mail, "approver_a"), {"approver_a"})
        self.assertEqual(set(self.mailed()), {"administrator_a", "both"})

    def test_an_invoice_sent_by_mail_before_the_summary(self):
        self.members["billing_a"].notify_money = "daily"
        invoice = self.work("invoice_a_draft")
        invoice.action_post()
        self.mailed()
        with self.mock_mail_gateway():
            invoice.message_post(
                body="Your invoice", partner_ids=self.person("billing_a").ids, subtype_xmlid="mail.mt_comment"
            )
        self.assertNotIn("billing_a", self.mailed(hours=24))
        self.assertEqual(self.states("billing_a"), [("invoice_posted", "skipped", "told")])

    def test_a_comment_about_something_else_is_not_the_same_fact(self):
        with self.mock_mail_gateway():
            self.work().message_post(
                body="See you soon",
                message_type="comment",
                partner_ids=self.person("administrator_a").ids,
                subtype_xmlid="mail.mt_comment",
            )
        self.work().state = "1_done"
        self.assertIn("administrator_a", self.mailed())

    def test_what_is_answered_is_not_asked_for(self):
        self.members["approver_a"].notify_answer = "daily"
        order = self.work("order_a_draft")
        order.action_quotation_sent()
        self.run_job()
        order.action_confirm()
        (mail,) = self.mailed(hours=24)["approver_a"]
        self.assertIn(f"Quote approved: {order._client_titles()[order.id]}", mail["body"])
        self.assertNotIn("for your review", mail["body"])

    # ---------------------------------------------------------------- the templates

    def test_preview_and_test_mail_of_the_templates(self):
        self.work().state = "1_done"
        self.env.flush_all()
        for name in ("notification", "digest"):
            template = self.env.ref(f"client_portal.mail_template_{name}")
            template._check_can_be_rendered()
            member = self.members["viewer_a"]
            preview = self.env["mail.template.preview"].create(
                {"mail_template_id": template.id, "resource_ref": f"client.member,{member.id}"}
            )
            self.assertFalse(preview.error_msg)
            self.assertIn(self.records["task_a_one"].client_name, preview.body_html)
            self.assertNotIn("Invoice", preview.body_html, "a viewer's preview shows what a viewer sees")
            self.assertEqual(preview.partner_ids, self.person("viewer_a"))
            with self.mock_mail_gateway():
                template.send_mail(member.id, force_send=True)
            self.assertEqual(len(self._mails), 1)

    def test_a_broken_template_holds_up_nobody_and_is_shown(self):
        self.members["viewer_a"].notify_progress = "now"
        letter = type(self.env["client.member"])._client_mail_letter

        def breaks(member, channel, updates):
            if member == self.members["administrator_a"]:
                raise ValueError("a typing error")
            return letter(member, channel, updates)

        self.work().state = "1_done"
        with patch.object(type(self.env["client.member"]), "_client_mail_letter", breaks):
            with self.assertLogs("odoo.addons.client_portal.models.client_notification_send", "ERROR"):
                self.assertEqual(set(self.mailed()), {"viewer_a"})
            (row,) = self.rows("administrator_a")
            self.assertEqual((row.state, row.failure), ("waiting", "a typing error"))
            with self.assertLogs("odoo.addons.client_portal.models.client_notification_send", "ERROR"):
                for _turn in range(4):
                    self.mailed(minutes=16)
        self.assertEqual(self.states("administrator_a"), [("job_completed", "skipped", "error")])

    # ------------------------------------------------------------ what became of it

    def bounce(self, row):
        """What the gateway makes of a mail that comes back."""
        self.env["mail.thread"]._routing_handle_bounce(
            None,
            {
                "email_from": "mailer-daemon@example.com",
                "to": "bounce@oakline.example",
                "message_id": "<bounce@example.com>",
                "bounced_email": row.email,
                "bounced_partner": row.member_id.partner_id,
                "bounced_msg_ids": [row.message_id],
                "bounced_message": self.env["mail.message"],
                "subject": "Undelivered Mail Returned to Sender",
                "body": "",
            },
        )

    def test_what_comes_back(self):
        self.client_a.user_id = self.users["manager"]
        member = self.members["administrator_a"]
        for turn, job in enumerate(("task_a_one", "task_a_two", "task_a_whole"), 1):
            self.assertFalse(member.bounced_email)
            self.assertFalse(self.client_a.activity_ids)
            self.work(job).state = "1_done"
            self.assertIn("administrator_a", self.mailed())
            self.bounce(self.rows("administrator_a")[-1])
            self.assertEqual(self.rows("administrator_a").mapped("state"), ["bounced"] * turn)
        self.assertEqual(self.client_a.activity_ids.user_id, self.users["manager"])
        self.assertIn("administrator_a", self.client_a.activity_ids.summary)
        self.work("task_a_company_two").state = "1_done"
        self.assertNotIn("administrator_a", self.mailed())
        self.assertEqual(self.states("administrator_a")[-1][1:], ("skipped", "address"))
        self.assertEqual(len(self.client_a.activity_ids), 1)
        self.users["administrator_a"].email = "new.administrator@example.com"
        self.work("task_a_unpublished").action_client_publish()
        self.assertIn("new.administrator", self.mailed(), "another address is tried again")

    def test_one_bounce_between_is_not_for_people(self):
        self.client_a.user_id = self.users["manager"]
        for job, bounces in (("task_a_one", True), ("task_a_two", False), ("task_a_whole", True)):
            self.work(job).state = "1_done"
            self.mailed()
            if bounces:
                self.bounce(self.rows("administrator_a")[-1])
        self.assertFalse(self.members["administrator_a"].bounced_email)
        self.assertFalse(self.client_a.activity_ids)

    def test_a_mail_server_that_cannot_be_reached_is_tried_again(self):
        self.work().state = "1_done"
        self.mailed(minutes=0)
        self.pass_time(minutes=6)
        self.outbox._cron_notify()
        (row,) = self.rows("administrator_a")
        self.assertEqual(row.state, "queued")
        row.mail_mail_id._postprocess_sent_message([], [], failure_reason="no route", failure_type="mail_smtp")
        self.assertEqual((row.state, row.failure), ("waiting", "no route"))
        self.assertEqual(self.mailed(minutes=16).keys(), {"administrator_a"})
        self.assertEqual((row.state, row.sent_on), ("sent", fields.Datetime.now()))

    def test_a_change_of_mind_counts_for_what_waits(self):
        member = self.members["viewer_a"]
        self.work().state = "1_done"
        self.run_job()
        member.notify_progress = "now"
        (mail,) = self.mailed()["viewer_a"]
        self.assertIn("completed", mail["subject"])
        self.work("task_a_two").state = "1_done"
        self.run_job()
        member.notify_progress = "never"
        self.assertNotIn("viewer_a", self.mailed())
        self.assertEqual(self.states("viewer_a")[-1][1:], ("skipped", "choice"))
