from odoo import api, fields, models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "client.scoped", "client.court"]

    _client_capability = "see_quotes"
    _client_site_paths = ("partner_shipping_id",)
    _client_publish_depends = ("client_sent",)
    _client_news_fields = ("state",)

    client_sent = fields.Boolean(
        string="Sent to the client", compute="_compute_client_sent", store=True, copy=False
    )

    _client_list = models.Index("(client_id, date_order DESC, id DESC) WHERE client_published IS TRUE")

    @api.depends("state")
    def _compute_client_sent(self):
        """Drafts and never-sent quotes are invisible; what was sent stays when cancelled."""
        for order in self:
            order.client_sent = order.state in ("sent", "sale") or (
                order.state == "cancel" and order.client_sent
            )

    def _client_court_depends(self):
        return [*super()._client_court_depends(), "state"]

    def _client_court_now(self):
        """A quote that was sent waits for the client's yes or no."""
        return "client" if self.state == "sent" else super()._client_court_now()

    def _client_may_publish(self):
        return self.client_sent

    def _client_news(self, old, new):
        about = {"title": self._client_titles()[self.id]}
        what = "variation" if self._client_varies() else "quote"
        if not old.get("client_published"):
            yield f"{what}_sent", about
        if new["state"] == old.get("state"):
            return
        if new["state"] == "sale":
            yield f"{what}_approved", about
        elif new["state"] == "cancel" and old.get("client_published"):
            yield ("option_passed" if self._client_passed_over() else f"{what}_declined"), about

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        if not self._client_name_records():
            super()._compute_display_name()

    def _client_url(self):
        return f"/my/orders/{self.id}"
