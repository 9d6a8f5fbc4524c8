"""Stock's doors that open by a key in the address: for a client's record the key counts for nothing."""

import inspect

from odoo.exceptions import AccessError
from odoo.http import request, route

from odoo.addons.account_payment.controllers.payment import PaymentPortal
from odoo.addons.portal.controllers.mail import MailController
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.project.controllers.portal import ProjectCustomerPortal
from odoo.addons.rating.controllers.main import Rating
from odoo.addons.sale.controllers.portal import CustomerPortal as SalePortal

from ..models.client_gate import ClientNotFound
from ..models.mail_thread import KEYS
from .frame import member_get
from .gate import client_env, governed

_PAYABLE = {"invoice_id": "account.move", "sale_order_id": "sale.order"}


def must_see(model, record_id):
    """Let pass whoever may see a client's record by their own rights; everything else is stock's.

    :raise ClientNotFound: for a client's record and somebody else, and alike for a record that is not there
    """
    if not record_id:
        return
    record = (client_env() if governed() else request.env)[model].browse(int(record_id))
    if governed():
        seen = bool(record.search_count([("id", "=", record.id)]))
    elif request.env["client.door"]._guards(model, record.id):
        seen = record.has_access("read")
    else:
        seen = request.env["client.door"]._is_there(record)  # stock asks for the key of what belongs to no client
    if not seen:
        raise ClientNotFound()


class ClientDoors(CustomerPortal):
    def _document_check_access(self, model_name, document_id, access_token=None):
        """A key opens no client's record, and nothing at all to a member.

        Whoever holds a true key is told "not found"; whoever guesses learns nothing that
        stock would not say of a record that does not exist.
        """
        door = request.env["client.door"]
        if not door._ignores_keys(model_name, document_id):
            return super()._document_check_access(model_name, document_id, access_token)
        try:
            return super()._document_check_access(model_name, document_id)
        except AccessError:
            if door._fits(model_name, document_id, access_token):
                raise ClientNotFound() from None
            raise

    @route()
    def attachment_remove(self, attachment_id, access_token=None):
        """A file of a client's record stays, also for who holds its key; pending ones hang on nothing yet."""
        if not request.env.user._is_internal() and not request.env["client.door"]._is_loose(int(attachment_id)):
            raise ClientNotFound()
        return super().attachment_remove(attachment_id, access_token=access_token)


class ClientMailDoor(MailController):
    @classmethod
    def _redirect_to_record(cls, model, res_id, access_token=None, **kwargs):
        """The button of an old mail leads through the sign-in page, without its keys."""
        if request.env["client.door"]._ignores_keys(model, res_id):
            access_token = None
            kwargs = {key: value for key, value in kwargs.items() if key not in KEYS}
        return super()._redirect_to_record(model, res_id, access_token=access_token, **kwargs)


class ClientProjectDoor(ProjectCustomerPortal):
    """A project's key, also of a project that is no client's, opens no client's job."""

    @route(readonly=member_get)
    def portal_my_project_task(self, project_id=None, task_id=None, access_token=None, **kw):
        must_see("project.task", task_id)
        return super().portal_my_project_task(project_id, task_id, access_token=access_token, **kw)

    def _prepare_tasks_values(self, *args, **kwargs):
        """Stock lists the tasks of a project whose key somebody holds in sudo."""
        bound = inspect.signature(super()._prepare_tasks_values).bind(*args, **kwargs)
        if not request.env.user._is_internal():
            bound.arguments["domain"] = request.env["client.door"]._without_clients(bound.arguments.get("domain"))
        return super()._prepare_tasks_values(*bound.args, **bound.kwargs)


class ClientQuoteDoor(SalePortal):
    """What staff attach to a quote, and its machine-readable form, name staff and products: not for members."""

    @route()
    def portal_quote_document(self, order_id, document_id, access_token=None):
        if governed():
            raise ClientNotFound()
        return super().portal_quote_document(order_id, document_id, access_token)

    @route()
    def portal_my_sale_order_download_edi(self, order_id=None, access_token=None, **kw):
        if governed():
            raise ClientNotFound()
        return super().portal_my_sale_order_download_edi(order_id, access_token=access_token, **kw)


class ClientPaymentDoor(PaymentPortal):
    """Paying shows amounts and numbers of what is paid: the payer must see it."""

    @route()
    def payment_pay(self, *args, **kwargs):
        for name, model in _PAYABLE.items():
            must_see(model, self._cast_as_int(kwargs.get(name)))
        return super().payment_pay(*args, **kwargs)

    @route()
    def invoice_transaction(self, invoice_id, access_token, **kwargs):
        must_see("account.move", invoice_id)
        return super().invoice_transaction(invoice_id, access_token, **kwargs)

    @route()
    def payment_confirm(self, tx_id, access_token, **kwargs):
        paid = request.env["client.door"]._paid_by(self._cast_as_int(tx_id))
        for record in paid:
            must_see(record._name, record.id)
        return super().payment_confirm(tx_id, access_token, **kwargs)

    @route()
    def overdue_invoices_transaction(self, payment_reference, **kwargs):
        """A member pays invoice by invoice: the stock list of what is overdue is wider."""
        if governed():
            raise ClientNotFound()
        return super().overdue_invoices_transaction(payment_reference, **kwargs)

    @route()
    def payment_method(self, **kwargs):
        """Saved cards belong to the whole company on stock: no page of members lists them."""
        if governed():
            raise ClientNotFound()
        return super().payment_method(**kwargs)

    @route()
    def archive_token(self, token_id):
        if governed():
            raise ClientNotFound()
        return super().archive_token(token_id)


class ClientRatingDoor(Rating):
    """A link to rate names the job and takes words in a customer's name."""

    @route()
    def action_open_rating(self, token, rate, **kwargs):
        must_see(*request.env["client.door"]._rated(token))
        return super().action_open_rating(token, rate, **kwargs)

    @route()
    def action_submit_rating(self, token, **kwargs):
        must_see(*request.env["client.door"]._rated(token))
        return super().action_submit_rating(token, **kwargs)
