"""Which mails carry links: by hand, automatic, in batches, with payment links; and what ends them."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .link_common import LINK, LinkCase

ANN, BILL = "ann@example.com", "billing_a@example.com"


@tagged("post_install", "-at_install", "client_portal")
class TestLinkMails(LinkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.env["res.partner"].create({"name": "Ann", "email": ANN, "parent_id": cls.client_a.id})
        cls.sale = cls.env.ref("sale.email_template_edi_sale")

    def targets(self, links):
        return {email: (self.link(path)._target(), self.link(path).member_id) for email, path in links.items()}

    def test_automatic_mails_of_quotes(self):
        for partner, member in ((self.ann, self.env["client.member"]), (self.person("billing_a"), None)):
            order = self.order_a_sent.with_env(self.staff)
            order.partner_id = partner
            self.env.flush_all()
            member = self.members["billing_a"] if member is None else member
            for send in (
                lambda order=order: order.message_post_with_source(self.sale, subtype_xmlid="mail.mt_comment"),
                lambda order=order: self.sale.with_env(self.staff).send_mail(order.id, force_send=True),
            ):
                self.assertEqual(self.targets(self.links(send)), {partner.email: (self.order_a_sent, member)})

    def test_invoices_sent_in_a_batch(self):
        invoices = self.invoice_a_one.with_env(self.staff)
        self.client_a.email = "alder@example.com"
        self.env.flush_all()
        send = self.staff["account.move.send"]
        links = self.links(lambda: send._generate_and_send_invoices(invoices, sending_methods=["email"]))
        self.assertEqual(self.targets(links), {"alder@example.com": (self.invoice_a_one, self.env["client.member"])})

    def test_a_payment_link_becomes_the_readers_own(self):
        wizard = self.staff["payment.link.wizard"].create(
            {"res_model": "account.move", "res_id": self.invoice_a_one.id, "amount": 10.0}
        )
        people = self.ann + self.person("billing_a")
        mail = {
            "model": "account.move",
            "res_id": self.invoice_a_one.id,
            "recipient_ids": [Command.set(people.ids)],
            "body_html": f"<p>Please pay: <a href='{wizard.link.replace('&', '&amp;')}'>{wizard.link}</a></p>",
        }
        links = self.links(lambda: self.env["mail.mail"].create(mail).send())
        self.assertEqual(set(links), {ANN, BILL})
        for path in links.values():
            link = self.link(path)
            self.assertEqual((link.purpose, link.amount), ("pay", 10.0))
        for mail in self._mails:
            self.assertNotIn("payment_token", mail["body"])
        self.assertNoKeys()
        reply = self.browse("billing_a", links[BILL])
        self.assertTrue(reply.headers["Location"].endswith(f"/my/invoices/{self.invoice_a_one.id}/pay?amount=10.0"))
        self.env["client.link"]._spend(None, self.invoice_a_one, "pay")
        self.assertTrue(all(self.link(path).used_on for path in links.values()))

    def test_several_addresses_are_several_mails(self):
        mail = {
            "model": "sale.order",
            "res_id": self.order_a_sent.id,
            "email_to": f"{ANN}, {BILL}",
            "body_html": f"<a href='/my/orders/{self.order_a_sent.id}'>See</a>",
        }
        self.person("stock").write({"name": "AAA", "parent_id": False, "email": BILL})  # typed on their own card
        links = self.links(lambda: self.env["mail.mail"].create(mail).send())
        self.assertEqual(self.targets(links)[BILL], (self.order_a_sent, self.members["billing_a"]))
        self.assertEqual(set(links), {ANN, BILL})
        for mail in self._mails:
            self.assertEqual(len(mail["email_to"]), 1)
            self.assertEqual(len(set(LINK.findall(mail["body"]))), 1)

    def test_no_link_for_whom_there_is_none(self):
        stranger = self.env["res.partner"].create({"name": "Eve", "email": "eve@example.com"})
        twin = self.env["res.partner"].create(
            {"name": "Twin", "email": "revoked@example.com", "parent_id": self.client_a.id}
        )
        for partner in (stranger, twin, self.person("revoked"), self.person("suspended"), self.person("colleague")):
            order = self.order_a_sent.with_env(self.staff)
            got = self.links(
                lambda order=order, partner=partner: order.message_post(
                    body="Automatic", partner_ids=partner.ids, subtype_xmlid="mail.mt_comment"
                )
            )
            self.assertNotIn(partner.email, got, partner.name)
        job = {
            "model": "project.task",
            "res_id": self.task_b_in_project_of_a.id,
            "email_to": ANN,
            "body_html": f"<a href='/my/orders/{self.order_a_sent.id}'>Of another client</a>",
        }
        mail = self.env["mail.mail"].with_context(client_chosen_recipients=True).create(job)
        self.assertFalse(self.links(mail.send))

    def test_an_answer_spends_the_link(self):
        path = self.quote_mail("approver_a", "administrator_a")["approver_a@example.com"]
        approval = self.order_a_draft.client_approval_id
        other = self.env["client.link"].sudo().search([("member_id", "=", self.members["administrator_a"].id)])
        self.assertTrue(approval and other)
        self.env["client.link"]._spend(self.members["approver_a"], [approval, self.order_a_draft], "approve")
        self.assertTrue(self.link(path).used_on)
        self.assertFalse(other.used_on)

    def test_staff_see_and_revoke(self):
        path = self.quote_mail("approver_a")["approver_a@example.com"]
        manager = self.users["manager"]
        manager.group_ids += self.env.ref("client_portal.group_client_manager")
        link = self.link(path)
        action = self.order_a_draft.with_user(manager).action_client_links()
        self.assertEqual(self.env["client.link"].search(action["domain"]), link)
        action = self.members["approver_a"].with_user(manager).action_client_links()
        self.assertIn(link, self.env["client.link"].search(action["domain"]))
        self.assertTrue(link.with_user(manager).sudo(False).record_name)
        for actor in ("staff", "approver_a"):
            with self.assertRaises(AccessError):
                link.with_user(self.users[actor]).sudo(False).action_client_revoke()
        link.with_user(manager).sudo(False).action_client_revoke()
        self.assertEqual((link.state, bool(self.link(path))), ("ended", False))

    def test_a_question_about_a_job_leads_its_approver_to_it(self):
        members = self.members["approver_a"]
        ask = self.env["client.approval"].with_user(self.users["manager"])
        links = self.links(lambda: ask._ask(self.task_a_one.with_env(ask.env), "scope", members=members))
        approval = self.env["client.approval"].search([("scope_model", "=", "project.task")], limit=1, order="id desc")
        self.assertEqual(set(links), {"approver_a@example.com"})
        [mail] = self._mails
        paths = {self.link(path)._target(): path for path in LINK.findall(mail["body"])}
        self.assertEqual(set(paths), {approval, self.task_a_one}, "Odoo's own button leads to the job by a link, too")
        link = self.link(paths[approval])
        self.assertEqual((link.member_id, link.purpose), (members, "approve"))
        reply = self.browse("approver_a", paths[approval])
        self.assertTrue(reply.headers["Location"].endswith(f"/my/approvals/{approval.id}"))

    def made(self, url, actor):
        """Address of the link that stands instead of a plain address in a mail to somebody; None where it stays."""
        text = f'<a href="{self.members["viewer_a"].get_base_url()}{url}">Open</a>'
        partner = self.person(actor)
        found = LINK.search(self.env["client.link"]._personalised(text, partner, partner.email_normalized, None))
        return found and found[0]

    def test_what_no_mail_of_its_own_tells_is_linked_as_well(self):
        """Agreements, project updates, corrections, the team: whoever may see it is led there, others get no link."""
        member = self.members["administrator_a"]
        correction = self.env["client.site.correction"].search([("client_site_id", "=", self.site_a_one.id)], limit=1)
        for url in (
            self.agreement_a_one._client_url(),
            self.update_a_one._client_url(),
            correction._client_url(),
            f"/my/team#member-{member.id}",
        ):
            with self.subTest(url):
                path = self.made(url, "administrator_a")
                self.assertEqual(self.link(path).member_id, member)
                for actor in ("revoked", "suspended", "administrator_b", "billing_a", "staff"):
                    self.assertIsNone(self.made(url, actor), actor)
                page = self.browse("public", path)
                self.assertEqual(page.status_code, 200)
                self.assertNotIn(self.site_a_one.name, page.text)
                self.assertIn(self.company_one.name, page.text)
                reply = self.browse("administrator_a", path)
                to = url.partition("#member")[0]
                self.assertTrue(reply.headers["Location"].endswith(to), reply.headers["Location"])
                self.assertEqual(self.browse("administrator_a", to).status_code, 200)
                self.assertIn(self.browse("administrator_b", path).status_code, (403, 404))
        member.suspended = True
        self.env.flush_all()
        self.assertEqual(self.browse("public", path).status_code, 410)
