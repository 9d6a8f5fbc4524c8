from odoo import models

_SECTIONS = ("line_section", "line_subsection")


class AccountMove(models.Model):
    """The lines of an invoice as its printed form has them."""

    _inherit = "account.move"

    def _client_lines(self):
        """What the PDF prints, as plain values; called in sudo behind the gate.

        :return: list of {'kind', 'name', 'note', 'quantity', 'price', 'discount', 'amount'}
        """
        lines = self.invoice_line_ids.sorted("sequence")
        lines._client_find_sections()
        return [line._client_line() for line in lines if not line._client_hides("collapse_composition")]


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _client_line(self):
        """One invoice line as plain values, in the shape of a quote's."""
        amount = self.env["client.words"]._amount
        name, _newline, note = (self.name or "").partition("\n")
        values = {"name": name, "note": note.strip(), "quantity": "", "price": "", "discount": "", "amount": ""}
        hidden = self._client_hides("collapse_prices")
        if self.display_type in _SECTIONS:
            folds = not hidden and (self.collapse_prices or self.collapse_composition)
            total = amount(self.get_section_subtotal(), self.currency_id) if folds else ""
            return {**values, "kind": self.display_type.removeprefix("line_"), "amount": total}
        if self.display_type == "line_note":
            return {**values, "kind": "note"}
        values |= {"kind": "line", "quantity": self.env["client.words"]._quantity(self.quantity, self.product_uom_id)}
        if hidden:
            return values
        return {
            **values,
            "price": amount(self.price_unit, self.currency_id),
            "discount": f"{self.discount:g} %" if self.discount else "",
            "amount": amount(self.price_subtotal, self.currency_id),
        }
