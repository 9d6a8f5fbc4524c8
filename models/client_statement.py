"""A client's account as the ledger has it: sums, movements and what is open, per company and currency."""

from odoo import api, models
from odoo.tools import SQL

from .client_gate import ClientNotFound

# days overdue at which a bucket begins; before the first one nothing is due yet
AGES = (1, 31, 61, 91)
# parts of the sums that are the way from the opening to the closing balance
_FLOW = ("opening", "charged", "credited")


class ClientStatement(models.AbstractModel):
    """Reads posted receivable lines, which members may not, and gives plain values only.

    One *book* is the account of one client with one operator company in one currency. Its balance
    is what is open: receivable lines in their own currency, less what was matched with lines outside
    the book (a payment in another currency, a payment by somebody else). Between a line of the book
    and another one of it, matching changes nothing.

    Everything takes ``client`` as a res.partner that ``_client_of`` let through, and looks only into
    the operator companies of the environment.
    """

    _name = "client.statement"
    _description = "Statement of a client's account"

    @api.model
    def _clients(self):
        """Clients whose whole account the current user may see.

        Who sees the invoices of some sites only has no statement: payments belong to no site.

        :rtype: res.partner, readable by the user
        """
        whole, _sites = self.env.user._client_scope()["scope"]["portal_invoices"]
        return self.env["res.partner"].browse(whole)

    @api.model
    def _client_of(self, client):
        """The client to state the account of: the one asked for, or the first of the user's own.

        :param client: res.partner chosen by the user, may be empty
        :raise ClientNotFound: for everybody who may not see the whole account
        """
        allowed = self._clients()
        found = client & allowed if client else allowed[:1]
        if not found:
            raise ClientNotFound()
        return found

    # ---------------------------------------------------------------------------- sums

    @api.model
    def _books(self, client, first, last):
        """Sums of every book, the one that moved last first; on the same day that of the older company or currency.

        :param date first: first day of the period
        :param date last: last day of the period; nothing after it counts
        :return: [{'company_id', 'currency_id', 'opening', 'charged', 'credited', 'closing', 'ages',
            'count', 'latest'}], amounts in the book's currency, 'ages' one amount per bucket
        """
        self._flush()
        rows = self.env.execute_query(self._sums_query(client, first, last))
        books = {}
        for company_id, currency_id, part, amount, count, latest in rows:
            book = books.setdefault(
                (company_id, currency_id),
                {
                    "company_id": company_id,
                    "currency_id": currency_id,
                    **dict.fromkeys(_FLOW, 0.0),
                    "ages": [0.0] * (len(AGES) + 1),
                    "count": 0,
                    "latest": latest,
                },
            )
            if part in _FLOW:
                book[part] = amount
                book["latest"] = max(book["latest"], latest)
                book["count"] += count if part != "opening" else 0
            else:
                book["ages"][int(part)] = amount
        books = map(self._rounded, books.values())
        return sorted(books, key=lambda book: (-book["latest"].toordinal(), book["company_id"], book["currency_id"]))

    @api.model
    def _rounded(self, book):
        """The book with its amounts as its currency writes them, and its closing balance."""
        currency = self.env["res.currency"].browse(book["currency_id"])
        for part in _FLOW:
            book[part] = currency.round(book[part])
        book["ages"] = [currency.round(amount) for amount in book["ages"]]
        book["closing"] = currency.round(sum(book[part] for part in _FLOW))
        return book

    @api.model
    def _sums_query(self, client, first, last):
        """Rows (company, currency, part, amount, number of movements, latest day).

        'part' is one of ``_FLOW`` or the number of a bucket.
        """
        bucket = SQL("0")
        for number, days in enumerate(AGES, start=1):
            bucket = SQL("CASE WHEN %s - due >= %s THEN %s ELSE %s END", last, days, number, bucket)
        return SQL(
            """
            WITH own AS MATERIALIZED (%(own)s),
                 matched AS MATERIALIZED (%(matched)s),
                 movement AS (%(movements)s)
            SELECT company_id, currency_id,
                   CASE WHEN date < %(first)s THEN 'opening' WHEN amount > 0 THEN 'charged' ELSE 'credited' END,
                   SUM(amount), COUNT(*), MAX(date)
              FROM movement
             GROUP BY 1, 2, 3
            UNION ALL
            SELECT company_id, currency_id, (%(bucket)s)::text, SUM(amount), 0, MAX(date)
              FROM (SELECT company_id, currency_id, due, date, amount FROM own
                     UNION ALL
                    SELECT company_id, currency_id, due, own_date, amount FROM matched) open
             GROUP BY 1, 2, 3
            """,
            own=self._own_lines(client, last),
            matched=self._matched(last),
            movements=self._movements_sql(),
            first=first,
            bucket=bucket,
        )

    # ----------------------------------------------------------------------- movements

    @api.model
    def _movements(self, client, book, first, last, limit=None, offset=0):
        """Movements of one book in the order of time, each with the balance after it.

        :param dict book: one of ``_books``
        :return: [{'date', 'move_id', 'line_id', 'other_id', 'inside', 'amount', 'balance'}]; a row without a
            'move_id' is a line matched with an 'other_id' outside the book, 'inside' the client's account or not
        """
        self._flush()
        query = SQL(
            """
            WITH own AS MATERIALIZED (%s), matched AS MATERIALIZED (%s), movement AS (%s)
            SELECT date, move_id, line_id, other_id, inside, amount,
                   %s + SUM(amount) OVER (ORDER BY date, move_id NULLS LAST, line_id, other_id) AS balance
              FROM movement
             WHERE company_id = %s AND currency_id = %s AND date >= %s
             ORDER BY date, move_id NULLS LAST, line_id, other_id
             LIMIT %s OFFSET %s
            """,
            self._own_lines(client, last),
            self._matched(last),
            self._movements_sql(),
            book["opening"],
            book["company_id"],
            book["currency_id"],
            first,
            limit,
            offset,
        )
        currency = self.env["res.currency"].browse(book["currency_id"])
        rows = self.env.execute_query_dict(query)
        return [{**row, **{name: currency.round(row[name]) for name in ("amount", "balance")}} for row in rows]

    # -------------------------------------------------------------------- the ledger

    @api.model
    def _flush(self):
        """What the queries below read must be in the database."""
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model(["client_id", "partner_id", "state"])
        self.env["account.partial.reconcile"].flush_model()
        self.env["account.account"].flush_model(["account_type"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])

    @api.model
    def _own_lines(self, client, last):
        """SELECT of the client's receivable lines up to a day, in all companies and currencies.

        A line belongs to the company of its partner. A line in the name of a contact belongs to whom
        its document was made out to, so that a contact who changes companies moves no history.
        """
        return SQL(
            """
            SELECT l.id, l.move_id, l.company_id, l.currency_id, l.date,
                   COALESCE(l.date_maturity, l.date) AS due, l.amount_currency AS amount
              FROM account_move_line l
              JOIN account_move m ON m.id = l.move_id
              JOIN res_partner p ON p.id = l.partner_id
             WHERE l.partner_id IN (
                       SELECT id FROM res_partner WHERE commercial_partner_id = %(client)s
                        UNION
                       SELECT partner_id FROM account_move WHERE client_id = %(client)s)
               AND CASE WHEN p.commercial_partner_id <> p.id AND m.partner_id = p.id
                        THEN COALESCE(m.client_id, p.commercial_partner_id)
                        ELSE p.commercial_partner_id END = %(client)s
               AND l.account_id IN (SELECT id FROM account_account WHERE account_type = 'asset_receivable')
               AND l.parent_state = 'posted'
               AND l.company_id IN %(companies)s
               AND l.date <= %(last)s
            """,
            client=client.id,
            companies=tuple(self.env.companies.ids),
            last=last,
        )

    @api.model
    def _matched(self, last):
        """SELECT of what was matched with the lines of ``own`` up to a day, seen from each of them.

        'inside' is whether the other line is of the account too. It is looked up by a hash and each line brings along
        what is told of it: the planner knows too little of long accounts to join ``own`` with itself.
        """
        sides = [("debit", "credit", SQL("-")), ("credit", "debit", SQL("+"))]
        return SQL(" UNION ALL ").join(
            SQL(
                """
                SELECT own.id AS line_id, own.company_id, own.currency_id, own.due, own.date AS own_date,
                       r.%(other)s AS other_id, r.max_date AS date, %(sign)sr.%(amount)s AS amount,
                       r.%(other)s IN (SELECT id FROM own) AS inside,
                       (l.company_id, l.currency_id) = (own.company_id, own.currency_id) AS same_book
                  FROM own
                  JOIN account_partial_reconcile r ON r.%(line)s = own.id
                  JOIN account_move_line l ON l.id = r.%(other)s
                 WHERE r.max_date <= %(last)s AND l.parent_state = 'posted'
                """,
                line=SQL.identifier(f"{side}_move_id"),
                other=SQL.identifier(f"{other}_move_id"),
                amount=SQL.identifier(f"{side}_amount_currency"),
                sign=sign,
                last=last,
            )
            for side, other, sign in sides
        )

    @api.model
    def _movements_sql(self):
        """SELECT of the movements of ``own`` and ``matched``: whole documents, and matches across books."""
        return SQL(
            """
            SELECT company_id, currency_id, date, move_id, NULL::int AS line_id, NULL::int AS other_id,
                   TRUE AS inside, SUM(amount) AS amount
              FROM own
             GROUP BY company_id, currency_id, date, move_id
            HAVING SUM(amount) <> 0
             UNION ALL
            SELECT company_id, currency_id, date, NULL, line_id, other_id, inside, amount
              FROM matched
             WHERE amount <> 0 AND NOT (inside AND same_book)
            """
        )
