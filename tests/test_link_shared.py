"""Links of people who are no members: one document, by a code, and a way to pay."""

from odoo.tests import tagged

from .link_common import LinkCase
from .pay_common import PayCase

BUDGET = 40  # queries of a shared quote


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
        self.person("viewer_b").email = self.ann.email  # typed on somebody's own card: takes nothing from Ann
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

    def test_its_document(self):
        shared = self.enter(self.invoice())
        reply = self.url_open(f"{shared}/pdf")
        self.assertEqual((reply.status_code, reply.headers["Content-Type"]), (200, "application/pdf"))
        self.assertIn("attachment", reply.headers["Content-Disposition"])
        self.assertIn("no-store", reply.headers["Cache-Control"])
        self.assertTrue(reply.content)
        quote = self.enter(self.sent(self.order_a_draft.with_env(self.staff), self.ann)["ann@example.com"])
        self.assertEqual(self.url_open(f"{quote}/pdf").status_code, 200)
        self.authenticate(None, None)
        for url in (shared, quote):
            reply = self.url_open(f"{url}/pdf")
            self.assertEqual(reply.status_code, 410, "another browser")

    def test_it_speaks_the_contacts_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.invoice_a_one.invoice_date_due = "2036-02-09"
        shared = self.enter(self.invoice())
        self.assertIn("Feb 9, 2036", self.url_open(shared).text)
        self.ann.lang = "fr_FR"
        self.env.flush_all()
        page = self.url_open(shared).text
        self.assertIn("9 févr. 2036", page)
        self.assertIn('<html lang="fr-FR">', page)
        self.assertIn(f"Copyright &copy; <span itemprop=\"name\">{self.company_one.name}", page.replace("©", "&copy;"))

    def test_what_it_costs(self):
        """The same however many lines, and no more than a member's page."""
        shared = self.enter(self.sent(self.order_a_draft.with_env(self.staff), self.ann)["ann@example.com"])
        before = self.queries(shared)
        line = {"product_id": self.product.id, "price_unit": 5, "tax_ids": False}
        self.order_a_draft.order_line = [(0, 0, {**line, "name": f"More {n}"}) for n in range(40)]
        self.env.flush_all()
        self.assertLessEqual(self.queries(shared), before)
        self.assertLessEqual(before, BUDGET)

    def queries(self, url):
        """Queries of one warm request."""
        for _warm in range(2):
            self.assertEqual(self.url_open(url).status_code, 200)
        before = self.cr.sql_log_count
        self.url_open(url)
        return self.cr.sql_log_count - before

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
        self.assertEqual(made.landing_route, f"/my/shared/{link.id}?message=payment")
        link._end()
        self.env.flush_all()
        self.assertFalse(self.transaction(link)[1], "revoked")

    def test_thanks_after_paying(self):
        link = self.link(self.path)
        self.browse("public", self.path)
        self.post(f"{self.path}/code")
        shared = self.post(f"{self.path}/enter", code=self.code()).headers["Location"]
        _reply, made = self.transaction(link)
        made.state = "done"
        self.env.flush_all()
        back = self.url_open(made.landing_route).text
        self.assertIn("Thank you. We have received your payment of", back)
        self.assertIn("40.00", back)
        self.assertNotIn("Thank you", self.url_open(shared).text)

    def test_a_paid_invoice_spends_its_links(self):
        member = self.env["client.link"]._mint(self.one, "billing_a@example.com", self.members["billing_a"], "pay")
        links = [self.link(self.path), self.link("/my/link/" + member.rsplit("/", 1)[1])]
        self.assertEqual([link.state for link in links], ["open", "open"])
        self.pay(self.one, self.day)
        self.assertEqual(self.one.payment_state in ("paid", "in_payment"), True)
        self.assertEqual([link.state for link in links], ["used", "used"])
