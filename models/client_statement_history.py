"""What was agreed, billed and paid, in one line of time."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class ClientStatement(models.AbstractModel):
    _inherit = "client.statement"

    @api.model
    def _history_values(self, client, limit, offset=0):
        """A page of the history, as plain values, newest first.

        :param client: res.partner let through by ``_client_of``
        :return: {'client_name', 'tabs', 'months': [{'label', 'rows': what a list shows}]}
        """
        words, months = self.env["client.words"], {}
        for event in self._history(client, limit, offset):
            months.setdefault(event["date"].replace(day=1), []).append(event["row"])
        return {
            "client_name": client.name,
            "tabs": self._tabs("history", client),
            "months": [{"label": words._pattern(month, "yMMMM"), "rows": rows} for month, rows in months.items()],
        }

    @api.model
    def _history_count(self, client):
        rows = self.env.execute_query(SQL("SELECT COUNT(*) FROM (%s) event", self._history_sql(client)))
        return rows[0][0]

    @api.model
    def _history(self, client, limit, offset):
        """[{'date', 'row'}], newest first; each kind is read in one go."""
        query = SQL(
            "SELECT * FROM (%s) event ORDER BY date DESC, kind, id DESC, currency_id LIMIT %s OFFSET %s",
            self._history_sql(client),
            limit,
            offset,
        )
        events = self.env.execute_query_dict(query)
        rows = {
            "order": self._history_orders([event["id"] for event in events if event["kind"] == "order"]),
            "move": self._history_moves([event["id"] for event in events if event["kind"] == "move"]),
            "payment": self._history_payments([event for event in events if event["kind"] == "payment"]),
        }
        for event in events:
            payment = event["kind"] == "payment"
            row = rows[event["kind"]][(event["id"], event["currency_id"]) if payment else event["id"]]
            event["row"] = {**row, "note": self.env["client.words"]._short(event["date"])}
        return events

    @api.model
    def _history_sql(self, client):
        """SELECT of kind, id, date, currency_id, amount of everything that the user may see of the client.

        Orders only for who sees quotes; payments are those of the statement.
        """
        self._flush()
        mine = Domain("client_id", "=", client.id)
        zone = self.env.context.get("tz") or self.env.user.tz or "UTC"
        moves = self.env["account.move"]._search(mine)
        parts = [
            SQL(
                "SELECT 'move' AS kind, id, invoice_date AS date, currency_id, amount_total AS amount"
                " FROM account_move WHERE id IN %s",
                moves.subselect(),
            ),
            SQL(
                """
                SELECT 'payment', own.move_id, own.date, own.currency_id, SUM(own.amount)
                  FROM (%s) own JOIN account_move m ON m.id = own.move_id
                 WHERE m.origin_payment_id IS NOT NULL OR m.statement_line_id IS NOT NULL
                 GROUP BY own.move_id, own.date, own.currency_id
                """,
                self._own_lines(client, self._today()),
            ),
        ]
        if self.env.user._client_can("see_quotes", client):
            self.env["sale.order"].flush_model(["date_order", "signed_on", "amount_total", "currency_id"])
            orders = self.env["sale.order"]._search(mine & Domain("state", "=", "sale"))
            parts.append(
                SQL(
                    "SELECT 'order', id, (COALESCE(signed_on, date_order) AT TIME ZONE 'UTC' AT TIME ZONE %s)::date,"
                    " currency_id, amount_total FROM sale_order WHERE id IN %s",
                    zone,
                    orders.subselect(),
                )
            )
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _history_orders(self, ids):
        """{order id: row} of orders and variations the user sees."""
        orders = self.env["sale.order"].browse(ids)
        orders.fetch(orders._client_row_fields)
        titles, varied, places = orders._client_titles(), orders._client_varied(), orders._client_places()
        amount = self.env["client.words"]._amount
        return {
            order.id: {
                "title": order._client_heading(titles[order.id], order.id in varied),
                "url": order._client_url(),
                "detail": order._client_details(order.name if titles[order.id] else "", places[order.id]),
                "badge": order._client_badge(),
                "amount": amount(order.amount_total, order.currency_id),
            }
            for order in orders
        }

    @api.model
    def _history_moves(self, ids):
        """{invoice id: row} of invoices and credit notes the user sees."""
        moves = self.env["account.move"].browse(ids)
        moves.fetch(moves._client_row_fields)
        places = moves._client_places()
        amount = self.env["client.words"]._amount
        return {
            move.id: {
                "title": move._client_heading(),
                "url": move._client_url(),
                "detail": move._client_details(move.ref, places[move.id]),
                "badge": move._client_badge(),
                "amount": amount(move.amount_total, move.currency_id),
            }
            for move in moves
        }

    @api.model
    def _history_payments(self, events):
        """{(entry id, currency id): row}."""
        movements = [
            {"move_id": event["id"], "other_id": None, "amount": event["amount"]} for event in events
        ]
        known, rows = self._known(movements), {}
        for event, movement in zip(events, movements, strict=True):
            currency = self.env["res.currency"].browse(event["currency_id"])
            amount = self.env["client.words"]._amount(abs(event["amount"]), currency)
            told = self._told_payment(movement, known, currency)
            badge = {"label": self.env._("Payment"), "tone": "success"}
            rows[event["id"], event["currency_id"]] = {**told, "amount": amount, "badge": badge}
        return rows
