from odoo import api, models
from odoo.tools import SQL

from .sale_order_variation import VARIES

# state of a quote in the client's words -> tone
QUOTE_TONES = {"open": "warning", "expired": "muted", "approved": "success", "declined": "muted"}


class SaleOrder(models.Model):
    """What the pages show of a quote or an order."""

    _inherit = "sale.order"

    _client_section = "quotes"
    _client_list_url = "/my/quotes"
    _client_search = ("name", "client_order_ref", "client_site_id.name")
    _client_row_fields = (
        "client_id",
        "client_site_id",
        "name",
        "state",
        "date_order",
        "validity_date",
        "amount_total",
        "currency_id",
    )

    def _client_quote_state(self):
        """'open' (may be answered), 'expired', 'approved' or 'declined'."""
        if self.state == "sale":
            return "approved"
        if self.state == "cancel":
            return "declined"
        today = self.env["client.words"]._today()
        return "expired" if self.validity_date and self.validity_date < today else "open"

    def _client_badge(self):
        labels = {
            "open": self.env._("Waiting for your answer"),
            "expired": self.env._("Expired"),
            "approved": self.env._("Approved"),
            "declined": self.env._("Declined"),
        }
        state = self._client_quote_state()
        return {"label": labels[state], "tone": QUOTE_TONES[state]}

    def _client_rows(self):
        words = self.env["client.words"]
        sites, titles = self._client_places(), self._client_titles()
        varied = self._client_varied()
        rows = []
        for order in self:
            state = order._client_quote_state()
            rows.append(
                {
                    "id": order.id,
                    "url": order._client_url(),
                    "title": order._client_heading(titles[order.id], order.id in varied),
                    "detail": self._client_details(
                        order.name if titles[order.id] else "",
                        sites[order.id],
                        words._day(words._local(order.date_order).date()),
                    ),
                    "badge": order._client_badge(),
                    "due": words._valid(order.validity_date) if state == "open" else None,
                    "amount": words._amount(order.amount_total, order.currency_id),
                    "state": state,
                }
            )
        return rows

    def _client_varied(self):
        """Ids of those that change another order."""
        vary = self.sudo()  # of visible quotes, only whether they vary something
        return set(vary._search([("id", "in", self.ids), *VARIES]))

    def _client_heading(self, title, varied):
        """'Variation: coastal access', 'Quote: winter drainage', 'Order S00231'."""
        subject = title or self.name
        if varied:
            return self.env._("Variation: %s", subject)
        if self.state == "sale":
            return self.env._("Order: %s", subject)
        return self.env._("Quote: %s", subject)

    def _client_titles(self):
        """{order id: what it is about}: the first section or, without one, the first line.

        One query for the whole set; the lines of a visible order are visible.
        """
        self.env["sale.order.line"].flush_model(["order_id", "display_type", "sequence", "name"])
        found = self.env.execute_query(
            SQL(
                """
            SELECT DISTINCT ON (order_id) order_id, split_part(name, E'\n', 1)
              FROM sale_order_line
             WHERE order_id IN %s AND COALESCE(display_type, '') IN ('', 'line_section')
             ORDER BY order_id, display_type = 'line_section' DESC NULLS LAST, sequence, id
            """,
                tuple(self.ids) or (0,),
            )
        )
        return dict.fromkeys(self.ids, "") | dict(found)

    def _client_facts(self):
        self.ensure_one()
        words = self.env["client.words"]
        title = self._client_titles()[self.id]
        order = self.sudo()  # behind the gate: names of a visible quote's own relations
        state = self._client_quote_state()
        return {
            "id": self.id,
            "title": self._client_heading(title, order._client_varies()),
            "badge": self._client_badge(),
            "state": state,
            "client_name": order.client_id.name,
            "due": words._valid(self.validity_date) if state == "open" else None,
            "amount": words._amount(self.amount_total, self.currency_id),
            "lines": order._client_lines(),
            "totals": order._client_totals(),
            "terms": self.note,
            "pdf": f"{self._client_url()}?report_type=pdf&download=true",
            "asks": self._client_asks(),
            "cards": self._client_cards(),
            "pay": self._client_may_pay(),
            "down": order.prepayment_percent < 1.0,
            "variation": self._client_variation(),
            "options": self._client_options(),
            "files": self._client_files(),
            "facts": self._client_fact_list(words),
            "jobs": self._client_order_jobs(),
        }

    def _client_fact_list(self, words):
        order = self.sudo()  # behind the gate: names of a visible quote's own relations
        return [
            {"label": self.env._("Number"), "value": self.name},
            {"label": self.env._("Your reference"), "value": self.client_order_ref},
            {"label": self.env._("Date"), "value": words._short(words._local(self.date_order).date())},
            {"label": self.env._("Valid until"), "value": words._short(self.validity_date)},
            self._client_site_fact(),
            {"label": self.env._("Payment terms"), "value": order.payment_term_id.name},
            {"label": self.env._("From"), "value": order.company_id.name},
            {
                "label": self.env._("Signed by"),
                "value": self.signed_by,
                "note": words._short(self.signed_on and words._local(self.signed_on).date()),
            },
        ]

    def _client_may_pay(self):
        """Whether the member may pay now what was approved and is confirmed by a payment.

        :rtype: bool
        """
        order = self.sudo()  # behind the gate: what was answered, and whether a payment is asked
        approved = order.client_approval_id.state == "approved"
        return bool(approved and order._has_to_be_paid() and self.env.user._client_can("approve", self))

    def _client_files(self):
        """[{'name', 'url'}] of the files that came with the quote, for who sees its approval."""
        approval = self.sudo().client_approval_id  # looked up again as the user
        seen = self.env["client.approval"].search([("id", "in", approval.ids)])
        return seen.sudo()._client_document_rows()  # names of its files

    def _client_for_payment(self):
        """The order as stock's payment form wants it; called behind the gate only."""
        return self.sudo()  # stock reads partner, company and transactions of the order

    def _client_payment_routes(self):
        """Addresses of the payment flow without a token: the member passes the gate again."""
        address = self._client_url()
        return {
            "transaction_route": f"{address}/transaction",
            "landing_route": address,
            "access_token": "",
            "pay_reference": self.name,
        }

    def _client_order_jobs(self):
        """Rows of the visible jobs that came from this order."""
        if not self.env.user._client_can("see_jobs", self.client_id):
            return []
        jobs = self.env["project.task"]._client_only_visible([("sale_order_id", "=", self.id)])
        return jobs._client_rows()

    @api.model
    def _client_leaves_to_stock(self, order_id):
        """Whether Odoo's own answer to a quote is meant: it belongs to no client and nobody governed asks.

        A client's quote is answered through its approval, whoever knocks.

        :param int order_id: id from an address
        """
        if self.env.user._is_client_governed():
            return False
        order = self.sudo().browse(order_id).exists()  # only whether it is there and a client's
        return bool(order) and not order.client_id.is_client

    @api.model
    def _client_payable(self, order_id):
        """Whether the current user may pay this quote: stock's own, or one approved by its client.

        :param int order_id: id from an address
        """
        if not self.env.user._is_client_governed():
            return self._client_leaves_to_stock(order_id)
        order = self.search([("id", "=", order_id)], limit=1)
        return bool(order) and order._client_may_pay()

    @api.model
    def _client_searchbar(self):
        today = self.env["client.words"]._today()
        sent, standing = ("state", "=", "sent"), ["|", ("validity_date", "=", False), ("validity_date", ">=", today)]
        return {
            "default_sort": "newest",
            "default_filter": "all",
            "sortings": {
                "newest": {"label": self.env._("Newest first"), "order": "date_order desc, id desc"},
                "valid": {"label": self.env._("Valid until"), "order": "validity_date, id desc"},
                "amount": {"label": self.env._("Amount"), "order": "amount_total desc, id desc"},
                "name": {"label": self.env._("Number"), "order": "name desc, id desc"},
            },
            "filters": {
                "all": {"label": self.env._("Quotes and orders"), "domain": []},
                "open": {"label": self.env._("Waiting for an answer"), "domain": [sent, *standing]},
                "orders": {"label": self.env._("Approved orders"), "domain": [("state", "=", "sale")]},
                "variations": {"label": self.env._("Variations"), "domain": [("id", "in", self._client_variations())]},
                "expired": {"label": self.env._("Expired"), "domain": [sent, ("validity_date", "<", today)]},
                "declined": {"label": self.env._("Declined"), "domain": [("state", "=", "cancel")]},
            },
        }
