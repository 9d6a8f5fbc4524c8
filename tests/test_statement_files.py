"""The statement as PDF and Excel: the screen's own numbers, for the same people."""

import io
from datetime import date, timedelta
from unittest.mock import patch

import openpyxl

from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from odoo.addons.client_portal.models import client_statement_files

from .common import SECRET
from .test_statement_pages import URL, StatementCase


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfFileReader(io.BytesIO(pdf)).pages).split())


@tagged("post_install", "-at_install")
class TestStatementFiles(StatementCase):
    def file(self, actor, kind, query=""):
        response = self.page(actor, f"{URL}?download={kind}{query}")
        self.assertEqual(response.status_code, 200)
        self.assertIn(kind, response.headers["Content-Type"].replace("spreadsheetml.sheet", "xlsx"))
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        return response.content

    def sheet(self, actor, query=""):
        sheet = openpyxl.load_workbook(io.BytesIO(self.file(actor, "xlsx", query))).active
        heads, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(heads, row, strict=True)) for row in rows]

    def test_excel_adds_up_to_the_ledger(self):
        opening, *rows, closing = self.sheet("billing_a")
        self.assertEqual(len(rows), len(self.rows("billing_a")))
        balance = opening["Balance"]
        for row in rows:
            balance = round(balance + (row["Charged"] or 0) - (row["Paid or credited"] or 0), 2)
            self.assertEqual(row["Balance"], balance)
        self.assertEqual(closing["Balance"], balance)
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "child_of", self.client_a.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("company_id", "=", self.company_one.id),
            ]
        )
        self.assertEqual(balance, round(sum(lines.mapped("amount_residual_currency")), 2))
        self.assertEqual({row["Currency"] for row in rows}, {self.company_one.currency_id.name})

    def test_a_period_begins_with_what_was_open(self):
        opening, paid, other, closing = self.sheet("billing_a", f"&from={self.days[5]}&to={self.days[4]}")
        self.assertEqual((opening["Balance"], closing["Balance"]), (281.5, 150))
        self.assertEqual(paid["Date"].date(), self.days[5])
        self.assertEqual((paid["Paid or credited"], other["Paid or credited"]), (100, 31.5))

    def test_paper_says_what_the_screen_says(self):
        text = text_of(self.file("billing_a", "pdf"))
        for words in ("Statement of account", self.client_a.name, self.invoice.name, "PO 77", "Adjustment", "281.50"):
            self.assertIn(words, text)
        for _what, _charged, _credited, balance in self.rows("billing_a"):
            self.assertIn(balance.strip("$ \xa0"), text)

    def test_what_never_leaves(self):
        text = text_of(self.file("billing_a", "pdf")) + str(self.sheet("billing_a"))
        for word in (SECRET, "Birch", self.hidden.name, "4,321", "4321", self.supplied.name, "BNK", self.entry.name):
            self.assertNotIn(word, text)

    def test_who_gets_them(self):
        for kind in ("pdf", "xlsx"):
            for actor in ("viewer_a", "approver_a", "requester_a"):
                self.assertEqual(self.page(actor, f"{URL}?download={kind}").status_code, 404, actor)
        for odd in ("download=exe", "download=pdf&to=never", "download=xlsx&from=1990-01-01&to=1990-02-01"):
            self.assertIn("text/html", self.page("billing_a", f"{URL}?{odd}").headers["Content-Type"], odd)

    def test_long_accounts_are_for_spreadsheets(self):
        self.assertIn("download=pdf", self.page("billing_a", URL).text)
        with patch.object(client_statement_files, "PDF_ROWS", 2):
            page = self.page("billing_a", URL).text
            self.assertNotIn("download=pdf", page)
            self.assertIn("download=xlsx", page)
            self.assertIn("2 movements or fewer", page)
            response = self.page("billing_a", f"{URL}?download=pdf")
            self.assertIn("text/html", response.headers["Content-Type"])

    def test_it_is_journalled(self):
        rows = []
        with patch.object(type(self.env["client.access"]), "_later", lambda _self, row: rows.append(row)):
            self.file("both", "pdf", f"&client={self.client_a.id}")
        self.assertEqual([(row["kind"], row["client_id"]) for row in rows], [("statement", self.client_a.id)])
        self.env["client.access"]._append(rows)
        shown = self.as_user("administrator_a")["client.access"]._client_days(self.client_a.ids, 80)[0]["rows"][0]
        self.assertEqual((shown["title"], shown["what"]), ("Invoices", "downloaded the statement"))

    def test_far_years(self):
        """Every day the page takes, a file takes too."""
        self.file("billing_a", "xlsx", f"&from=1900-01-01&to={date.today() + timedelta(days=9)}")
        self.file("billing_a", "pdf", "&from=1900-01-01&to=2999-12-31")
