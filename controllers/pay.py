"""Paying invoices: Odoo's own payment form and flow, behind the gate and without keys."""

from odoo.http import request, route

from odoo.addons.account_payment.controllers.payment import PaymentPortal
from odoo.addons.account_payment.controllers.portal import PortalAccount
from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing

from ..models.account_move_pay import MOST, URL
from ..models.client_gate import ClientNotFound
from .frame import frame, member_page, render
from .gate import client_env, get_record, get_records, governed

_DIGITS = 18  # more make no id


def payment_notice():
    """What came of the payment that this browser has just made, on the page it is sent back to."""
    if request.httprequest.args.get("message") != "payment":
        return None
    tx_id = request.session.get(PaymentPostProcessing.MONITORED_TX_ID_KEY)
    return client_env()["account.move"]._client_payment_notice(tx_id)


def _invoices(numbers):
    """The invoices that an address names, through the gate.

    :param numbers: texts, trusted in no way
    """
    if not all(number.isdecimal() and len(number) <= _DIGITS for number in numbers[: MOST + 1]):
        raise ClientNotFound()
    return get_records("account.move", map(int, numbers[: MOST + 1]))  # one too many is refused in words


class ClientPayPages(PortalAccount):
    @route("/my/invoices/<int:invoice_id>/pay", type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_invoice_pay(self, invoice_id, amount="", **kw):
        move = get_record("account.move", invoice_id)
        if move._client_unpayable():
            return request.redirect(move._client_url())
        amount, problem = move._client_amount(amount.strip())
        return self._client_pay(move, amount, problem, move._client_part_values(amount))

    @route(f"{URL}/pay", type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_invoices_pay(self, **kw):
        """Several at once; the list's form names them."""
        moves = _invoices(request.httprequest.args.getlist("invoice"))
        if len(moves) == 1:
            return request.redirect(f"{moves._client_url()}/pay")
        return self._client_pay(moves, moves._client_left(), moves._client_unpayable())

    def _client_pay(self, moves, amount, problem, more=None):
        values = {**moves._client_pay_values(amount), **(more or {}), "problem": problem, "page_name": "invoices"}
        if values["open"]:
            form = self._get_common_page_view_values(moves._client_payment_data(amount))
            values = {**form, **moves._client_no_cards(form), **values}
        response = render("client_portal.pay", values, company=moves.company_id[:1])
        response.status_code = 422 if problem else 200
        return response


class ClientPayActs(PaymentPortal):
    @route(f"{URL}/pay/<string:numbers>", type="jsonrpc", auth="user")
    def client_invoices_transaction(self, numbers, **kwargs):
        """The form's transaction for what the address names."""
        if not governed():
            raise ClientNotFound()
        return self._client_transaction(_invoices(numbers.split("-")), kwargs)

    @route()
    def invoice_transaction(self, invoice_id, access_token, **kwargs):
        """Stock's address for one invoice: for a member the same as ours."""
        if governed():
            return self._client_transaction(get_record("account.move", invoice_id), kwargs)
        return super().invoice_transaction(invoice_id, access_token, **kwargs)

    def _client_transaction(self, moves, asked):
        request.env["client.throttle"]._check("pay")
        values = moves._client_payment_kwargs(asked)
        partner, currency = request.env.user.partner_id, moves.currency_id
        return self._process_transaction(partner.id, currency.id, moves.ids, **values)


class ClientPaymentStatus(PaymentPostProcessing):
    @route()
    def display_status(self, **kwargs):
        response = super().display_status(**kwargs)
        if governed():
            response.qcontext.update(frame("invoices"))
        return response
