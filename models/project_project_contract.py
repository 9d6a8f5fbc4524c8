"""What a project costs by now: what was agreed at first, approved variations and what they come to."""

from collections import defaultdict

from odoo import models

from .sale_order_variation import VARIES

FETCHED = ("state", "validity_date", "amount_total", "currency_id", "variation_of_id", "variation_task_id")


class ProjectProject(models.Model):
    _inherit = "project.project"

    def _client_contract(self):
        """Sums of the orders of this project that the member sees, one list per currency.

        :return: [[{'label', 'amount', 'total', 'open'}]]; nothing without a confirmed order or without the capability
        """
        if not self.env.user._client_can("see_quotes", self.client_id):
            return []
        orders = self.env["sale.order"]
        visible = orders._client_visible_domain() & self._client_orders_domain()
        found = orders.sudo().search_fetch(visible, FETCHED, order="id")  # the user's rules are in it
        varied = found.filtered_domain(VARIES)
        parts = defaultdict(lambda: {"original": [], "agreed": [], "open": []})
        for order in found:
            if order.state == "sale":
                parts[order.currency_id]["agreed" if order in varied else "original"].append(order.amount_total)
            elif order in varied and order._client_quote_state() == "open":
                parts[order.currency_id]["open"].append(order.amount_total)
        return [
            self._client_contract_rows(currency, **of_currency)
            for currency, of_currency in parts.items()
            if of_currency["original"] or of_currency["agreed"]
        ]

    def _client_contract_rows(self, currency, original, agreed, **waiting):
        amount = self.env["client.words"]._amount
        rows = [
            (self.env._("Original contract"), sum(original)),
            (self.env._("Approved variations (%s)", len(agreed)), sum(agreed)),
            (self.env._("Contract sum"), sum(original) + sum(agreed)),
        ]
        if not agreed:
            del rows[1]
        if waiting["open"]:
            label = self.env._("Variations waiting for an answer (%s)", len(waiting["open"]))
            rows.append((label, sum(waiting["open"])))
        total = 2 if agreed else 1
        return [
            {"label": label, "amount": amount(value, currency), "total": number == total, "open": number > total}
            for number, (label, value) in enumerate(rows)
        ]
