from odoo.http import request, route

from odoo.addons.sale.controllers.portal import PaymentPortal
from odoo.addons.sale_management.controllers.portal import CustomerPortal

from ..models.client_gate import ClientNotFound
from .forms import attempt, status, typed
from .frame import member_get, member_page, render
from .gate import client_env, get_record, governed, need
from .listing import listed


def _stocks(order_id):
    """See ``sale.order._client_leaves_to_stock``."""
    return client_env()["sale.order"]._client_leaves_to_stock(order_id)


def _payable(order_id):
    """See ``sale.order._client_payable``."""
    return client_env()["sale.order"]._client_payable(order_id)


def _render(order, sent=None, refusal=None):
    """The page of a quote, after a refusal with the reason and what was typed."""
    values = {**order._client_facts(), **order._client_talk(), "choices": order._client_choices(sent)}
    values.update(error=str(refusal.args[0]) if refusal else "", page_name="quotes")
    response = render("client_portal.quote", values, company=order.company_id)
    response.status_code = status(refusal)
    return response


class ClientQuotes(CustomerPortal):
    """Quotes and orders of a member. A client's yes or no goes through the approval of the quote."""

    @route(readonly=member_get)
    def portal_my_quotes(self, page=1, **kw):
        return self._client_quotes(page, kw) if governed() else super().portal_my_quotes(page=page, **kw)

    @member_page
    def _client_quotes(self, page, query):
        need("see_quotes")
        return listed("client_portal.quotes", "sale.order", "/my/quotes", page, query)

    @route(readonly=member_get)
    def portal_my_orders(self, **kw):
        return request.redirect("/my/quotes?filterby=orders") if governed() else super().portal_my_orders(**kw)

    @route(readonly=member_get)
    def portal_order_page(self, order_id, report_type=None, download=False, message=False, **kw):
        if not governed():
            return super().portal_order_page(
                order_id, report_type=report_type, download=download, message=message, **kw
            )
        if report_type:
            get_record("sale.order", order_id)
            return super().portal_order_page(order_id, report_type=report_type, download=download)
        return self._client_quote(order_id)

    @member_page
    def _client_quote(self, order_id):
        return _render(get_record("sale.order", order_id))

    @route("/my/orders/<int:order_id>/choose", type="http", auth="user", website=True, methods=["POST"])
    @member_page
    def client_quote_choose(self, order_id, **kw):
        order = get_record("sale.order", order_id, "approve")
        sent = typed(*order._client_choice_fields())
        _done, refusal = attempt(order._client_choose, sent)
        return _render(order, sent, refusal) if refusal else request.redirect(f"{order._client_url()}#choices")

    @route("/my/orders/<int:order_id>/pay", type="http", auth="user", website=True)
    @member_page
    def client_quote_pay(self, order_id, **kw):
        order = get_record("sale.order", order_id, "approve")
        facts = order._client_facts()
        if not facts["pay"]:
            return request.redirect(order._client_url())
        form = self._get_payment_values(order._client_for_payment(), is_down_payment=facts["down"])
        form.update(order._client_payment_routes())
        return render("client_portal.pay", {**facts, **form, "page_name": "quotes"}, company=order.company_id)

    @route()
    def portal_quote_accept(self, order_id, **kw):
        if _stocks(order_id):
            return super().portal_quote_accept(order_id, **kw)
        return {"error": client_env()._("Please answer this quote on its own page, signed in.")}

    @route()
    def portal_quote_decline(self, order_id, **kw):
        if _stocks(order_id):
            return super().portal_quote_decline(order_id, **kw)
        if not governed():
            raise ClientNotFound()
        order = get_record("sale.order", order_id, "approve")
        return request.redirect(f"{order._client_url()}#approval")  # the form with its evidence is there

    @route()
    def portal_quote_option_update(self, order_id, line_id, **kw):
        """What is chosen is part of what is approved: not by stock's way, which has no rights."""
        if not _stocks(order_id):
            raise ClientNotFound()
        return super().portal_quote_option_update(order_id, line_id, **kw)


class ClientQuotePayment(PaymentPortal):
    @route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Paying confirms a quote: only what was approved, and by approvers."""
        if not _payable(order_id):
            raise ClientNotFound()
        return super().portal_order_transaction(order_id, access_token, **kwargs)
