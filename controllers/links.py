"""Where the links of mails lead. Opening one (GET, HEAD) decides nothing; everything is a form."""

import secrets

from odoo.http import Controller, request, route

from odoo.addons.account_payment.controllers.payment import PaymentPortal
from odoo.addons.account_payment.controllers.portal import PortalAccount

from ..models.client_gate import ClientNotFound
from .export import attached
from .forms import attempt, status, typed
from .frame import letterhead

_OPEN = {"type": "http", "auth": "public", "website": True, "sitemap": False}
_DEAD = {"page": "client_portal.link_dead", "status": 410}
_PROVEN, _NONCE = "client_addresses", "client_link_nonce"


def _links():
    return request.env["client.link"]


def _answer(values):
    """To an address, or a page that no browser keeps and that tells no other site its own address."""
    if "to" in values:
        response = request.redirect(values["to"], code=303)
    else:
        if values.get("reader_lang"):
            request.update_context(lang=values["reader_lang"])
        shown = {**letterhead(values.get("company")), **values}  # rendering adds what belongs to this reader alone
        response = request.render(values["page"], shown)
        response.status_code = values["status"]
    response.headers.update({"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"})
    return response


def proven():
    """Addresses whose mail this browser's user has shown to read."""
    return request.session.get(_PROVEN) or []


class ClientLinks(Controller):
    @route("/my/link/<string:key>", methods=["GET"], readonly=True, **_OPEN)
    def client_link(self, key, **kw):
        return _answer(_links()._visit(key, proven()))

    @route("/my/link/<string:key>/code", methods=["POST"], **_OPEN)
    def client_link_code(self, key, **kw):
        """Mail a code to the address the link was mailed to."""
        link = _links()._alive(key)
        if not link or (link.member_id and link.used_on):
            return _answer(_links()._visit(key, proven()))
        request.session[_NONCE] = request.session.get(_NONCE) or secrets.token_urlsafe(16)
        _done, refusal = attempt(link._send_code, request.session[_NONCE])
        values = link._door(key, not refusal, str(refusal.args[0]) if refusal else "")
        return _answer({**values, "status": status(refusal)})

    @route("/my/link/<string:key>/enter", methods=["POST"], **_OPEN)
    def client_link_enter(self, key, **kw):
        link = _links()._alive(key)
        entered = link and link._enter(typed("code")["code"], request.session.get(_NONCE))
        if not entered:
            error = (link or _links()).env._("This code is not right, or it is too old.")
            return _answer({**link._door(key, True, error), "status": 422} if link else _links()._visit(key))
        if "email" in entered:
            request.session[_PROVEN] = [*proven(), entered["email"]]
            return _answer({"to": link._shared_url()})
        return _sign_in(link, entered)


    @route("/my/link/<string:key>/ask", methods=["POST"], **_OPEN)
    def client_link_ask(self, key, **kw):
        """Somebody else's login asks for access."""
        values, refusal = attempt(_links()._ask_access, key)
        if refusal:
            values = {**_links()._visit(key), "error": str(refusal.args[0]), "status": status(refusal)}
        return _answer(values)


class ClientShared(PortalAccount):
    """One quote or invoice, for an address that belongs to no member."""

    @route("/my/shared/<int:link_id>", methods=["GET"], readonly=True, **_OPEN)
    def client_shared(self, link_id, message="", **kw):
        link = _links()._shared(link_id, proven())
        if not link:
            return _answer(_DEAD)
        return _shared_page("client_portal.link_shared", link._shared_values(bool(message)))

    @route("/my/shared/<int:link_id>/pdf", methods=["GET"], **_OPEN)
    def client_shared_pdf(self, link_id, **kw):
        link = _links()._shared(link_id, proven())
        if not link:
            return _answer(_DEAD)
        name, content = link._shared_pdf()
        return attached(name, "application/pdf", content)

    @route("/my/shared/<int:link_id>/pay", methods=["GET"], readonly=True, **_OPEN)
    def client_shared_pay(self, link_id, **kw):
        link = _links()._shared(link_id, proven())
        move = link and link._shared_move()
        if not move:
            return request.redirect(f"/my/shared/{link_id}")
        data, page = link._shared_payment(move)
        form = self._get_common_page_view_values(data)
        return _shared_page("client_portal.pay", {**form, **move._client_no_cards(form), **page, **link._letterhead()})


class ClientSharedActs(PaymentPortal):
    @route("/my/shared/<int:link_id>/transaction", type="jsonrpc", auth="public")
    def client_shared_transaction(self, link_id, **kwargs):
        link = _links()._shared(link_id, proven())
        if not link:
            raise ClientNotFound()
        partner, currency, invoices, values = link._shared_transaction(kwargs)
        return self._process_transaction(partner, currency, invoices, **values)


def _shared_page(template, values):
    return _answer({**values, "page": template, "status": 200, "page_name": ""})


def _sign_in(link, credential):
    """A session of the member's own; where they have a second factor, it is asked for first."""
    to, user = link._address(), link.member_id.user_id
    request.session.authenticate(request.env, credential)
    return _answer({"to": to if request.session.uid else f"{user._mfa_url()}?redirect={to.partition('#')[0]}"})
