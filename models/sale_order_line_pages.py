from odoo import models

_SECTIONS = ("line_section", "line_subsection")


class SaleOrder(models.Model):
    """The lines and totals of a quote as its printed form has them."""

    _inherit = "sale.order"

    def _client_lines(self):
        """What the PDF prints, as plain values; called in sudo behind the gate.

        :return: list of {'kind', 'name', 'note', 'quantity', 'price', 'discount', 'amount', 'optional'}
        """
        return [line._client_line() for line in self._get_order_lines_to_report()]

    def _client_totals(self):
        """[{'label', 'amount', 'total'}]: untaxed, each tax group, total."""
        rows = self._client_tax_rows(self.tax_totals)
        total = self.env["client.words"]._amount(self.amount_total, self.currency_id)
        return [*rows, {"label": self.env._("Total"), "amount": total, "total": True}]


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _client_line(self):
        """One line as plain values; sections may hide prices or what they are made of."""
        amount = self.env["client.words"]._amount
        name, _newline, note = (self.name or "").partition("\n")
        values = {"name": name, "note": note.strip(), "quantity": "", "price": "", "discount": "", "amount": ""}
        values["optional"] = bool(self.is_optional) if self.display_type else self._is_line_optional()
        if self.display_type in _SECTIONS:
            hidden = self.display_type == "line_subsection" and self.parent_id.collapse_prices
            total = "" if hidden else amount(self._get_section_totals("price_subtotal"), self.currency_id)
            return {**values, "kind": self.display_type.removeprefix("line_"), "amount": total}
        if self.display_type:
            return {**values, "kind": "note"}
        quantity = self.env["client.words"]._quantity(self.product_uom_qty, self.product_uom_id)
        values |= {"kind": "line", "quantity": quantity}
        if not self._client_hides("collapse_prices"):
            values |= {
                "price": amount(self.price_unit, self.currency_id),
                "discount": f"{self.discount:g} %" if self.discount else "",
                "amount": amount(self.price_subtotal, self.currency_id),
            }
        return values
