from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from .account_move import UNPAID


class AccountMove(models.Model):
    """What the pages show of an invoice or a credit note."""

    _inherit = "account.move"

    _client_section = "invoices"
    _client_list_url = "/my/invoices"
    _client_search = ("name", "ref", "payment_reference", "client_site_id.name")
    _client_row_fields = (
        "client_id",
        "client_site_id",
        "company_id",
        "name",
        "ref",
        "move_type",
        "payment_state",
        "invoice_date",
        "invoice_date_due",
        "amount_total",
        "amount_residual",
        "currency_id",
    )

    def _client_is_open(self):
        return self.move_type == "out_invoice" and self.payment_state in UNPAID

    def _client_badge(self):
        words = self.env["client.words"]
        if self.move_type == "out_refund":
            return {"label": self.env._("Credit note"), "tone": "info"}
        if self._client_is_open():
            return words._due(self.invoice_date_due)
        if self.payment_state == "in_payment":
            return {"label": self.env._("Payment on its way"), "tone": "info"}
        if self.payment_state == "reversed":
            return {"label": self.env._("Reversed"), "tone": "muted"}
        return {"label": self.env._("Paid"), "tone": "success"}

    def _client_rows(self):
        words = self.env["client.words"]
        sites, payable = self._client_places(), self._client_payable()
        return [
            {
                "id": move.id,
                "url": move._client_url(),
                "title": move._client_heading(),
                "detail": self._client_details(move.ref, sites[move.id], words._short(move.invoice_date)),
                "badge": move._client_badge(),
                "amount": words._amount(move.amount_total, move.currency_id),
                "left": words._amount(move.amount_residual, move.currency_id)
                if move.payment_state == "partial"
                else "",
                "open": move._client_is_open(),
                "pay": {"value": move.id, "url": f"{move._client_url()}/pay"} if move in payable else None,
            }
            for move in self
        ]

    def _client_heading(self):
        if self.move_type == "out_refund":
            return self.env._("Credit note %s", self.name)
        return self.env._("Invoice %s", self.name)

    def _client_facts(self):
        self.ensure_one()
        words = self.env["client.words"]
        move = self.sudo()  # behind the gate: names of a visible invoice's own relations
        return {
            "id": self.id,
            "title": self._client_heading(),
            "badge": self._client_badge(),
            "amount": words._amount(self.amount_total, self.currency_id),
            "left": words._amount(self.amount_residual, self.currency_id),
            "open": self._client_is_open(),
            "payable": bool(self._client_payable()),
            "pay_url": f"{self._client_url()}/pay",
            "lines": move._client_lines(),
            "totals": move._client_totals(),
            "terms": self.narration,
            "pdf": f"{self._client_url()}?report_type=pdf&download=true",
            "cards": self._client_cards(),
            "facts": [
                {"label": self.env._("Number"), "value": self.name},
                {"label": self.env._("Your reference"), "value": self.ref},
                {"label": self.env._("Invoice date"), "value": words._short(self.invoice_date)},
                {"label": self.env._("Due date"), "value": words._short(self.invoice_date_due)},
                {"label": self.env._("Payment reference"), "value": self.payment_reference},
                {
                    "label": self.env._("Bank account"),
                    "value": self._client_is_open() and move.partner_bank_id.acc_number,
                },
                self._client_site_fact(with_address=False),
                *self._client_order_facts(),
                {"label": self.env._("From"), "value": move.company_id.name},
            ],
        }

    def _client_order_facts(self):
        """The orders this invoice bills, for members who see them."""
        orders = self.sudo().invoice_line_ids.sale_line_ids.order_id  # looked up again as the user
        if not orders or not self.env.user._client_can("see_quotes", self.client_id):
            return []
        return [
            {"label": self.env._("Order"), "value": order.name, "url": order._client_url()}
            for order in self.env["sale.order"].search([("id", "in", orders.ids)], limit=3)
        ]

    def _client_totals(self):
        """[{'label', 'amount', 'total'}]; called in sudo behind the gate."""
        amount = self.env["client.words"]._amount
        rows = self._client_tax_rows(self.tax_totals)
        rows.append(
            {"label": self.env._("Total"), "amount": amount(self.amount_total, self.currency_id), "total": True}
        )
        if self.payment_state == "partial":
            rows.append(
                {
                    "label": self.env._("Left to pay"),
                    "amount": amount(self.amount_residual, self.currency_id),
                    "total": True,
                }
            )
        return rows

    @api.model
    def _client_overdue(self, domain):
        """What of some invoices is overdue by the reader's own date; see ``_client_overdue_words``.

        :param domain: which of the user's invoices are looked at
        """
        late = Domain(domain) & self._client_overdue_domain()
        groups = self._read_group(late, ["currency_id"], ["__count", "amount_residual:sum"])
        return self._client_overdue_words(groups)

    @api.model
    def _client_overdue_words(self, groups):
        """A reminder, or None where nothing is overdue.

        :param groups: [(currency, number of invoices, what is left of them)]
        :return: {'count', 'text': with one amount per currency, 'link': what leads to them}
        """
        count, left = 0, defaultdict(float)
        for currency, number, amount in groups:
            count += number
            left[currency] += amount
        if not count:
            return None
        words = self.env["client.words"]
        amounts = " + ".join(words._amount(left[currency], currency) for currency in left)
        if count == 1:
            text, link = self.env._("An invoice is overdue: %s.", amounts), self.env._("Show it")
        else:
            text = self.env._("%(count)s invoices are overdue: %(amounts)s.", count=count, amounts=amounts)
            link = self.env._("Show them")
        return {"count": count, "text": text, "link": link}

    @api.model
    def _client_searchbar(self):
        today = self.env["client.words"]._today()
        unpaid = [("move_type", "=", "out_invoice"), ("payment_state", "in", UNPAID)]
        return {
            "default_sort": "newest",
            "default_filter": "all",
            "sortings": {
                "newest": {"label": self.env._("Newest first"), "order": "invoice_date desc, id desc"},
                "due": {"label": self.env._("Due date"), "order": "invoice_date_due, id desc"},
                "amount": {"label": self.env._("Amount"), "order": "amount_total desc, id desc"},
                "name": {"label": self.env._("Number"), "order": "name desc, id desc"},
            },
            "filters": {
                "all": {"label": self.env._("All invoices"), "domain": []},
                "open": {"label": self.env._("To pay"), "domain": unpaid},
                "overdue": {"label": self.env._("Overdue"), "domain": [*unpaid, ("invoice_date_due", "<", today)]},
                "paid": {
                    "label": self.env._("Paid"),
                    "domain": [("move_type", "=", "out_invoice"), ("payment_state", "not in", UNPAID)],
                },
                "credit": {"label": self.env._("Credit notes"), "domain": [("move_type", "=", "out_refund")]},
            },
        }
