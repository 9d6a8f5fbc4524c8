"""The statement on the pages: who gets it, what it says, and what never leaves with it."""

from datetime import date, timedelta

from lxml import html

from odoo.tests import tagged

from .billing_common import BillingMixin
from .common import SECRET
from .test_portal_pages import PagesCase

URL = "/my/statement"
HISTORY = f"{URL}/history"


class StatementCase(BillingMixin, PagesCase):
    """Client A has papers of every kind in its account with company one."""

    def setUp(self):
        super().setUp()
        today = date.today()
        self.days = [today - timedelta(days=number) for number in range(0, 400, 10)]
        self.invoice = self.bill(self.client_a, 250, self.days[9], due=self.days[6], ref="PO 77")
        self.hidden = self.bill(self.client_a, 31.5, self.days[8], client_publish="no", ref=f"{SECRET} hidden")
        self.pay(self.invoice, self.days[5], 100)
        self.pay(self.hidden, self.days[4])
        self.entry = self.book(self.client_a, 7.25, self.days[3])
        self.supplied = self.env["account.move"].with_company(self.company_one).create(
            {
                "move_type": "in_invoice",
                "partner_id": self.client_a.id,
                "invoice_date": self.days[2],
                "ref": f"{SECRET} bill",
                "journal_id": self.journals[self.company_one, "purchase"].id,
                "invoice_line_ids": [(0, 0, {"name": "Sand", "price_unit": 4321, "tax_ids": False})],
            }
        )
        self.supplied.action_post()
        self.env.flush_all()

    def rows(self, actor, url=URL):
        """Movements of a statement: [(what, charged, credited, balance)]."""
        page = html.fromstring(self.page(actor, url).text)
        return [
            tuple(" ".join(cell.text_content().split()) for cell in row.xpath("./td")[1:])
            for row in page.xpath("//table[contains(@class, 'cp-movements')]/tbody/tr")
        ]


@tagged("post_install", "-at_install")
class TestStatementPages(StatementCase):
    def test_who_gets_it(self):
        for url in (URL, HISTORY):
            for actor in ("billing_a", "administrator_a", "both"):
                self.assertEqual(self.page(actor, url).status_code, 200, actor)
            for actor in ("viewer_a", "approver_a", "requester_a", "site_viewer_a"):
                self.assertEqual(self.page(actor, url).status_code, 404, actor)

    def test_one_site_is_no_account(self):
        """Who sees the invoices of one site has them in the list, and neither statement nor history."""
        member = self.members["billing_a"]
        member.write({"all_sites": False, "site_ids": [(6, 0, self.site_a_one.ids)]})
        self.env.flush_all()
        text = self.page("billing_a", "/my/invoices").text
        self.assertIn(self.invoice_a_one.name, text)
        self.assertNotIn(URL, text)
        for url in (URL, HISTORY, f"{URL}?client={self.client_a.id}"):
            self.assertEqual(self.page("billing_a", url).status_code, 404)

    def test_what_it_says(self):
        rows = self.rows("billing_a")
        told = [row[0] for row in rows]
        self.assertEqual(
            told[:5],
            [
                f"Invoice {self.invoice.name} PO 77 · due {self._dated(self.days[6])}",
                "Adjustment",
                f"Payment received for {self.invoice.name}",
                "Payment received",
                "Adjustment",
            ],
        )
        balances = [row[3].strip("$ \xa0") for row in rows[:5]]
        self.assertEqual(balances, ["250.00", "281.50", "181.50", "150.00", "157.25"])

    def _dated(self, day):
        return self.as_user("billing_a")["client.statement"]._dated(day)

    def test_what_never_leaves(self):
        for url in (URL, HISTORY):
            text = self.page("administrator_a", url).text
            for word in (SECRET, "Birch", self.hidden.name, "4,321", self.supplied.name, "BNK", self.entry.name):
                self.assertNotIn(word, text)

    def test_two_companies_are_two_accounts(self):
        text = self.page("administrator_a", URL).text
        one, two = (f"{c.id}-{c.currency_id.id}" for c in self.companies)
        self.assertIn("Oakline Two", text)
        rows = self.rows("administrator_a", f"{URL}?book={two}")
        told = [row[0].split(" due")[0].split(" ·")[0] for row in rows]
        self.assertEqual(told, [f"Invoice {self.invoice_a_company_two.name}"])
        self.assertEqual(len(self.rows("administrator_a", f"{URL}?book={one}")), 8)
        self.users["administrator_a"].company_ids = self.company_one
        self.env.flush_all()
        self.assertNotIn("Oakline Two", self.page("administrator_a", URL).text)
        self.assertEqual(self.rows("administrator_a", f"{URL}?book={two}"), self.rows("administrator_a"))

    def test_two_clients_never_mix(self):
        self.bill(self.client_b, 99.99, self.days[1])
        self.env.flush_all()
        a, b = (self.page("both", f"{URL}?client={client.id}").text for client in (self.client_a, self.client_b))
        self.assertIn(self.invoice.name, a)
        self.assertNotIn("99.99", a)
        self.assertIn("99.99", b)
        self.assertNotIn(self.invoice.name, b)
        self.assertIn(f"client={self.client_b.id}", b, "links stay with the client")
        foreign = self.page("billing_a", f"{URL}?client={self.client_b.id}").text
        self.assertNotIn("99.99", foreign)

    def test_member_with_two_roles(self):
        """Billing at one client gives no account of the other."""
        self.members["both_b"].role_id = self.roles["viewer"]
        self.env.flush_all()
        self.assertEqual(self.page("both", f"{URL}?client={self.client_a.id}").status_code, 200)
        self.assertEqual(self.page("both", f"{URL}?client={self.client_b.id}").status_code, 404)
        self.assertIn(self.invoice.name, self.page("both", URL).text, "without a choice the one they may see")

    def test_period(self):
        query = f"{URL}?from={self.days[5]}&to={self.days[4]}"
        self.assertEqual(len(self.rows("billing_a", query)), 2)
        text = self.page("billing_a", query).text
        self.assertIn("281.50", text, "opening balance")
        self.assertIn(f'value="{self.days[5]}"', text)
        for name in ("months", "year", "before", "nonsense"):
            self.assertEqual(self.page("billing_a", f"{URL}?period={name}").status_code, 200)
        quiet = self.days[0] + timedelta(days=30)
        self.assertIn("Nothing happened in this time", self.page("billing_a", f"{URL}?from={quiet}").text)
        for bad, words in (
            ("from=yesterday", "as dates"),
            ("to=2026-13-45", "as dates"),
            ("from=0001-01-01", "as dates"),
            ("from=2026-02-01&to=2026-01-01", "after the last"),
        ):
            reply = self.page("billing_a", f"{URL}?{bad}")
            self.assertEqual(reply.status_code, 422, bad)
            self.assertIn(words, reply.text)
            self.assertIn(self.invoice.name, reply.text, "the usual period is shown")

    def test_nothing_on_the_account(self):
        text = self.page("billing_b", f"{URL}?from=1990-01-01&to=1990-02-01").text
        self.assertIn("Nothing on your account yet", text)

    def test_books_that_are_not_there(self):
        usual = self.rows("billing_a")
        for name in ("1-1", "0-0", "x", "-", "999999999-1", "%00"):
            self.assertEqual(self.rows("billing_a", f"{URL}?book={name}"), usual, name)

    def test_allowance_is_told_apart(self):
        invoice = self.bill(self.client_a, 100, self.days[2])
        self.pay(invoice, self.days[1], 97, write_off=True)
        self.env.flush_all()
        self.assertIn(f"Payment received for {invoice.name} · includes an allowance of", self.rows("billing_a")[-4][0])


@tagged("post_install", "-at_install")
class TestHistory(StatementCase):
    def titles(self, actor, url=HISTORY):
        page = html.fromstring(self.page(actor, url).text)
        return [" ".join(node.text_content().split()) for node in page.xpath("//*[contains(@class, 'cp-row-title')]")]

    def test_one_line_of_time(self):
        titles = self.titles("administrator_a")
        for title in (f"Invoice {self.invoice.name}", "Payment received", f"Credit note {self.refund_a_whole.name}"):
            self.assertIn(title, titles)
        self.assertTrue([title for title in titles if title.startswith("Order: ")])
        self.assertLess(titles.index("Payment received"), titles.index(f"Invoice {self.invoice.name}"), "newest first")

    def test_each_by_its_own_capability(self):
        self.roles["billing"].can_see_quotes = False
        self.env.flush_all()
        titles = self.titles("billing_a")
        self.assertIn(f"Invoice {self.invoice.name}", titles)
        self.assertFalse([title for title in titles if title.startswith(("Order", "Variation"))])

    def test_open_quotes_are_no_history(self):
        self.assertNotIn(self.order_a_sent.name, " ".join(self.titles("administrator_a")))

    def test_two_clients_never_mix(self):
        text = self.page("both", f"{HISTORY}?client={self.client_b.id}").text
        self.assertNotIn("Alder order", text)
        self.assertNotIn(self.invoice.name, text)
