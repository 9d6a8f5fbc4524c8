import json

from odoo.exceptions import AccessError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .gate import client_env, governed

_OWN = ("name", "email", "phone", "street", "street2", "zip", "city", "state_id", "country_id")


class ClientAddresses(CustomerPortal):
    """A member keeps their own card in order; sites and the client belong to staff.

    Stock lets every contact of a company edit and archive its delivery addresses.
    """

    @route()
    def account(self, **kwargs):
        if governed():
            kwargs["redirect"] = "/my/account"
        return super().account(**kwargs)

    @route()
    def my_addresses(self, **query_params):
        return request.redirect("/my/account") if governed() else super().my_addresses(**query_params)

    @route()
    def portal_address(self, **query_params):
        return request.redirect("/my/account") if governed() else super().portal_address(**query_params)

    @route()
    def portal_address_submit(self, partner_id=None, **form_data):
        if not governed():
            return super().portal_address_submit(partner_id=partner_id, **form_data)
        own = request.env.user.partner_id
        if str(partner_id) != str(own.id):
            return self._client_refuse_address()
        values = {name: form_data[name] for name in _OWN if name in form_data}
        values.update(address_type="billing", use_delivery_as_billing="true", callback="/my/account")
        return super().portal_address_submit(partner_id=partner_id, **values)

    @route()
    def address_archive(self, partner_id):
        if governed():
            raise AccessError(self._client_address_words())
        return super().address_archive(partner_id)

    def _validate_address_values(self, address_values, *args, **kwargs):
        """Nobody goes by the address of staff or of a colleague: answers by mail would count as somebody else's."""
        invalid, missing, errors = super()._validate_address_values(address_values, *args, **kwargs)
        if governed() and client_env()["client.member"]._client_address_of_others(address_values.get("email")):
            invalid.add("email")
            errors.append(client_env()._("This address belongs to somebody else. Please give your own."))
        return invalid, missing, errors

    def _client_refuse_address(self):
        """The address form shows the messages of a JSON answer, whatever its status."""
        body = json.dumps({"invalid_fields": [], "messages": [self._client_address_words()]})
        return request.make_response(body, headers=[("Content-Type", "application/json")], status=403)

    def _client_address_words(self):
        return client_env()._("You can change your own details here. For anything else please ask us.")

    def _needs_address(self):
        """A member's own card needs no postal address."""
        return False if governed() else super()._needs_address()
