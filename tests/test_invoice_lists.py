"""Invoices: what the list is narrowed by, and who is reminded of what is overdue."""

from datetime import date, timedelta

from odoo.tests import tagged

from .billing_common import BillingMixin
from .test_lists import ListsCase

URL = "/my/invoices"


class InvoicesCase(BillingMixin, ListsCase):
    """Client A has one invoice of every state."""

    def setUp(self):
        super().setUp()
        self.day = date.today() - timedelta(days=40)
        at_one = {"partner_shipping_id": self.site_a_one.id}
        self.late = self.bill(self.client_a, 120, self.day, due=self.day + timedelta(days=10), **at_one)
        nowhere = {"partner_shipping_id": self.client_a.id}
        due = date.today() + timedelta(days=9)
        self.open = self.bill(self.client_a, 75, self.day + timedelta(days=20), due=due, **nowhere)
        self.paid = self.bill(self.client_a, 60, self.day, **nowhere)
        self.pay(self.paid, self.day + timedelta(days=1))
        (self.invoice_a_one + self.invoice_a_two + self.invoice_a_company_two).client_publish = "no"
        self.env.flush_all()

    def names(self, query="", actor="billing_a"):
        """Numbers in the list."""
        return {title.rpartition(" ")[2] for title, *_rest in self.screen(actor, f"{URL}?{query}")}


@tagged("post_install", "-at_install")
class TestInvoiceList(InvoicesCase):
    def test_by_state(self):
        for choice, expected in (
            ("all", self.late + self.open + self.paid + self.refund_a_whole),
            ("open", self.late + self.open),
            ("overdue", self.late),
            ("paid", self.paid),
            ("credit", self.refund_a_whole),
        ):
            self.assertEqual(self.names(f"filterby={choice}"), set(expected.mapped("name")), choice)

    def test_by_site_and_period(self):
        self.assertEqual(self.names(f"site={self.site_a_one.id}"), {self.late.name})
        self.assertEqual(self.names(f"from={self.day}&to={self.day}"), {self.late.name, self.paid.name})
        later = self.day + timedelta(days=1)
        self.assertEqual(self.names(f"from={later}&to={date.today() - timedelta(days=1)}"), {self.open.name})
        self.assertEqual(self.names(f"site={self.site_b_one.id}"), self.names(), "a foreign site narrows nothing")

    def test_by_project(self):
        order = self.order_a_confirmed
        order.project_id = self.project_a_whole
        self.open.invoice_line_ids.sale_line_ids = order.order_line.filtered("product_id")[:1]
        self.env.flush_all()
        narrowed = f"project={self.project_a_whole.id}"
        self.assertEqual(self.names(narrowed, "administrator_a"), {self.open.name})
        self.assertEqual(self.names(narrowed), self.names(), "who sees no projects narrows by none")

    def test_by_number_and_by_the_order_of_the_client(self):
        self.assertEqual(self.names(f"search={self.late.name}"), {self.late.name})
        order = self.order_a_confirmed
        order.client_order_ref = "PO-7731"
        self.open.invoice_line_ids.sale_line_ids = order.order_line.filtered("product_id")[:1]
        self.order_b_confirmed.client_order_ref = "PO-9999"
        self.late.invoice_line_ids.sale_line_ids = self.order_b_confirmed.order_line.filtered("product_id")[:1]
        self.env.flush_all()
        self.assertEqual(self.names("search=po-7731"), {self.open.name})
        self.assertEqual(self.names("search=PO-9999"), set(), "numbers of others find nothing")

    def test_amounts_are_in_their_currency(self):
        self.bill(self.client_a, 1234.5, self.day, currency=self.euro)
        self.env.flush_all()
        self.assertIn("1,234.50 €", self.page("billing_a", URL).text.replace("\xa0", " "))


@tagged("post_install", "-at_install")
class TestOverdueReminder(InvoicesCase):
    REMINDER = "cp-overdue"

    def test_only_for_who_sees_invoices(self):
        for actor, reminded in (
            ("billing_a", True),
            ("administrator_a", True),
            ("both", True),
            ("viewer_a", False),
            ("requester_a", False),
            ("approver_a", False),
            ("billing_b", False),
        ):
            self.assertEqual(self.REMINDER in self.page(actor, "/my").text, reminded, actor)
        self.assertIn(self.REMINDER, self.page("billing_a", URL).text)
        self.assertNotIn(self.REMINDER, self.page("billing_b", URL).text)

    def test_it_sums_up_each_currency(self):
        self.bill(self.client_a, 30, self.day, currency=self.euro)
        self.bill(self.client_a, 5.25, self.day)
        self.env.flush_all()
        for url in ("/my", URL):
            text = " ".join(self.page("billing_a", url).text.replace("\xa0", " ").split())
            for words in ("3 invoices are overdue:", "125.25", "30.00"):
                self.assertIn(words, text, url)

    def test_what_is_paid_or_hidden_is_not_overdue(self):
        self.pay(self.late, date.today())
        hidden = self.bill(self.client_a, 30, self.day, client_publish="no")
        self.env.flush_all()
        self.assertTrue(hidden.client_id)
        for url in ("/my", URL):
            self.assertNotIn(self.REMINDER, self.page("billing_a", url).text)
