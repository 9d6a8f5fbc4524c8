"""Links of people who are no members: one document, by a code, and a way to pay."""

from odoo.tests import tagged

from .link_common import LinkCase
from .pay_common import PayCase


@tagged("post_install", "-at_install", "client_portal")
class TestLinkShared(LinkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.env["res.partner"].create(
            {"name": "Ann", "email": "ann@example.com", "parent_id": cls.client_a.id}
        )

    def invoice(self):
        """The link of an invoice's automatic mail to somebody without a login."""
        invoice = self.invoice_a_one.with_env(self.staff)
        template = self.env.ref("account.email_template_edi_invoice").with_env(self.staff)
        values = {"partner_to": str(self.ann.id), "use_default_to": False}
        template.sudo().write(values)
        return self.links(lambda: template.send_mail(invoice.id, force_send=True))["ann@example.com"]

    def enter(self, path):
        """Open a link as somebody who reads its address."""
        self.browse("public", path)
        self.post(f"{path}/code")
        return self.post(f"{path}/enter", code=self.code()).headers["Location"]

    def test_an_invoice_by_an_automatic_mail(self):
        path = self.invoice()
        link = self.link(path)
        self.assertFalse(link.member_id)
        page = self.browse("public", path)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(self.invoice_a_one.name, page.text)
        self.assertEqual(self.browse("public", f"/my/shared/{link.id}").status_code, 410, "not without the code")
        shared = self.enter(path)
        page = self.url_open(shared)
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.invoice_a_one.name, page.text)
        self.assertNotIn("SECRET", page.text.replace("SECRET ref", "").replace("SECRET origin", ""))
        self.assertNotIn(f"/my/invoices/{self.invoice_a_one.id}", page.text)
        direct = self.url_open(f"/my/invoices/{self.invoice_a_one.id}", allow_redirects=False)
        self.assertNotEqual(direct.status_code, 200, "the code opens this one address, and no session")
        self.assertEqual(self.browse("public", path).status_code, 303, "this browser is known now")
        link._end()
        self.env.flush_all()
        self.assertEqual(self.url_open(shared).status_code, 410)

    def test_a_quote_by_hand_is_looked_at_only(self):
        path = self.sent(self.order_a_draft.with_env(self.staff), self.ann)["ann@example.com"]
        page = self.url_open(self.enter(path))
        self.assertIn(self.order_a_draft.name, page.text)
        self.assertNotIn("<textarea", page.text)
        self.assertEqual(self.order_a_draft.state, "sent")

    def test_unpublished_is_dead(self):
        path = self.invoice()
        shared = self.enter(path)
        self.invoice_a_one.client_publish = "no"
        self.env.flush_all()
        self.assertEqual(self.url_open(shared).status_code, 410)
        self.assertEqual(self.browse("public", path).status_code, 410)

    def test_other_links_of_other_addresses_stay_closed(self):
        self.enter(self.invoice())
        other = self.env["client.link"].sudo()
        other._mint(self.invoice_a_one, "bob@example.com", self.env["client.member"], "view")
        other = other.search([("email", "=", "bob@example.com")])
        self.env.flush_all()
        self.assertEqual(self.url_open(f"/my/shared/{other.id}").status_code, 410)


@tagged("post_install", "-at_install", "client_portal")
class TestLinkPay(PayCase, LinkCase):
    def setUp(self):
        super().setUp()
        mint = self.env["client.link"]._mint(self.one, "ann@example.com", self.env["client.member"], "pay", 40.0)
        self.path = "/my/link/" + mint.rsplit("/", 1)[1]
        self.env.flush_all()

    def transaction(self, link, **more):
        """What the form's address answers this browser, and the transactions it made."""
        known = self.env["payment.transaction"].search([])
        values = {
            "provider_id": self.provider.id,
            "payment_method_id": self.method.id,
            "amount": 40.0,
            "flow": "redirect",
            **more,
        }
        reply = self.url_open(f"/my/shared/{link.id}/transaction", json=self.build_rpc_payload(values)).json()
        return reply, self.env["payment.transaction"].search([]) - known

    def test_an_invoice_is_paid_by_its_link(self):
        link = self.link(self.path)
        self.browse("public", self.path)
        self.assertFalse(self.transaction(link)[1], "not without the code")
        self.post(f"{self.path}/code")
        shared = self.post(f"{self.path}/enter", code=self.code()).headers["Location"]
        self.assertIn("/pay", self.url_open(shared).text)
        page = self.url_open(f"{shared}/pay").text
        self.assertIn(f"/my/shared/{link.id}/transaction", page)
        self.assertNotIn(f"/my/invoices/{self.one.id}", page)
        for wrong in ({"amount": 1000.0}, {"amount": -1.0}, {"provider_id": self.hidden.id}):
            self.assertFalse(self.transaction(link, **wrong)[1], wrong)
        reply, made = self.transaction(link)
        self.assertIn("result", reply)
        self.assertEqual((made.invoice_ids, made.amount), (self.one, 40.0))
        self.assertEqual(made.landing_route, f"/my/shared/{link.id}")
        link._end()
        self.env.flush_all()
        self.assertFalse(self.transaction(link)[1], "revoked")
