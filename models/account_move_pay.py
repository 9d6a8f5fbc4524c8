"""Paying on the pages: what may be paid online, how much of it, and what came of it."""

import math

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import str2bool

URL = "/my/invoices"
MOST = 40  # invoices paid in one go
# what a transaction came to -> tone of the message about it
NOTICES = {"done": "success", "authorized": "success", "pending": "info", "cancel": "warning", "error": "danger"}


class AccountMove(models.Model):
    _inherit = "account.move"

    # ------------------------------------------------------------------------- whether

    def _client_payable(self):
        """Those of the invoices that can be paid online now; in as many queries whatever their number.

        :return: account.move, as the user
        """
        unpaid = self.filtered(lambda move: move._client_is_open())
        providers = unpaid._client_providers() if unpaid and self._client_pays_here() else []
        fitting = unpaid.filtered(lambda move: any(move._client_takes(provider) for provider in providers))
        asked = fitting.sudo().filtered(lambda move: move._has_to_be_paid())  # stock looks at transactions
        return self.browse(asked.ids)

    @api.model
    def _client_pays_here(self):
        """Whether the operator wants to be paid on the pages at all: Odoo's own setting."""
        parameter = self.env["ir.config_parameter"].sudo()  # a setting
        return str2bool(parameter.get_param("account_payment.enable_portal_payment"))

    @api.model
    def _client_providers(self):
        """Providers open to clients that have a way to pay (sudo: only whether they fit)."""
        domain = [("state", "in", ("enabled", "test")), ("is_published", "=", True)]
        return self.env["payment.provider"].sudo().search(domain).filtered("payment_method_ids")  # see above

    def _client_takes(self, provider):
        """Whether a provider takes money for this invoice's company in its currency.

        :param provider: one of ``_client_providers``
        """
        company = self.company_id.sudo()  # which company a branch belongs to
        currencies = provider.available_currency_ids
        return provider.company_id in company.parent_ids and (not currencies or self.currency_id in currencies)

    def _client_unpayable(self):
        """Why the invoices cannot be paid in one go, in words; '' if they can."""
        if not self:
            return self.env._("Please choose what you would like to pay.")
        if len(self) > MOST:
            return self.env._("Please choose at most %s invoices at a time.", MOST)
        if self != self._client_payable():
            return self.env._("Not all of these invoices can be paid online now.")
        if len(self.client_id) > 1 or len(self.company_id) > 1:
            return self.env._("These invoices belong to different accounts. Please pay them one account at a time.")
        if len(self.currency_id) > 1:
            return self.env._("These invoices are in different currencies. Please pay them one currency at a time.")
        return ""

    # ------------------------------------------------------------------------ how much

    def _client_due_now(self):
        """What stock would ask for: {'amount': all that is left, 'label', 'part', 'part_label'}.

        With a discount for early payment less settles the invoice; with instalments a part of it is due first.
        """
        self.ensure_one()
        move = self.sudo()  # behind the gate: instalments are lines members do not read
        due = move._get_invoice_next_payment_values()
        left = self.env._("All that is left")
        if due.get("installment_state") == "epd":
            label = self.env._("With the discount for early payment")
            return {"amount": due["amount_due"], "label": label, "part": 0.0, "part_label": ""}
        if due.get("installment_state") in ("next", "overdue"):
            labels = {"next": self.env._("Next instalment"), "overdue": self.env._("Overdue instalments")}
            label = labels[due["installment_state"]]
            return {"amount": due["amount_due"], "label": left, "part": due["next_amount_to_pay"], "part_label": label}
        return {"amount": self.amount_residual, "label": left, "part": 0.0, "part_label": ""}

    def _client_amount(self, text):
        """The amount somebody wants to pay of one invoice.

        :param str text: from an address; empty for what is due
        :return: (amount, problem in words or '')
        """
        due = self._client_due_now()
        usual = due["part"] or due["amount"]
        if not text:
            return usual, ""
        try:
            amount = float(text)
        except ValueError:
            amount = math.nan
        problem = self._client_amount_problem(amount)
        return (usual, problem) if problem else (self.currency_id.round(amount), "")

    def _client_amount_problem(self, amount):
        """Why an amount cannot be paid for these invoices, '' if it can.

        Of one invoice any part may be paid, of several only all.
        """
        currency = self.currency_id
        left = self._client_left()
        if not math.isfinite(amount) or currency.compare_amounts(amount, 0) <= 0:
            return self.env._("Please give an amount above zero.")
        if currency.compare_amounts(amount, left) > 0:
            words = self.env["client.words"]._amount(left, currency)
            return self.env._("There is only %s left to pay.", words)
        if len(self) > 1 and currency.compare_amounts(amount, left):
            return self.env._("Several invoices are paid in full.")
        return ""

    def _client_left(self):
        """All that is left to pay of the invoices, in the currency of the first."""
        left = sum(self.mapped("amount_residual"))
        return self.currency_id[:1].round(left) if self else 0.0

    def _client_choices(self, amount):
        """[{'label', 'amount', 'url', 'current'}] where more than one amount is offered."""
        due = self._client_due_now()
        words, currency = self.env["client.words"], self.currency_id
        offers = [(due["part_label"], due["part"]), (due["label"], due["amount"])] if due["part"] else []
        return [
            {
                "label": label,
                "note": words._amount(offer, currency),
                "url": f"{self._client_url()}/pay?amount={currency.round(offer)}",
                "current": not currency.compare_amounts(offer, amount),
            }
            for label, offer in offers
        ]

    # -------------------------------------------------------------------------- paying

    def _client_pay_values(self, amount):
        """What the payment page says of invoices, as plain values; 'open' where the form may be shown."""
        return {
            "title": self._client_heading() if len(self) == 1 else self.env._("%s invoices", len(self)),
            "back": self._client_url() if len(self) == 1 else URL,
            "back_label": self._client_heading() if len(self) == 1 else self.env._("Invoices"),
            "open": not self._client_unpayable(),
            "amount": amount,
            "pay_reference": self.name if len(self) == 1 else "",
            "rows": self._client_rows() if len(self) > 1 else [],
        }

    def _client_part_values(self, amount):
        """What the page of one invoice says besides: amounts offered, and how much may be typed."""
        currency = self.currency_id
        return {
            "choices": self._client_choices(amount),
            "step": currency.rounding,
            "most": currency.round(self.amount_residual),
            "typed": f"{currency.round(amount):.{currency.decimal_places}f}",
            "pay_url": f"{self._client_url()}/pay",
        }

    @api.model
    def _client_no_cards(self, form):
        """Stock's form without saved cards: there is no page where members could look after them.

        :param dict form: values of the form
        """
        return {
            "tokens_sudo": form["tokens_sudo"].browse(),
            "show_tokenize_input_mapping": dict.fromkeys(form["providers_sudo"].ids, False),
        }

    def _client_payment_data(self, amount):
        """What stock's payment form needs to know; without a token, the member passes the gate again.

        :param float amount: to be paid now
        """
        first = self.sudo()[:1]  # behind the gate: partner and company of visible invoices
        numbers = "-".join(map(str, self.ids))
        return {
            "partner": first.partner_id,
            "company": first.company_id,
            "total_amount": amount,
            "currency": first.currency_id,
            "amount_residual": amount,
            "landing_route": self._client_landing(),
            "transaction_route": f"{URL}/pay/{numbers}",
        }

    def _client_landing(self):
        """Where a payer is sent afterwards: the invoice, or the list."""
        return f"{self._client_url() if len(self) == 1 else URL}?message=payment"

    def _client_payment_kwargs(self, asked):
        """What stock's transaction needs, from what a browser sent; nothing of it is believed.

        :param dict asked: provider_id, payment_method_id, amount and flow of the payment form
        :raise ValidationError: for what the form did not offer
        """
        refusal = self._client_unpayable() or self._client_amount_problem(_number(asked.get("amount")))
        if refusal:
            raise ValidationError(refusal)
        amount = self.currency_id.round(_number(asked["amount"]))
        providers, methods = self._client_ways(amount)
        if (
            asked.get("provider_id") not in providers.ids
            or asked.get("payment_method_id") not in methods.ids
            or asked.get("flow") not in ("redirect", "direct")
        ):
            raise ValidationError(self.env._("Please choose one of the ways to pay on the page."))
        company = self.sudo().company_id  # the number of a payment of several invoices
        return {
            "provider_id": asked["provider_id"],
            "payment_method_id": asked["payment_method_id"],
            "token_id": None,
            "amount": amount,
            "flow": asked["flow"],
            "tokenization_requested": False,
            "landing_route": self._client_landing(),
            "payment_reference": company.get_next_batch_payment_communication() if len(self) > 1 else False,
        }

    def _client_ways(self, amount):
        """(providers, payment methods) that stock offers this user for the invoices (sudo: compared only)."""
        partner, currency = self.env.user.partner_id, self.currency_id
        providers = self.env["payment.provider"].sudo()  # their ids are compared with what was asked for
        providers = providers._get_compatible_providers(
            self.company_id.id, partner.id, amount, currency_id=currency.id
        )
        methods = self.env["payment.method"].sudo()  # as above
        return providers, methods._get_compatible_payment_methods(
            providers.ids, partner.id, currency_id=currency.id
        )

    @api.model
    def _client_payment_notice(self, tx_id):
        """What came of a payment that the user has just made: {'tone', 'text', 'note'} or None.

        :param tx_id: id of a transaction, from the session
        """
        payment = self.env["payment.transaction"].sudo().browse(tx_id or 0).exists()  # the payer's own only
        return self._client_payment_words(payment) if payment.partner_id == self.env.user.partner_id else None

    @api.model
    def _client_payment_words(self, payment):
        """What came of a payment (payment.transaction, may be empty): {'tone', 'text', 'note'} or None."""
        if payment.state not in NOTICES:
            return None
        amount = self.env["client.words"]._amount(payment.amount, payment.currency_id)
        texts = {
            "done": self.env._("Thank you. We have received your payment of %s.", amount),
            "authorized": self.env._("Thank you. Your payment of %s is authorised.", amount),
            "pending": self.env._("Your payment of %s is being processed.", amount),
            "cancel": self.env._("Your payment of %s was cancelled.", amount),
            "error": self.env._("Your payment of %s did not go through.", amount),
        }
        note = payment.state_message if payment.state in ("cancel", "error") else ""
        return {"tone": NOTICES[payment.state], "text": texts[payment.state], "note": note}


def _number(value):
    """A number out of JSON, or nan."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan
