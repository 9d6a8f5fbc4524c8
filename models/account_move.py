from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

UNPAID = ("not_paid", "partial")


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "client.scoped", "client.court"]

    _client_capability = "see_invoices"
    _client_site_paths = ("partner_shipping_id",)
    _client_publish_depends = ("state", "move_type")

    # an invoice waits from the day after it was due: the calendar says so, nothing is stored
    client_court = fields.Selection(store=False, index=None)
    client_court_since = fields.Datetime(store=False)
    client_spent_client = fields.Integer(store=False)
    client_spent_operator = fields.Integer(store=False)

    _client_list = models.Index("(client_id, invoice_date DESC, id DESC) WHERE client_published IS TRUE")

    def _client_may_publish(self):
        return self.state == "posted" and self.move_type in ("out_invoice", "out_refund")

    def _client_news(self, old, new):
        if not old.get("client_published"):
            yield ("credit_note_posted" if self.move_type == "out_refund" else "invoice_posted"), {}

    @api.model
    def _client_overdue_domain(self):
        today = fields.Date.context_today(self)
        return (
            Domain("move_type", "=", "out_invoice")
            & Domain("state", "=", "posted")
            & Domain("payment_state", "in", UNPAID)
            & Domain("invoice_date_due", "<", today)
        )

    def _client_court_depends(self):
        return [*super()._client_court_depends(), "state", "move_type", "payment_state", "invoice_date_due"]

    @api.depends(lambda self: self._client_court_depends())
    def _compute_client_court(self):
        overdue = self.filtered_domain(self._client_overdue_domain())
        for move in self:
            late = move in overdue and datetime.combine(move.invoice_date_due + timedelta(days=1), time.min)
            move.client_court = "client" if late else "operator" if move.client_wrote_on else False
            move.client_court_since = late or move.client_wrote_on
            move.client_spent_client = move.client_spent_operator = 0

    def _invoice_paid_hook(self):
        """Tell the client of a paid invoice, once Odoo has settled it."""
        result = super()._invoice_paid_hook()
        paid = self.filtered(lambda m: m.client_published and m.client_id.is_client and m.move_type == "out_invoice")
        rows = [move._client_update_vals("invoice_paid") for move in paid.sudo()]  # whoever pays
        self.env["client.update"].sudo()._append(rows)  # nobody has create rights on updates
        return result

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        if not self._client_name_records():
            super()._compute_display_name()

    def _client_url(self):
        return f"/my/invoices/{self.id}"
