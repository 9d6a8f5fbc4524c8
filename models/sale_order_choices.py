"""Optional lines: the client chooses how much of each, and what they choose is what they approve."""

import math

from odoo import models
from odoo.exceptions import UserError

MOST = 1_000_000  # of one line
_FIELD = "quantity_%s"  # name of a line's field in the form


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _client_optional_lines(self):
        """Lines that stand for choice on the printed quote (sudo, behind the gate)."""
        lines = self.sudo()._get_order_lines_to_report()  # what the document shows anyway
        return lines.filtered(lambda line: not line.display_type and line._can_be_edited_on_portal())

    def _client_may_choose(self):
        """Whether the member may choose: the quote is open, and they may say yes to it."""
        return self._client_quote_state() == "open" and self.env.user._client_can("approve", self)

    def _client_choices(self, sent=None):
        """The form of the optional lines: {'rows', 'url'}; None where nothing is to be chosen.

        :param dict sent: what was typed, when it comes back with an error
        """
        if not self._client_may_choose():
            return None
        lines, words = self._client_optional_lines(), self.env["client.words"]
        rows = [
            {
                **line._client_line(),
                "field": _FIELD % line.id,
                "value": (sent or {}).get(_FIELD % line.id) or f"{line.product_uom_qty:.10g}",
                "unit": words._unit(line.product_uom_id),
            }
            for line in lines
        ]
        return {"rows": rows, "url": f"{self._client_url()}/choose"} if rows else None

    def _client_choice_fields(self):
        """Names of the fields that the form may send."""
        return [_FIELD % line.id for line in self._client_optional_lines()]

    def _client_choose(self, sent):
        """Take over the quantities that a member chose, behind the gate; staff read who chose what.

        :param dict sent: texts by ``_client_choice_fields``; a line that is missing stays as it is
        :raise UserError: in words; nothing is kept then
        """
        self.ensure_one()
        if not self._client_may_choose():
            raise UserError(self.env._("This quote cannot be changed any more."))
        self.env["client.throttle"]._check("choose")
        told = []
        for line in self._client_optional_lines():
            text = sent.get(_FIELD % line.id)
            wanted = self._client_quantity(text) if text else line.product_uom_qty
            if line.product_uom_id.compare(wanted, line.product_uom_qty):
                before = line._client_line()
                line._client_take(wanted)
                told.append((before["name"], before["quantity"], line._client_line()["quantity"]))
        if told:
            self._client_say(self._client_choice_words(told), self.env.user.partner_id, internal=True)
            self._client_acted()

    def _client_quantity(self, text):
        """A quantity as a browser sends it.

        :raise UserError: where it is none
        """
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = math.nan
        if not 0 <= number <= MOST:
            raise UserError(self.env._("Please give every quantity as a number, 0 for what you do not want."))
        return number

    def _client_choice_words(self, told):
        rows = [
            self.env._("%(line)s: %(before)s → %(after)s", line=name, before=before, after=after)
            for name, before, after in told
        ]
        return "\n".join([self.env._("Chose in the portal:"), *rows])


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _client_take(self, quantity):
        """Set the quantity, of a combination that of its parts too, at the price that was offered."""
        parts = self._get_linked_lines().filtered("combo_item_id") if self.product_type == "combo" else self.browse()
        for line in self | parts:
            offered = {"price_unit": line.price_unit, "discount": line.discount}  # else Odoo looks them up again
            line.write({"product_uom_qty": quantity, **offered})
