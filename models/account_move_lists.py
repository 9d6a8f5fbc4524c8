from odoo import api, models
from odoo.fields import Domain

from .client_search_words import text_domain


class AccountMove(models.Model):
    """How the list of invoices is searched and narrowed, and how it reads as a file."""

    _inherit = "account.move"

    @api.model
    def _client_narrowings(self, query, client_ids):
        sites = [("is_client_site", "=", True), ("commercial_partner_id", "in", client_ids)]
        narrow = self._client_at_site
        return [
            self._client_choice("site", self.env._("Site"), query, "res.partner", sites, narrow),
            *super()._client_narrowings(query, client_ids),
            *self._client_period(query, self._client_dated_in),
        ]

    @api.model
    def _client_at_site(self, site):
        return [("client_site_id", "=", site.id)]

    @api.model
    def _client_dated_in(self, first, last):
        """Domain of invoices dated in a period, both days included."""
        domain = Domain("invoice_date", ">=", first) if first else Domain.TRUE
        return domain & Domain("invoice_date", "<=", last) if last else domain

    @api.model
    def _client_word_domain(self, word):
        """Invoices are found by the number the client gave the order, also where it came after the invoice."""
        clients = self.env.user._client_members().client_id
        ordered = Domain("client_id", "in", clients.ids)
        ordered &= text_domain(self.env, ["client_order_ref"], word)
        billed = self.sudo()._search(  # the client's own number; AND-ed with the user's rules by the list
            Domain("client_id", "in", clients.ids) & Domain("invoice_line_ids.sale_line_ids.order_id", "any", ordered)
        )
        return super()._client_word_domain(word) | self._client_among("id", billed.subselect("id"))

    def _client_columns(self):
        return [
            (self.env._("Title"), lambda move: move._client_heading()),
            (self.env._("Your reference"), lambda move: move.ref),
            *self._client_place_columns(),
            (self.env._("Date"), lambda move: move.invoice_date),
            (self.env._("Due date"), lambda move: move.invoice_date_due),
            (self.env._("State"), lambda move: move._client_sheet_state()),
            (self.env._("Amount"), lambda move: move.currency_id.round(move.amount_total)),
            (self.env._("Left to pay"), lambda move: move.currency_id.round(move.amount_residual)),
            (self.env._("Currency"), lambda move: move.currency_id.name),
        ]

    def _client_sheet_state(self):
        """As on screen, but for how many days are left: tomorrow the file would be wrong."""
        return self.env._("To pay") if self._client_is_open() else self._client_badge()["label"]
