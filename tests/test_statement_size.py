"""Accounts of nothing, one, a page, a page and one, and ten thousand: no more queries for more of them."""

from datetime import timedelta

from odoo.tests import tagged

from .billing_common import BillingMixin
from .test_lists_size import SIZES, SizeCase


@tagged("post_install", "-at_install")
class TestStatementSize(BillingMixin, SizeCase):
    def only(self, record, count):
        """As many invoices on the account, each matched with a payment of its own; by SQL, for speed."""
        self.env.flush_all()
        client = record.client_id
        self.env.cr.execute("UPDATE account_move SET client_published = FALSE WHERE client_id = %s", [client.id])
        self.env.cr.execute("UPDATE account_move_line SET parent_state = 'draft' WHERE partner_id = %s", [client.id])
        invoices = self._copies(record, count, client_published=True, payment_state="not_paid")
        payments = self._copies(self.payment.move_id, count)
        if count:
            sides = {"debit_move_id": invoices, "credit_move_id": payments}
            self._multiply("account_partial_reconcile", self.receivable(record).matched_credit_ids.id, count, sides)
        for table in ("account_move", "account_move_line", "account_partial_reconcile"):
            self.env.cr.execute(f"ANALYZE {table}")  # as the database does by itself after a while
        self.env.invalidate_all()

    def _copies(self, move, count, **values):
        """Copies of a document with its receivable line; ids of these lines."""
        self.size = getattr(self, "size", 0) + 1
        values = {name: [value] * count for name, value in values.items()}
        names = [f"Copy/{self.size}/{number}" for number in range(count)]
        made = self._multiply("account_move", move.id, count, {**values, "name": names})
        posted = {"move_id": made, "parent_state": ["posted"] * count}
        return self._multiply("account_move_line", self.receivable(move).id, count, posted)

    def _multiply(self, table, record_id, count, values):
        """As many rows like one, but for some columns.

        :param dict values: a list per column, as long as there are rows
        :return: their ids
        """
        if not count:
            return []
        columns = [name for name in self._columns(table) if name not in ("id", *values)]
        own = ", ".join(f'old."{name}"' for name in columns)
        new = ", ".join(f'new."{name}"' for name in values)
        self.env.cr.execute(
            f"""
            INSERT INTO {table} ({", ".join(f'"{name}"' for name in [*columns, *values])})
            SELECT {own}, {new}
              FROM {table} old, unnest({", ".join(["%s"] * len(values))}) new ({", ".join(f'"{n}"' for n in values)})
             WHERE old.id = %s
            RETURNING id
            """,
            [*values.values(), record_id],
        )
        return [made for (made,) in self.env.cr.fetchall()]

    def test_pages_of_the_account(self):
        day = self.invoice_a_one.invoice_date
        self.payment = self.pay(self.invoice_a_one, day)
        self.authenticate("administrator_a", "administrator_a")
        later = day + timedelta(days=1)
        urls = ("/my/statement", f"/my/statement/page/2?to={later}", "/my/statement/history", "/my/invoices")
        counts = {url: {} for url in urls}
        for size in (*SIZES, 0):
            self.only(self.invoice_a_one, size)
            for url in urls:
                counts[url][size] = self.queries(url)
            if size == SIZES[-1]:
                self.assertEqual(self._movements(), 2 * size, "they are on the account")
        for url, by_size in counts.items():
            with self.subTest(url):
                self.assertEqual(max(by_size.values()), by_size[SIZES[0]], "one of each asks most")

    def _movements(self):
        env = self.as_user("administrator_a")
        statement = env["client.statement"].with_context(allowed_company_ids=self.companies.ids)
        return statement._asked(self.client_a.with_env(statement.env), {})["book"]["count"]
