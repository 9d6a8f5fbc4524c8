from odoo import api, models


class SaleOrder(models.Model):
    """Sending a quote asks the client; taking it back, cancelling or confirming it ends the question."""

    _name = "sale.order"
    _inherit = ["sale.order", "client.approvable"]

    def _client_court_depends(self):
        return [*super()._client_court_depends(), "client_approval_id.state"]

    def _client_court_now(self):
        """The client's turn while they are asked or have to pay, ours while they want changes."""
        if self.state == "sent" and self.client_approval_id:
            turn = {"pending": "client", "approved": "client", "changes": "operator", "expired": "operator"}
            return turn.get(self.client_approval_id.state, False)
        return super()._client_court_now()

    # ---------------------------------------------------------------------- asking

    @api.model
    def _client_quote_kind(self):
        return "variation" if self._client_varies() else "quote"

    def _client_ask_missing(self, documents=None):
        """Ask the clients of sent quotes that wait for nobody's answer.

        :param documents: ir.attachment that came with the quote
        """
        today = self.env["client.words"]._today()
        for order in self.sudo():  # the engine asks, whoever sent it
            if order.state != "sent" or not (order.client_id.is_client and order.client_published):
                continue
            before = order.client_approval_id
            if before.state in ("pending", "approved") or (order.validity_date and order.validity_date < today):
                continue
            order._client_ask(before, documents)

    def _client_ask(self, before, documents):
        options = {"document_ids": [(6, 0, documents.ids)]} if documents else {}
        self.env["client.approval"]._ask(self, self._client_quote_kind(), previous_id=before.id, **options)

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sent")._client_ask_missing()
        return orders

    def write(self, vals):
        before = {order: order.state for order in self} if "state" in vals else {}
        result = super().write(vals)
        for order, state in before.items():
            if state != order.state:
                order._client_state_moved(state)
        if not {"validity_date", "client_publish", "partner_id"}.isdisjoint(vals):
            self._client_validity_moved()
        return result

    def _client_state_moved(self, before):
        """Ask, or end the question, with the state of the quote."""
        if self.state == "sent":
            return self._client_ask_missing()
        approval = self.sudo().client_approval_id  # the engine's own
        event = {"draft": "revising", "cancel": "withdrawn", "sale": "confirmed"}.get(self.state)
        if event:
            approval._withdraw(event)
        if self.state == "draft" and approval.state == "approved":
            approval._mark_stale("revising")
        return None

    def _client_validity_moved(self):
        """The time to answer is the quote's own; what ended in time can be asked again."""
        waiting = self.sudo().client_approval_id.filtered(lambda a: a.state == "pending")  # the engine's own
        for approval in waiting:
            due, expires = approval._kind()._due(approval._subject())
            approval.write({"date_due": due, "date_expires": expires})
            approval._plan_reminder()
        ended = self.sudo().filtered(lambda o: (o.client_approval_id.state or "expired") == "expired")  # only whether
        self.browse(ended.ids)._client_ask_missing()

    def _send_order_notification_mail(self, mail_template, allow_deferred_sending=True):
        """What an answer leads to is mailed after it: its document takes seconds to print, others wait to answer."""
        if not (mail_template and self.env.context.get("client_mails_later") and allow_deferred_sending):
            return super()._send_order_notification_mail(mail_template, allow_deferred_sending=allow_deferred_sending)
        self.pending_email_template_id = mail_template
        self.env["ir.cron"]._client_wake("client_portal.client_order_mail_cron")
        return None

    def message_post(self, **kwargs):
        """A quote sent again by mail is asked again; files sent along are part of the question."""
        before = self.sudo().client_approval_id  # the engine's own
        message = super().message_post(**kwargs)
        if self.env.context.get("mark_so_as_sent"):
            self._client_sent_by_mail(message, before)
        return message

    def _client_sent_by_mail(self, message, before):
        """Ask, if nothing waits, about the quote and the files that went with it.

        :param before: what was asked before the mail
        """
        self._client_ask_missing()
        for approval in self.sudo().client_approval_id:  # the engine's own
            if approval.state == "pending" and message.attachment_ids:
                approval.document_ids = [(6, 0, message.sudo().attachment_ids.ids)]  # what the client got
                if approval == before:
                    approval._content_moved()
                else:  # asked by this very mail
                    approval._remember_asked(approval._subject())


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _client_became_client(self):
        """Quotes that were sent before wait for the client's answer from now on."""
        super()._client_became_client()
        orders = self.env["sale.order"].sudo()  # the engine asks, whoever makes the client
        orders.search([("client_id", "in", self.ids), ("state", "=", "sent")])._client_ask_missing()
