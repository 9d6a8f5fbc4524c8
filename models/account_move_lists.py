from odoo import models


class AccountMove(models.Model):
    """How the list of invoices reads as a file."""

    _inherit = "account.move"

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
