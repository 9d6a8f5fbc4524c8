"""A client's statement is the ledger, to the cent: told stories, and ledgers nobody thought of."""

import random
from datetime import date, timedelta

from odoo import fields
from odoo.tests import tagged

from .billing_common import BillingCase
from .truth import table

FIRST, LAST = date(1990, 1, 1), date(2100, 1, 1)
DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestStatementStories(BillingCase):
    """The table in ``tables/statement.md``: after every event the balances and ages of the account."""

    def test_stories(self):
        stories = {}
        for row in table("statement"):
            stories.setdefault(row["story"], []).append(row)
        for name, rows in stories.items():
            client = self.env["res.partner"].create({"name": f"Alder {name}", "is_company": True, "is_client": True})
            client.with_company(self.company_one).property_account_receivable_id = self.accounts[
                self.company_one, "asset_receivable"
            ]
            self.client, self.made = client, {}
            for number, row in enumerate(rows):
                with self.subTest(story=name, row=number, event=row["event"]):
                    self._happen(row)
                    self._compare(row)

    def _happen(self, row):
        """Play one event."""
        kind, day = row["event"], date.fromisoformat(row["day"])
        amount = float(row["amount"] or 0)
        currency = self.env.ref(f"base.{row['in']}")
        about = self.env["account.move"].union(*(self.made[name] for name in row["of"].split()))
        if kind in ("invoice", "credit note"):
            due = date.fromisoformat(row["due"]) if row["due"] else None
            kind = "out_invoice" if kind == "invoice" else "out_refund"
            self.made[row["name"]] = self.bill(self.client, amount, day, due, currency, kind=kind)
        elif kind in ("payment", "payment and write-off"):
            self.pay(about, day, amount, currency, write_off=kind != "payment")
        elif kind in ("advance", "paid back"):
            made = self.advance(self.client, amount, day, currency, outbound=kind == "paid back")
            self.made[row["name"]] = made.move_id
        elif kind == "entry":
            self.made[row["name"]] = self.book(self.client, amount, day, currency)
        elif kind == "match":
            self.match(*about)
        elif kind == "hide":
            about.client_publish = "no"
        elif kind == "somebody else pays":
            payment = self.advance(self.no_client, amount, day, currency)
            self.match(about, payment)
        elif kind == "back to draft":
            about.button_draft()
        else:
            self.assertEqual(kind, "look")

    def _compare(self, row):
        """Balance and ages of the currency the row speaks of, on its day."""
        currency, day = self.env.ref(f"base.{row['in']}"), date.fromisoformat(row["day"])
        books = self.statement()._books(self.client, FIRST, day)
        book = next((one for one in books if one["currency_id"] == currency.id), None)
        said = [book["closing"], *book["ages"]] if book else [0.0] * 6
        told = [float(row[name]) for name in ("balance", "not due", "1-30", "31-60", "61-90", "90+")]
        self.assertEqual(said, told)
        if book:
            rows = self.statement()._movements(self.client, {**book, "opening": 0.0}, FIRST, day)
            self.assertEqual(rows[-1]["balance"] if rows else 0.0, book["closing"])


@tagged("post_install", "-at_install")
class TestStatementGenerated(BillingCase):
    """Random ledgers against a look at the ledger that shares nothing with the statement."""

    EVENTS = 60
    SEED = 20260301

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dice = random.Random(cls.SEED)

    def _play(self):
        """Things that happen in books, in no order anybody planned."""
        dice, open_moves, loose = self.dice, [], []
        acts = ("invoice",) * 5 + ("refund", "pay", "pay", "part", "other", "forgive")
        acts += ("advance", "entry", "match", "draft")
        for _number in range(self.EVENTS):
            day = date(2024, 6, 1) + timedelta(days=dice.randrange(500))
            client = dice.choice((self.client_a, self.client_a, self.client_b))
            company = dice.choice(tuple(self.companies))
            currency = dice.choice((self.dollar, self.euro, self.yen))
            amount = dice.randrange(100, 99999) / (1 if currency == self.yen else 100)
            act = dice.choice(acts)
            options = {"currency": currency, "company": company}
            if act in ("invoice", "refund", "draft"):
                kind = "out_refund" if act == "refund" else "out_invoice"
                due = day + timedelta(days=dice.randrange(90))
                hidden = {"client_publish": dice.choice(("auto", "no"))}
                move = self.bill(client, amount, day, due, kind=kind, post=act != "draft", **options, **hidden)
                (open_moves if act == "invoice" else loose).append(move)
            elif act in ("pay", "part", "other", "forgive") and open_moves:
                self._pay_one(act, open_moves.pop(dice.randrange(len(open_moves))))
            elif act == "advance":
                loose.append(self.advance(client, amount, day, outbound=dice.random() < 0.2, **options).move_id)
            elif act == "entry":
                loose.append(self.book(client, dice.choice((1, -1)) * amount, day, **options))
            elif act == "match" and loose and open_moves:
                self._match_some(dice.choice(open_moves), loose)

    def _pay_one(self, act, move):
        day = move.date + timedelta(days=self.dice.randrange(120))
        amount = round(move.amount_residual * self.dice.uniform(0.2, 1.2), 0)
        if not move.amount_residual or move.state != "posted":
            return
        if act == "pay":
            self.pay(move, day)
        elif act == "part":
            self.pay(move, day, max(amount, 1))
        elif act == "other":
            currency = self.dice.choice([c for c in (self.dollar, self.euro, self.yen) if c != move.currency_id])
            self.pay(move, day, currency=currency)
        else:
            self.pay(move, day, max(round(move.amount_residual * 0.97), 1), write_off=True)

    def _match_some(self, move, loose):
        """Set off whatever is open in the same company, also another client's and in another currency."""
        fitting = [one for one in loose if one.company_id == move.company_id and one.state == "posted"]
        if fitting and move.state == "posted":
            self.match(move, self.dice.choice(fitting))

    def _ledger(self, last):
        """{(client, company, currency): [booked, open by Odoo's own figures]} of posted receivable lines."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT l.partner_id, l.company_id, l.currency_id, SUM(l.amount_currency), SUM(l.amount_residual_currency)
              FROM account_move_line l, account_account a, account_move m
             WHERE a.id = l.account_id AND a.account_type = 'asset_receivable'
               AND m.id = l.move_id AND m.state = 'posted' AND l.date <= %s AND l.partner_id IN %s
             GROUP BY 1, 2, 3
            """,
            [last, (self.client_a.id, self.client_b.id)],
        )
        return {row[:3]: list(row[3:]) for row in self.env.cr.fetchall()}

    def _open_on(self, last):
        """{(client, company, currency): open}: what each line still asks for on a day, line by line."""
        lines = self.env["account.move.line"].search(
            [
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("date", "<=", last),
                ("partner_id", "in", (self.client_a + self.client_b).ids),
                ("company_id", "in", self.companies.ids),
            ]
        )
        found = {}
        for line in lines:
            rest = line.amount_currency
            rest -= sum(m.debit_amount_currency for m in line.matched_credit_ids if m.max_date <= last)
            rest += sum(m.credit_amount_currency for m in line.matched_debit_ids if m.max_date <= last)
            days = (last - (line.date_maturity or line.date)).days
            bucket = 0 if days < 1 else 1 if days < 31 else 2 if days < 61 else 3 if days < 91 else 4
            ages = found.setdefault((line.partner_id.id, line.company_id.id, line.currency_id.id), [0.0] * 5)
            ages[bucket] += rest
        return found

    def _said(self, first, last):
        """The same from the statements."""
        clients = (self.client_a, self.client_b)
        return {
            (client.id, book["company_id"], book["currency_id"]): book
            for client in clients
            for book in self.statement()._books(client, first, last)
        }

    def test_generated_ledgers(self):
        self._play()
        self._check_pages()
        said = self._said(FIRST, LAST)
        ledger = self._ledger(LAST)
        self.assertEqual(said.keys(), ledger.keys())
        self.assertGreater(len(ledger), 9, "two clients, two companies, three currencies: nearly all of them")
        for key, (_booked, is_open) in ledger.items():
            self.assertAlmostEqual(said[key]["closing"], is_open, 2)
        for last in (date(2024, 9, 15), date(2025, 1, 31), date(2025, 6, 30)):
            said, ledger, opened = self._said(last - 60 * DAY, last), self._ledger(last), self._open_on(last)
            self.assertEqual(said.keys(), ledger.keys())
            for key, book in said.items():
                with self.subTest(last=last, key=key):
                    self._check_book(book, key, ledger[key][0], opened[key], last)

    def _check_book(self, book, key, booked, ages, last):
        client = self.env["res.partner"].browse(key[0])
        for said, told in zip(book["ages"], ages, strict=True):
            self.assertAlmostEqual(said, told, 2)
        self.assertAlmostEqual(book["closing"], sum(ages), 2)
        rows = self.statement()._movements(client, book, last - 60 * DAY, last)
        self.assertEqual(len(rows), book["count"])
        self.assertAlmostEqual(sum(r["amount"] for r in rows), book["charged"] + book["credited"], 2)
        if rows:
            self.assertAlmostEqual(rows[-1]["balance"], book["closing"], 2)
        everything = self.statement()._movements(client, {**book, "opening": 0.0}, FIRST, last)
        documents = sum(row["amount"] for row in everything if row["move_id"])
        self.assertAlmostEqual(documents, booked, 2)

    def _check_pages(self):
        """Page by page it is the same as in one go."""
        for key, book in self._said(FIRST, LAST).items():
            client = self.env["res.partner"].browse(key[0])
            whole = self.statement()._movements(client, book, FIRST, LAST)
            paged = [
                row
                for offset in range(0, book["count"], 3)
                for row in self.statement()._movements(client, book, FIRST, LAST, 3, offset)
            ]
            self.assertEqual(paged, whole)


@tagged("post_install", "-at_install")
class TestStatementDay(BillingCase):
    """What was booked where tomorrow has begun stands on the account of who reads it today."""

    def closing(self):
        env = self.as_user("billing_a")
        statement = env["client.statement"].with_context(tz="Pacific/Pago_Pago")
        return sum(book["closing"] for book in statement._asked(self.client_a.with_env(env), {})["books"])

    def test_paid_tomorrow(self):
        """Between these two zones there is always a day at least."""
        robot, company = self.env.ref("base.partner_root"), self.company_one.partner_id
        for booked_by in (robot, company):
            with self.subTest(booked_by.name):
                (robot + company).tz = False
                booked_by.tz = "Pacific/Kiritimati"
                before = self.closing()
                self.advance(self.client_a, 10, fields.Date.context_today(robot.with_context(tz=booked_by.tz)))
                self.assertEqual(self.closing(), before - 10)
