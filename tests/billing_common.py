"""Ledgers to state accounts from: documents, payments and entries of two companies in several currencies."""

from odoo.fields import Command

from .common import SECRET, ClientPortalCommon


class BillingMixin:
    """Bookkeeping on top of the fixture; days are dates, amounts are in the document's currency."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_bookkeeping()

    @classmethod
    def _make_bookkeeping(cls):
        """A bank, a place for differences and three currencies for both companies."""
        cls.dollar, cls.euro, cls.yen = (cls.env.ref(f"base.{name}") for name in ("USD", "EUR", "JPY"))
        (cls.dollar + cls.euro + cls.yen).active = True
        for company in cls.companies:
            env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
            rates = [(cls.euro, "2024-01-01", 0.8), (cls.euro, "2025-01-01", 0.9), (cls.yen, "2024-01-01", 150.0)]
            env["res.currency.rate"].create(
                [
                    {"currency_id": currency.id, "name": day, "rate": rate, "company_id": company.id}
                    for currency, day, rate in rates
                    if currency != company.currency_id
                ]
            )
            for kind, code in (("asset_cash", "B"), ("income_other", "D"), ("liability_current", "T")):
                cls.accounts[company, kind] = env["account.account"].create(
                    {
                        "name": f"{SECRET} {kind}",
                        "code": f"8{code}{company.id}",
                        "account_type": kind,
                        "company_ids": company.ids,
                        "reconcile": kind == "liability_current",
                    }
                )
            cls._make_journals(env, company)

    @classmethod
    def _make_journals(cls, env, company):
        difference = cls.accounts[company, "income_other"]
        for kind, code, account in (
            ("bank", "BNK", cls.accounts[company, "asset_cash"]),
            ("general", "GEN", difference),
        ):
            cls.journals[company, kind] = env["account.journal"].create(
                {
                    "name": f"{SECRET} {kind} journal",
                    "code": f"{code}{company.id}"[:5],
                    "type": kind,
                    "company_id": company.id,
                    "default_account_id": account.id,
                }
            )
        company.write(
            {
                "transfer_account_id": cls.accounts[company, "liability_current"].id,
                "currency_exchange_journal_id": cls.journals[company, "general"].id,
                "income_currency_exchange_account_id": difference.id,
                "expense_currency_exchange_account_id": difference.id,
            }
        )

    def _books_of(self, company):
        """Environment in which one company keeps its books."""
        return self.env(context={**self.env.context, "allowed_company_ids": company.ids})

    def bill(self, client, amount, day, due=None, currency=None, company=None, kind="out_invoice", post=True, **more):
        """An invoice or, with ``kind``, a credit note.

        :param due: date, or several (date, share of the amount) for instalments
        """
        company = company or self.company_one
        journal = self.journals[company, "sale"]
        move = self._books_of(company)["account.move"].create(
            {
                "move_type": kind,
                "partner_id": client.id,
                "journal_id": journal.id,
                "invoice_date": day,
                "date": day,
                "invoice_date_due": due or day,
                "currency_id": (currency or company.currency_id).id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Work",
                            "price_unit": amount,
                            "account_id": journal.default_account_id.id,
                            "tax_ids": False,
                        }
                    )
                ],
                **more,
            }
        )
        if post:
            move.action_post()
        return move

    def pay(self, moves, day, amount=None, currency=None, write_off=False):
        """A payment through the bank, matched with the moves; with ``write_off`` the rest is forgiven."""
        company = moves.company_id
        wizard = self._books_of(company)["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        )
        values = {"payment_date": day, "journal_id": self.journals[company, "bank"].id, "group_payment": True}
        if currency:
            values["currency_id"] = currency.id
        if amount is not None:
            values["amount"] = amount
        if write_off:
            values["payment_difference_handling"] = "reconcile"
            values["writeoff_account_id"] = self.accounts[company, "income_other"].id
        return wizard.create(values)._create_payments()

    def advance(self, client, amount, day, currency=None, company=None, outbound=False):
        """A payment that belongs to nothing yet."""
        company = company or self.company_one
        payment = self._books_of(company)["account.payment"].create(
            {
                "payment_type": "outbound" if outbound else "inbound",
                "partner_type": "customer",
                "partner_id": client.id,
                "amount": amount,
                "date": day,
                "currency_id": (currency or company.currency_id).id,
                "journal_id": self.journals[company, "bank"].id,
                "memo": f"{SECRET} memo",
            }
        )
        payment.action_post()
        return payment

    def book(self, client, amount, day, currency=None, company=None):
        """An entry on the receivable account by hand, as when balances are brought over."""
        company = company or self.company_one
        currency = currency or company.currency_id
        balance = currency._convert(amount, company.currency_id, company, day)
        receivable = self.accounts[company, "asset_receivable"]
        other = self.accounts[company, "income_other"]
        entry = self._books_of(company)["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": self.journals[company, "general"].id,
                "date": day,
                "ref": f"{SECRET} entry",
                "line_ids": [
                    Command.create(
                        {
                            "name": f"{SECRET} label",
                            "account_id": account.id,
                            "partner_id": client.id,
                            "currency_id": currency.id,
                            "amount_currency": sign * amount,
                            "balance": sign * balance,
                        }
                    )
                    for account, sign in ((receivable, 1), (other, -1))
                ],
            }
        )
        entry.action_post()
        return entry

    def receivable(self, *records):
        """Lines on the receivable account of moves and payments."""
        moves = self.env["account.move"].union(*(getattr(one, "move_id", one) for one in records))
        return moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")

    def match(self, *records):
        """Set documents off against each other."""
        self.receivable(*records).filtered(lambda line: not line.reconciled).reconcile()


class BillingCase(BillingMixin, ClientPortalCommon):
    """The fixture with bookkeeping."""

    def statement(self, companies=None):
        """The model, looking into both companies or the given ones."""
        companies = companies or self.companies
        return self.env(context={"lang": "en_US", "allowed_company_ids": companies.ids})["client.statement"]
