from odoo import models


class SaleOrder(models.Model):
    """How the list of quotes and orders reads as a file."""

    _inherit = "sale.order"

    def _client_columns(self):
        words = self.env["client.words"]
        titles = self._client_titles()
        varied = self._client_varied()
        return [
            (self.env._("Title"), lambda order: order._client_heading(titles[order.id], order.id in varied)),
            (self.env._("Number"), lambda order: order.name),
            *self._client_place_columns(),
            (self.env._("Date"), lambda order: words._sheet_day(order.date_order)),
            (self.env._("State"), lambda order: order._client_badge()["label"]),
            (self.env._("Valid until"), lambda order: order.validity_date),
            (self.env._("Amount"), lambda order: order.currency_id.round(order.amount_total)),
            (self.env._("Currency"), lambda order: order.currency_id.name),
        ]
