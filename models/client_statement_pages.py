"""Which statement an address asks for, and what it says of balances."""

from datetime import date
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Date

from .client_statement import AGES

URL = "/my/statement"
YEARS = range(1900, 3000)  # beyond these, calendars run out
_DAY, _YEAR = relativedelta(days=1), relativedelta(years=1)


class ClientStatement(models.AbstractModel):
    _inherit = "client.statement"

    @api.model
    def _asked(self, client, query):
        """Which period and book an address asks for, with the sums.

        :param client: res.partner let through by ``_client_of``
        :param dict query: what came with the address, see ``_period`` and ``_chosen``
        :return: {'client', 'period', 'books', 'book' or None, 'kept'}; 'kept' is what an address must carry to
            ask for the same again
        """
        period = self._period(query)
        books = self._books(client, period["first"], period["last"])
        book = self._chosen(books, query)
        kept = {**self._whose(client), **self._kept(period, book)}
        return {"client": client, "period": period, "books": books, "book": book, "kept": kept}

    @api.model
    def _whose(self, client):
        """What keeps an address on a client, for members of several."""
        return {"client": client.id} if len(self.env.user._client_members().client_id) > 1 else {}

    @api.model
    def _values(self, asked, limit=None, offset=0):
        """Everything a statement shows, as plain values.

        :param dict asked: see ``_asked``
        :param int limit: most movements; all of them without it
        """
        period, book = asked["period"], asked["book"]
        first, last = period["first"], period["last"]
        movements = self._movements(asked["client"], book, first, last, limit, offset) if book else []
        return {
            "client_name": asked["client"].name,
            "first": first,
            "last": last,
            "from_to": self._from_to(first, last),
            "problem": period["problem"],
            "periods": self._period_links(asked),
            "books": self._book_links(asked),
            "tabs": self._tabs("statement", asked["client"]),
            "kept": asked["kept"],
            "rows": self._rows(book, movements) if book else [],
            "files": self._file_links(asked),
            "too_long": self._too_long(asked),
            **(self._summary(book) if book else {"summary": [], "ages": []}),
        }

    @api.model
    def _tabs(self, page, client=None):
        """Pages of the billing section: [{'label', 'url', 'current'}].

        :param str page: the one that is open
        :param client: res.partner that the page is about, none for all
        """
        only = "?%s" % urlencode(self._whose(client)) if client and self._whose(client) else ""
        tabs = [("invoices", self.env._("Invoices"), "/my/invoices")]
        if self._clients() & client if client else self._clients():
            tabs += [
                ("statement", self.env._("Statement"), URL),
                ("history", self.env._("History"), f"{URL}/history"),
            ]
        return [{"label": label, "url": url + only, "current": name == page} for name, label, url in tabs]

    # -------------------------------------------------------------------------- period

    @api.model
    def _today(self):
        """The last day of an account that goes up to now.

        Documents bear the day of who books them: a payment made in New York in the evening is dated by the provider's
        answer or a scheduled action, often in UTC, where tomorrow has begun. It stands on the account at once.
        """
        booking = self.env.ref("base.partner_root").sudo()  # the robot's time zone, nothing else of it
        booking += self.env.companies.sudo().partner_id  # and that of the companies
        zones = {"UTC", *booking.mapped("tz")} - {False}
        today = self.env["client.words"]._today()
        return max(today, *(Date.context_today(self.with_context(tz=zone)) for zone in zones))

    @api.model
    def _periods(self):
        """Periods one may choose: {name: {'label', 'first', 'last'}}, counted from today."""
        today = self._today()
        year = today.replace(month=1, day=1)
        return {
            "months": {"label": self.env._("Last 12 months"), "first": today - _YEAR + _DAY, "last": today},
            "year": {"label": self.env._("This year"), "first": year, "last": today},
            "before": {"label": self.env._("Last year"), "first": year - _YEAR, "last": year - _DAY},
        }

    @api.model
    def _period(self, query):
        """The period that an address asks for.

        :param dict query: 'from' and 'to' as dates, or a 'period' by name; trusted in no way
        :return: {'first', 'last', 'name', 'problem'}; with a problem, the period is the usual one
        """
        periods = self._periods()
        usual = {**periods["months"], "name": "months", "problem": ""}
        typed = [str(query.get(name) or "").strip() for name in ("from", "to")]
        if not any(typed):
            name = query.get("period")
            return {**periods[name], "name": name, "problem": ""} if name in periods else usual
        first, last = map(self._typed_day, typed)
        if (typed[0] and not first) or (typed[1] and not last):
            return {**usual, "problem": self.env._("Please give both days as dates, such as 2026-03-31.")}
        last = last or max(first, usual["last"])
        first = first or last - _YEAR + _DAY
        if first > last:
            return {**usual, "problem": self.env._("The first day is after the last one.")}
        return {"first": first, "last": last, "name": "", "problem": ""}

    @api.model
    def _typed_day(self, text):
        """A day as a browser sends it, or None."""
        try:
            day = date.fromisoformat(text[:10])
        except ValueError:
            return None
        return day if day.year in YEARS else None

    @api.model
    def _from_to(self, first, last):
        days = {"first": self._dated(first), "last": self._dated(last)}
        return self.env._("%(first)s to %(last)s", **days)

    @api.model
    def _dated(self, day):
        """A day with its year: a statement is kept."""
        return self.env["client.words"]._pattern(day, "yMMMd")

    @api.model
    def _period_links(self, asked):
        """[{'label', 'url', 'current'}] of the periods by name."""
        kept = {name: value for name, value in asked["kept"].items() if name in ("book", "client")}
        return [
            {
                "label": one["label"],
                "url": "%s?%s" % (URL, urlencode({"period": name, **kept})),
                "current": name == asked["period"]["name"],
            }
            for name, one in self._periods().items()
        ]

    @api.model
    def _kept(self, period, book):
        if period["name"]:
            kept = {"period": period["name"]}
        else:
            kept = {"from": period["first"].isoformat(), "to": period["last"].isoformat()}
        return {**kept, "book": self._key(book)} if book else kept

    # --------------------------------------------------------------------------- books

    @api.model
    def _key(self, book):
        """How an address names a book: the company and the currency."""
        return "%s-%s" % (book["company_id"], book["currency_id"])

    @api.model
    def _chosen(self, books, query):
        """The book an address names; the one that moved last where it names none of them, or None."""
        named = [book for book in books if self._key(book) == query.get("book")]
        return next(iter(named or books), None)

    @api.model
    def _book_links(self, asked):
        """[{'label', 'note', 'url', 'current'}] of several books: whose and in which currency, with the balance."""
        books = asked["books"]
        companies = self.env["res.company"].sudo().browse(book["company_id"] for book in books)  # names only
        names = {company.id: company.name for company in companies}
        links = []
        for book in books if len(books) > 1 else ():
            currency = self.env["res.currency"].browse(book["currency_id"])
            company = names[book["company_id"]]
            links.append(
                {
                    "label": f"{company} · {currency.name}" if len(names) > 1 else currency.name,
                    "note": self.env["client.words"]._amount(book["closing"], currency),
                    "url": "%s?%s" % (URL, urlencode({**asked["kept"], "book": self._key(book)})),
                    "current": book is asked["book"],
                }
            )
        return links

    @api.model
    def _summary(self, book):
        """Balances and ages of a book in words: {'company', 'company_name', 'currency', 'summary', 'ages'}."""
        currency = self.env["res.currency"].browse(book["currency_id"])
        company = self.env["res.company"].browse(book["company_id"])
        amount = self.env["client.words"]._amount
        lines = [
            (self.env._("Opening balance"), book["opening"]),
            (self.env._("Charged"), book["charged"]),
            (self.env._("Paid and credited"), book["credited"]),
            (self.env._("Closing balance"), book["closing"]),
        ]
        return {
            "company": company,
            "company_name": company.sudo().name,  # the operator's name is on every letterhead
            "currency": currency.name,
            "opening": amount(book["opening"], currency),
            "closing": amount(book["closing"], currency),
            "owed": currency.compare_amounts(book["closing"], 0),
            "summary": [{"label": label, "amount": amount(value, currency)} for label, value in lines],
            "ages": [
                {"label": label, "amount": amount(value, currency), "late": number and currency.round(value) > 0}
                for number, (label, value) in enumerate(zip(self._age_labels(), book["ages"], strict=True))
            ],
        }

    @api.model
    def _age_labels(self):
        """'Not due yet', '1 to 30 days overdue' … 'More than 90 days overdue'."""
        starts = zip(AGES, AGES[1:], strict=False)
        between = [self.env._("%(first)s–%(last)s days overdue", first=one, last=two - 1) for one, two in starts]
        return [self.env._("Not due yet"), *between, self.env._("Over %s days overdue", AGES[-1] - 1)]
