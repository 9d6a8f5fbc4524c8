"""Statements are the ledger: Odoo's own demo data and the demo world, customer by customer, to the cent."""

from datetime import date, timedelta

from odoo.tests import TransactionCase, tagged

FIRST, LAST = date(1990, 1, 1), date(2100, 1, 1)
# what stands in the ledger, asked in its own words: nothing here is shared with the statement
_LEDGER = """
    SELECT p.commercial_partner_id, l.company_id, l.currency_id,
           SUM(l.amount_residual_currency), SUM(l.amount_currency)
      FROM account_move_line l
      JOIN account_move m ON m.id = l.move_id
      JOIN account_account a ON a.id = l.account_id
      JOIN res_partner p ON p.id = l.partner_id
     WHERE m.state = 'posted' AND a.account_type = 'asset_receivable' AND l.date <= %s
     GROUP BY 1, 2, 3
"""


@tagged("post_install", "-at_install")
class TestStatementLedger(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"].search([])
        cls.statement = cls.env(context={"allowed_company_ids": companies.ids})["client.statement"]

    def ledger(self, last):
        """{(partner id, company id, currency id): (what is open, what was booked)}."""
        self.env.flush_all()
        self.env.cr.execute(_LEDGER, [last])
        return {row[:3]: row[3:] for row in self.env.cr.fetchall()}

    def test_every_customer(self):
        ledger = self.ledger(LAST)
        customers = self.env["res.partner"].browse({key[0] for key in ledger})
        self.assertGreater(len(customers), 5)
        found = {}
        for customer in customers:
            for book in self.statement._books(customer, FIRST, LAST):
                found[customer.id, book["company_id"], book["currency_id"]] = book
        self.assertEqual(found.keys(), ledger.keys())
        for key, (is_open, _booked) in ledger.items():
            with self.subTest(key=key):
                book = found[key]
                self.assertAlmostEqual(book["closing"], is_open, 2)
                self.assertAlmostEqual(sum(book["ages"]), is_open, 2)

    def test_every_quarter(self):
        """What was booked by a day is what the statement says on that day, its matches across books left out."""
        for last in (date.today() - timedelta(days=90 * number) for number in range(5)):
            for (partner_id, company_id, currency_id), (_open, booked) in self.ledger(last).items():
                customer = self.env["res.partner"].browse(partner_id)
                first = last - timedelta(days=60)
                with self.subTest(customer=customer.name, last=last):
                    book = next(
                        one
                        for one in self.statement._books(customer, first, last)
                        if (one["company_id"], one["currency_id"]) == (company_id, currency_id)
                    )
                    rows = self.statement._movements(customer, book, first, last)
                    across = sum(row["amount"] for row in self._whole(customer, book, last) if not row["move_id"])
                    self.assertAlmostEqual(book["closing"], booked + across, 2)
                    self.assertAlmostEqual(book["opening"] + sum(row["amount"] for row in rows), book["closing"], 2)
                    self.assertAlmostEqual(sum(book["ages"]), book["closing"], 2)
                    self.assertEqual(len(rows), book["count"])
                    if rows:
                        self.assertAlmostEqual(rows[-1]["balance"], book["closing"], 2)

    def _whole(self, customer, book, last):
        return self.statement._movements(customer, {**book, "opening": 0.0}, FIRST, last)
