from odoo import api, models

from .client_search_words import text_domain


class SaleOrder(models.Model):
    """How the list of quotes and orders is searched, and how it reads as a file."""

    _inherit = "sale.order"

    @api.model
    def _client_narrowings(self, query, client_ids):
        sites = [("is_client_site", "=", True), ("commercial_partner_id", "in", client_ids)]
        return [
            self._client_choice("site", self.env._("Site"), query, "res.partner", sites, self._client_at_site),
            *super()._client_narrowings(query, client_ids),
            *self._client_period(query, lambda first, last: self._client_between("date_order", first, last)),
        ]

    @api.model
    def _client_at_site(self, site):
        return [("client_site_id", "=", site.id)]

    @api.model
    def _client_word_domain(self, word):
        """Quotes are found by their lines too, as far as the member reads these."""
        lines = self.env["sale.order.line"]
        found = lines._search(text_domain(self.env, ["name"], word))
        return super()._client_word_domain(word) | self._client_among("id", found.subselect("order_id"))

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
