from odoo import api, models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "client.scoped"]

    _client_capability = "see_invoices"
    _client_site_paths = ("partner_shipping_id",)
    _client_publish_depends = ("state", "move_type")

    _client_list = models.Index("(client_id, invoice_date DESC, id DESC) WHERE client_published IS TRUE")

    def _client_may_publish(self):
        return self.state == "posted" and self.move_type in ("out_invoice", "out_refund")

    def _client_news(self, old, new):
        if not old.get("client_published"):
            yield ("credit_note_posted" if self.move_type == "out_refund" else "invoice_posted"), {}

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
