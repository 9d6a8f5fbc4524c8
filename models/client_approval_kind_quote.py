import logging

from odoo import api, models
from odoo.tools.translate import LazyTranslate

from .client_canonical import decimal

_lt = LazyTranslate(__name__)
_logger = logging.getLogger(__name__)
_REPORT = "sale.action_report_saleorder"
_QUOTE_CONSENT = (
    "1",
    _lt(
        "I have read this quote, its lines, prices and terms, and accept it on behalf of %(client)s. "
        "My name here is a simple electronic signature."
    ),
)


class ClientApprovalKindQuote(models.AbstractModel):
    """A quote: approved, stock's own flow signs and confirms it; declined, it is cancelled."""

    _name = "client.approval.kind.quote"
    _inherit = "client.approval.kind"
    _description = "Approval of a quote"

    _client_model = "sale.order"

    @api.model
    def _label(self):
        return self.env._("Quote")

    @api.model
    def _consent(self):
        return _QUOTE_CONSENT

    @api.model
    def _labels(self):
        return {
            **super()._labels(),
            "lines": self.env._("Line"),
            "name": self.env._("description"),
            "quantity": self.env._("quantity"),
            "unit": self.env._("unit"),
            "price": self.env._("price"),
            "discount": self.env._("discount in %"),
            "taxes": self.env._("taxes"),
            "amount": self.env._("amount"),
            "untaxed": self.env._("Untaxed amount"),
            "tax": self.env._("Taxes"),
            "total": self.env._("Total"),
            "currency": self.env._("Currency"),
            "terms": self.env._("Terms"),
            "payment_terms": self.env._("Payment terms"),
            "prepayment": self.env._("Payment in advance"),
            "site": self.env._("Site"),
            "varies": self.env._("What it changes"),
        }

    # ------------------------------------------------------------------------ what

    @api.model
    def _fits(self, record):
        return super()._fits(record) and record.state in ("sent", "sale") and not record._client_varies()

    @api.model
    def _subject(self, record):
        return record._client_titles()[record.id], record.name

    @api.model
    def _content(self, record):
        order = record.with_context(lang="en_US")  # names in one language, whoever looks
        digits = order.currency_id.decimal_places
        return {
            "lines": [self._line(line, digits) for line in self._shown(order)],
            "untaxed": decimal(order.amount_untaxed, digits),
            "tax": decimal(order.amount_tax, digits),
            "total": decimal(order.amount_total, digits),
            "currency": order.currency_id.name,
            "terms": str(order.note or ""),
            "payment_terms": order.payment_term_id.name or "",
            "prepayment": decimal(order.prepayment_percent * 100, 2) if order.require_payment else "",
            "site": order.client_site_id.name or "",
            "varies": order.variation_of_id.name or "",
        }

    @api.model
    def _shown(self, order):
        """The lines that are shown: not what a section is made of where it hides that."""
        lines = order.order_line.sorted()
        lines._client_find_sections()
        return lines.filtered(lambda line: not line.is_downpayment and not line._client_hides("collapse_composition"))

    @api.model
    def _line(self, line, digits):
        """One line as it is shown; the evidence goes to the client and holds no price that the paper hides."""
        if line.display_type:
            return {"id": line.id, "kind": line.display_type, "name": line.name or ""}
        precision = self.env["decimal.precision"].precision_get
        shown = {
            "id": line.id,
            "kind": "line",
            "name": line.name or "",
            "quantity": decimal(line.product_uom_qty, precision("Product Unit")),
            "unit": line.product_uom_id.name or "",
        }
        if line._client_hides("collapse_prices"):
            return shown
        return {
            **shown,
            "price": decimal(line.price_unit, precision("Product Price")),
            "discount": decimal(line.discount, precision("Discount")),
            "taxes": ", ".join(line.tax_ids.sorted().mapped("name")),
            "amount": decimal(line.price_subtotal, digits),
        }

    @api.model
    def _amount(self, record):
        return record.amount_total, record.currency_id

    @api.model
    def _due(self, record):
        return record.validity_date, record.validity_date

    @api.model
    def _signs(self, record):
        return bool(record.require_signature)

    @api.model
    def _asks_order_number(self, record):
        return True

    @api.model
    def _obstacle(self, record):
        if record.state == "cancel":
            return self.env._("This quote was cancelled.")
        if record.state == "draft":
            return self.env._("This quote is being revised.")
        return ""

    @api.model
    def _guarded(self, record):
        return record.state in ("sent", "sale")

    @api.model
    def _asked_by(self, record):
        return self.env["res.users"]

    @api.model
    def _facts(self, record):
        labels = self.env._("Your reference"), self.env._("Payment terms")  # site and dates stand there anyway
        facts = record._client_fact_list(self.env["client.words"])
        return [fact for fact in facts if fact["label"] in labels]

    @api.model
    def _lines(self, record):
        return {"lines": record._client_lines(), "totals": record._client_totals()}

    @api.model
    def _text(self, record):
        return record.note or ""

    @api.model
    def _after(self, approval):
        order = approval._subject()
        return f"{order._client_url()}/pay" if approval.state == "approved" and order._has_to_be_paid() else ""

    @api.model
    def _print(self, record):
        """Odoo's own printed quote; None where the server cannot print."""
        if not self.env["client.completion"]._engine_works():
            return None
        try:
            content, kind = self.env["ir.actions.report"].sudo()._render_qweb_pdf(_REPORT, record.ids)  # as stock does
        except Exception as error:
            _logger.warning("The quote %s could not be printed, a plain document is kept: %s", record.name, error)
            return None
        if kind != "pdf" or not content.startswith(b"%PDF"):
            return None
        return f"{record._get_report_base_filename()}.pdf", content

    # --------------------------------------------------------------------- effects

    @api.model
    def _approved(self, approval, decision):
        order = approval._subject()
        vals = self._signature_vals(decision)
        if decision.order_number:
            vals["client_order_ref"] = decision.order_number
        if vals:
            order.write(vals)
        order._client_say(self._sentence(decision), self.env.user.partner_id, internal=True)
        if order.state == "sent" and not order._has_to_be_paid():
            order.with_context(client_mails_later=True)._validate_order()

    @api.model
    def _signature_vals(self, decision):
        signature = decision.with_context(bin_size=False).signature
        if not signature:
            return {}
        return {"signed_by": decision.signed_name, "signed_on": decision.date, "signature": signature}

    @api.model
    def _sentence(self, decision):
        """'Approved by Dana Price (Approver), for Luca Brandt, their order 4711', for staff."""
        words = self.env._("Approved by %(name)s (%(role)s)", name=decision.user_name, role=decision.role)
        if decision.behalf_name:
            words = self.env._("%(words)s, for %(absent)s", words=words, absent=decision.behalf_name)
        if decision.order_number:
            words = self.env._("%(words)s, their order %(number)s", words=words, number=decision.order_number)
        return words

    @api.model
    def _declined(self, approval, decision):
        order = approval._subject()
        order._client_say(decision.comment, self.env.user.partner_id)
        if order.state == "sent":
            order._action_cancel()
        approval._alert(
            self.env._("%(name)s declined %(quote)s", name=decision.user_name, quote=order.name), decision.comment
        )

    @api.model
    def _changes_requested(self, approval, decision):
        order = approval._subject()
        order._client_say(decision.comment, self.env.user.partner_id)
        approval._alert(
            self.env._("%(name)s asks for changes of %(quote)s", name=decision.user_name, quote=order.name),
            decision.comment,
        )

    @api.model
    def _stale(self, approval, decision):
        """The signature stands under what was signed, and under nothing else."""
        approval._subject().write({"signature": False, "signed_by": False, "signed_on": False})

    @api.model
    def _restored(self, approval, decision):
        vals = self._signature_vals(decision)
        if vals:
            approval._subject().write(vals)

    @api.model
    def _announces(self, record):
        return False  # the quote's own mail asks

    @api.model
    def _tells(self, approval, event):
        """The order tells by itself when it is sent, confirmed or cancelled."""
        order = approval._subject()
        told = {
            "requested": not approval.previous_id,
            "approved": order.state == "sale",
            "declined": order.state == "cancel",
        }
        return not told.get(event)
