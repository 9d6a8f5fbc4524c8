from odoo.http import request, route

from odoo.addons.account_payment.controllers.portal import PortalAccount

from .frame import member_get, member_page, render
from .gate import client_domain, client_env, current_client, get_record, governed, need
from .listing import listed
from .pay import payment_notice


class ClientInvoices(PortalAccount):
    """Invoices and credit notes of a member; paying stands in ``pay.py``."""

    @route(readonly=member_get)
    def portal_my_invoices(self, page=1, **kw):
        return self._client_invoices(page, kw) if governed() else super().portal_my_invoices(page=page, **kw)

    @member_page
    def _client_invoices(self, page, query):
        need("see_invoices")
        tabs = client_env()["client.statement"]._tabs("invoices", current_client())
        overdue = client_env()["account.move"]._client_overdue(client_domain())
        more = {"tabs": tabs, "notice": payment_notice(), "overdue": overdue}
        return listed("client_portal.invoices", "account.move", "/my/invoices", page, query, **more)

    @route(readonly=member_get)
    def portal_my_invoice_detail(self, invoice_id, report_type=None, download=False, payment=False, **kw):
        if not governed():
            return super().portal_my_invoice_detail(
                invoice_id, report_type=report_type, download=download, payment=payment, **kw
            )
        if report_type:
            get_record("account.move", invoice_id)
            return super().portal_my_invoice_detail(invoice_id, report_type=report_type, download=download)
        return self._client_invoice(invoice_id)

    @member_page
    def _client_invoice(self, invoice_id):
        move = get_record("account.move", invoice_id)
        values = {**move._client_facts(), **move._client_talk(), "page_name": "invoices", "notice": payment_notice()}
        return render("client_portal.invoice", values, company=move.company_id)

    @route()
    def portal_my_overdue_invoices(self, access_token=None, **kw):
        if governed():
            return request.redirect("/my/invoices?filterby=overdue")
        return super().portal_my_overdue_invoices(access_token=access_token, **kw)
