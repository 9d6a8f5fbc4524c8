from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .account_move import UNPAID

LATEST = timedelta(days=7)  # what fell due longer ago is not told any more, such as on the day of installation
AT_ONCE = 1000  # the rest is told with the next run


class AccountMove(models.Model):
    """An invoice that falls due is news, once."""

    _inherit = "account.move"

    @api.model
    def _cron_client_due(self):
        """Tell clients of invoices that are due today, or were while the job did not run."""
        today = fields.Date.context_today(self)
        updates = self.env["client.update"]
        told = updates._search([("res_model", "=", self._name), ("kind", "=", "invoice_due")])
        due = (
            Domain("client_published", "=", True)
            & Domain("client_id.is_client", "=", True)
            & Domain("move_type", "=", "out_invoice")
            & Domain("payment_state", "in", UNPAID)
            & Domain("invoice_date_due", "<=", today)
            & Domain("invoice_date_due", ">", today - LATEST)
            & Domain("id", "not in", told.subselect("res_id"))
        )
        moves = self.search(due, order="invoice_date_due, id", limit=AT_ONCE)
        updates._append([move._client_update_vals("invoice_due") for move in moves])
