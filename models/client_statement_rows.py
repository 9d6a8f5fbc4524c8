"""How the movements of a client's account read: nothing but what the client may know."""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

NAMED = 3  # invoices named beside the payment that settled them


class ClientStatement(models.AbstractModel):
    _inherit = "client.statement"

    @api.model
    def _rows(self, book, movements):
        """Movements as a page and a file show them.

        Of what the reader may not open (an invoice hidden by hand, an entry of the book-keepers)
        there are the day and the amount, which the balance needs, and nothing else.

        :return: [{'date', 'day', 'title', 'url', 'detail', 'amount', 'running', 'charge', 'credit', 'balance'}]
        """
        currency = self.env["res.currency"].browse(book["currency_id"])
        words = self.env["client.words"]
        known = self._known(movements)
        rows = []
        for movement in movements:
            amount = words._amount(abs(movement["amount"]), currency)
            rows.append(
                {
                    **self._told(movement, known, currency),
                    "date": movement["date"],
                    "day": self._dated(movement["date"]),
                    "amount": movement["amount"],
                    "running": movement["balance"],
                    "charge": amount if movement["amount"] > 0 else "",
                    "credit": amount if movement["amount"] < 0 else "",
                    "balance": words._amount(movement["balance"], currency),
                }
            )
        return rows

    # ------------------------------------------------------------------------- looking

    @api.model
    def _known(self, movements):
        """What is needed to name the movements, in as many queries whatever their number.

        :return: {'seen': {move id: move the reader sees}, 'settled': {move id: those of them it settled},
            'payments': {move id: amount paid, or None}, 'currencies': {line id: name}}
        """
        ids = [movement["move_id"] for movement in movements if movement["move_id"]]
        settled = self._settled(ids)
        matched = {move_id for found in settled.values() for move_id in found}
        visible = self.env["account.move"].search_fetch(
            [("id", "in", [*ids, *matched])], ["name", "ref", "move_type", "invoice_date_due"]
        )
        seen = {move.id: move for move in visible}
        others = [movement["other_id"] for movement in movements if movement["other_id"]]
        lines = self.env["account.move.line"].sudo().browse(others)  # the currency of what settled a line
        return {
            "seen": seen,
            "settled": {move_id: [seen[one] for one in found if one in seen] for move_id, found in settled.items()},
            "payments": self._payments(ids),
            "currencies": {line.id: line.currency_id.name for line in lines},
        }

    @api.model
    def _settled(self, move_ids):
        """{entry id: [ids of the entries that its receivable lines are matched with]}."""
        sides = [SQL.identifier(f"{side}_move_id") for side in ("debit", "credit")]
        pairs = SQL(" UNION ").join(
            SQL(
                """
                SELECT own.move_id, other.move_id AS other_id
                  FROM account_move_line own
                  JOIN account_partial_reconcile r ON r.%s = own.id
                  JOIN account_move_line other ON other.id = r.%s
                 WHERE own.move_id IN %s
                """,
                one,
                two,
                tuple(move_ids) or (0,),
            )
            for one, two in (sides, sides[::-1])
        )
        settled = defaultdict(list)
        for move_id, other_id in self.env.execute_query(SQL("%s ORDER BY other_id", pairs)):
            settled[move_id].append(other_id)
        return settled

    @api.model
    def _payments(self, move_ids):
        """{entry id: (amount that was paid, its currency)} of payments; no amount of what the bank booked."""
        moves = self.env["account.move"].sudo().browse(move_ids)  # whether it is a payment, and of how much
        moves.fetch(["origin_payment_id", "statement_line_id"])
        return {
            move.id: (move.origin_payment_id.amount, move.origin_payment_id.currency_id)
            for move in moves
            if move.origin_payment_id or move.statement_line_id
        }

    # ------------------------------------------------------------------------- telling

    @api.model
    def _told(self, movement, known, currency):
        """{'title', 'url', 'detail'} of one movement."""
        move_id = movement["move_id"]
        if not move_id:
            return self._told_match(movement, known, currency)
        move = known["seen"].get(move_id)
        if move:
            due = move.move_type == "out_invoice" and move.invoice_date_due
            detail = move._client_details(move.ref, due and self.env._("due %s", self._dated(due)))
            return {"title": move._client_heading(), "url": move._client_url(), "detail": detail}
        if move_id in known["payments"]:
            return self._told_payment(movement, known, currency)
        return {"title": self.env._("Adjustment"), "url": "", "detail": ""}

    @api.model
    def _told_payment(self, movement, known, currency):
        received = movement["amount"] < 0
        paid, paid_currency = known["payments"][movement["move_id"]]
        allowance = abs(movement["amount"]) - paid if paid_currency == currency else 0
        details = [self._named(known["settled"].get(movement["move_id"], ()))]
        if received and currency.compare_amounts(allowance, 0) > 0:
            amount = self.env["client.words"]._amount(allowance, currency)
            details.append(self.env._("includes an allowance of %s", amount))
        return {
            "title": self.env._("Payment received") if received else self.env._("Payment to you"),
            "url": "",
            "detail": " · ".join(filter(None, details)),
        }

    @api.model
    def _named(self, moves):
        """'for INV/0001, INV/0002 and 4 more', '' for none."""
        names = ", ".join(move.name for move in moves[:NAMED])
        if len(moves) > NAMED:
            return self.env._("for %(names)s and %(count)s more", names=names, count=len(moves) - NAMED)
        return self.env._("for %s", names) if names else ""

    @api.model
    def _told_match(self, movement, known, currency):
        """A line that was matched across accounts: what it was settled with is told, never whose."""
        other = known["currencies"][movement["other_id"]]
        if not movement["inside"] or other == currency.name:
            title = self.env._("Settled through another account")
        else:
            settled = movement["amount"] < 0
            title = self.env._("Settled in %s", other) if settled else self.env._("Used to settle in %s", other)
        return {"title": title, "url": "", "detail": ""}
