"""Mail about a client's record: whom it reaches and what it carries."""

from odoo.tests import TransactionCase, tagged

from odoo.addons.mail.tests.common import MockEmail

from .common import ClientPortalCommon

KEYS = ("access_token", "pid=", "hash=", "auth_signup", "auth_login")


class MailCase(ClientPortalCommon, MockEmail, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False, "mail_notify_force_send": True})
        cls.users["manager"].group_ids += (
            cls.env.ref("project.group_project_manager")
            + cls.env.ref("sales_team.group_sale_manager")
            + cls.env.ref("account.group_account_invoice")
        )
        cls.users["manager"].email = "mara@oakline.example"
        cls.staff = cls.env(user=cls.users["manager"], context={"allowed_company_ids": cls.companies.ids})

    def person(self, actor):
        return self.users[actor].partner_id

    def reached(self, act, *actors):
        """Which actors a mail went to while ``act`` ran; the mails are kept in ``self._mails``."""
        with self.mock_mail_gateway():
            act()
            self.env.flush_all()
        addresses = str([mail["email_to"] + mail.get("email_cc", []) for mail in self._mails])
        return {actor for actor in actors if f"{actor}@example.com" in addresses}

    def assertNoKeys(self):
        self.assertTrue(self._mails, "nothing was sent")
        for mail in self._mails:
            for key in KEYS:
                self.assertNotIn(key, mail["body"], mail["email_to"])

    def follow(self, record, *actors):
        record.with_env(self.env).message_subscribe([self.person(a).id for a in actors])
        return record.with_env(self.staff)

    def comment(self, record, **values):
        return record.message_post(body="News", message_type="comment", subtype_xmlid="mail.mt_comment", **values)


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsMailFollowers(MailCase):
    def test_stock_mails_followers_whatever_the_rules_say(self):
        task = self.follow(self.task_stock, "stock", "administrator_b")
        actors = ("stock", "administrator_b")
        self.assertEqual(self.reached(lambda: self.comment(task), *actors), set(actors))
        self.assertIn("access_token", str([mail["body"] for mail in self._mails]), "stock sends keys along")

    def test_a_comment_reaches_who_may_see_the_record_now(self):
        everybody = (
            "viewer_a",
            "site_viewer_a",
            "billing_a",
            "administrator_b",
            "revoked",
            "suspended",
            "colleague",
            "stock",
        )
        for name, expected in (
            ("task_a_one", {"viewer_a", "site_viewer_a"}),
            ("task_a_two", {"viewer_a"}),
            ("task_a_whole", {"viewer_a"}),
            ("task_a_unpublished", set()),
            ("task_b_in_project_of_a", {"administrator_b"}),
            ("project_a_one", {"viewer_a", "site_viewer_a"}),
            ("project_a_hidden", set()),
            ("order_a_sent", {"billing_a"}),
            ("order_a_draft", set()),
            ("invoice_a_one", {"billing_a"}),
        ):
            with self.subTest(record=name):
                record = self.follow(self.records[name], *everybody)
                self.assertEqual(self.reached(lambda record=record: self.comment(record), *everybody), expected)
                if expected:
                    self.assertNoKeys()

    def test_revoked_and_restored(self):
        task = self.follow(self.task_a_one, "viewer_a")
        member = self.members["viewer_a"]
        for change, expected in (
            ({"active": False}, set()),
            ({"active": True}, {"viewer_a"}),
            ({"suspended": True}, set()),
            ({"suspended": False}, {"viewer_a"}),
        ):
            member.write(change)
            self.assertEqual(self.reached(lambda: self.comment(task), "viewer_a"), expected, change)

    def test_staff_hear_everything(self):
        task = self.task_a_unpublished.with_env(self.staff)
        colleague = self.users["staff"]
        colleague.write({"email": "staff@example.com", "notification_type": "email"})
        self.follow(task, "staff")
        self.assertEqual(self.reached(lambda: self.comment(task), "staff"), {"staff"})

    def test_stages_changes_and_notes_stay_inside(self):
        task = self.follow(self.task_a_one, "viewer_a")
        stage = self.env.ref("project.mt_task_stage")
        task.message_follower_ids.sudo().filtered(
            lambda f: f.partner_id == self.person("viewer_a")
        ).subtype_ids += stage
        self.assertFalse(self.reached(lambda: task.write({"stage_id": self.stages[1].id}), "viewer_a"))
        self.assertFalse(
            self.reached(lambda: task.message_post(body="Inside", subtype_xmlid="mail.mt_note"), "viewer_a")
        )

    def test_words_of_a_mail_are_those_for_clients(self):
        self.task_a_one.write({"name": "SECRET working name", "client_title": "Cutting the hedge"})
        self.project_a_whole.name = "SECRET project"
        task = self.follow(self.task_a_one, "viewer_a")
        self.reached(lambda: self.comment(task), "viewer_a")
        [mail] = [m for m in self._mails if "viewer_a" in str(m["email_to"])]
        self.assertIn("Cutting the hedge", mail["subject"])
        self.assertNotIn("SECRET", mail["subject"] + mail["body"])

    def test_mentions_of_people_outside_are_dropped_and_noted(self):
        task = self.task_a_unpublished.with_env(self.staff)
        people = (self.person("viewer_a") | self.person("administrator_b")).ids
        before = task.message_ids
        self.assertFalse(self.reached(lambda: self.comment(task, partner_ids=people), "viewer_a", "administrator_b"))
        self.assertIn("Not sent to", str((task.message_ids - before).mapped("body")))

    def test_followers_are_not_handed_down_past_the_boundary(self):
        Task = self.staff["project.task"]
        self.follow(self.project_stock, "stock", "viewer_a")
        new = Task.create({"name": "Stock", "project_id": self.project_stock.id, "partner_id": self.no_client.id})
        self.assertIn(self.person("stock"), new.message_partner_ids, "stock hands followers down")
        self.follow(self.project_a_whole, "viewer_a", "site_viewer_a", "administrator_b", "revoked", "stock")
        values = {"name": "New", "project_id": self.project_a_whole.id, "partner_id": self.client_a.id}
        people = [self.person(a) for a in ("viewer_a", "site_viewer_a", "administrator_b", "revoked", "stock")]
        for extra, expected in (
            ({"client_site_id": self.site_a_one.id}, {"viewer_a", "site_viewer_a"}),
            ({"client_site_id": self.site_a_two.id}, {"viewer_a"}),
            ({"client_publish": "no"}, set()),
        ):
            task = Task.create({**values, **extra})
            got = {p.name.removeprefix("Contact ") for p in people if p in task.message_partner_ids}
            self.assertEqual(got, expected, extra)
        parent = self.follow(self.task_a_one, "viewer_a", "administrator_b")
        child = Task.create({**values, "parent_id": parent.id})
        self.assertFalse(self.person("viewer_a") & child.message_partner_ids, "sub-tasks are published by hand")
        self.assertNotIn("client_inherits_followers", child.env.context)


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsMailDocuments(MailCase):
    def composer(self, order, partners):
        action = order.action_quotation_send()
        return (
            self.staff["mail.compose.message"]
            .with_context(**action["context"])
            .create({"partner_ids": [(6, 0, partners.ids)]})
        )

    def test_staff_may_write_to_an_address_that_is_no_member(self):
        stranger = self.env["res.partner"].create(
            {"name": "Ann", "email": "ann@example.com", "parent_id": self.client_a.id}
        )
        order = self.order_a_draft.with_env(self.staff)
        composer = self.composer(order, stranger + self.person("approver_a"))
        self.assertEqual(self.reached(composer.action_send_mail, "ann", "approver_a", "revoked"), {"ann", "approver_a"})
        self.assertNoKeys()
        for actor in ("ann", "approver_a"):
            [mail] = [mail for mail in self._mails if actor in str(mail["email_to"])]
            self.assertIn("/my/link/", mail["body"], "the button leads to the record")
        self.assertEqual(order.state, "sent")

    def test_stock_quotes_go_out_with_a_key(self):
        self.no_client.email = "cedar@example.com"
        composer = self.composer(self.order_stock.with_env(self.staff), self.no_client)
        self.assertEqual(self.reached(composer.action_send_mail, "cedar"), {"cedar"})
        self.assertIn("access_token", str([mail["body"] for mail in self._mails]))

    def test_automatic_mails_reach_members_only(self):
        template = self.env.ref("sale.email_template_edi_sale")
        for actor, expected in (("approver_a", {"approver_a"}), ("viewer_a", set()), ("revoked", set())):
            order = self.order_a_sent.with_env(self.staff)
            order.partner_id = self.person(actor)
            self.env.flush_all()
            with self.subTest(actor=actor):
                got = self.reached(
                    lambda order=order: order.message_post_with_source(
                        template,
                        subtype_xmlid="mail.mt_comment",
                        email_layout_xmlid="mail.mail_notification_layout_with_responsible_signature",
                    ),
                    actor,
                )
                self.assertEqual(got, expected)
                got = self.reached(
                    lambda order=order: template.with_env(self.staff).send_mail(order.id, force_send=True), actor
                )
                self.assertEqual(got, expected, "written as a mail of its own")

    def test_addresses_typed_into_a_template(self):
        mail = self.env["mail.mail"].create(
            {
                "model": "sale.order",
                "res_id": self.order_a_sent.id,
                "email_to": "approver_a@example.com, someone@else.example",
                "body_html": "<a href='/my/orders/999999999?access_token=abc&amp;x=1'>See</a>",
            }
        )
        self.assertEqual(mail.email_to, "approver_a@example.com")
        self.reached(lambda: mail.send())
        self.assertNoKeys()
        self.assertIn("/my/orders/999999999?x=1", self._mails[0]["body"])

    def test_addresses_without_keys(self):
        for name in ("order_a_sent", "invoice_a_one", "project_a_one", "task_a_one"):
            record = self.records[name]
            for url in (
                record.get_portal_url(),
                record.get_portal_url(suffix="/x", report_type="pdf", download=True),
                record._get_share_url(),
                record._get_share_url(redirect=True, pid=self.client_a.id, signup_partner=True),
                record._notify_get_action_link("view", access_token="a", pid=1, hash="b", auth_signup_token="c"),
            ):
                self.assertNotRegex(url, "|".join(KEYS))
        self.assertEqual(
            self.order_a_sent.get_portal_url(query_string="&message=x"), f"/my/orders/{self.order_a_sent.id}?message=x"
        )
        self.assertIn("access_token", self.order_stock.get_portal_url())
        self.assertIn("access_token", self.order_stock._get_share_url())

    def test_invoices(self):
        self.env["res.partner"].browse(self.client_a.id).email = "alder@example.com"
        invoice = self.invoice_a_one.with_env(self.staff)
        template = self.env.ref("account.email_template_edi_invoice").with_env(self.staff)
        actors = ("alder", "billing_a")
        got = self.reached(lambda: template.send_mail(invoice.id, force_send=True), *actors)
        self.assertEqual(got, {"alder"}, "the client's own address, by a link that shows it this invoice")
        self.assertNoKeys()
        people = (self.client_a + self.person("billing_a")).ids
        send = invoice.with_context(client_chosen_recipients=True)
        self.assertEqual(self.reached(lambda: self.comment(send, partner_ids=people), *actors), set(actors))
        self.assertNoKeys()
