"""How a member hears of updates, and the link in mails that stops them."""

from odoo.http import Controller, request, route

from ..models.client_gate import ClientNotFound
from ..models.client_member_preferences_pages import PAGE_FIELDS
from .forms import attempt, posted, status, typed
from .frame import letterhead, member_get, member_page, render
from .gate import client_env, current_client

_STOP = {"type": "http", "auth": "public", "website": True, "sitemap": False, "save_session": False}


class ClientPreferences(Controller):
    @route("/my/preferences", type="http", auth="user", methods=["GET", "POST"], website=True, readonly=member_get)
    @member_page
    def client_preferences(self, done="", **kw):
        own, sent, refusal = client_env()["client.member"]._client_preferences_own(current_client()), None, None
        if posted():
            sent = typed(*PAGE_FIELDS)
            _done, refusal = attempt(own._client_preferences_save, sent)
            if not refusal:
                return request.redirect("/my/preferences?done=1", code=303)
        error = str(refusal.args[0]) if refusal else ""
        values = {**own._client_preferences_page(sent), "done": bool(done), "error": error, "page_name": "preferences"}
        response = render("client_portal.preferences", values, client=own.client_id)
        response.status_code = status(refusal)
        return response

    @route("/my/stop/<string:key>", methods=["GET"], readonly=True, **_STOP)
    def client_stop(self, key, **kw):
        """A page with a button: mail scanners open links, and change nothing by it."""
        member, channel = _read(key)
        return _page(member._stop_values(channel))

    @route("/my/stop/<string:key>", methods=["POST"], csrf=False, **_STOP)
    def client_stop_act(self, key, **kw):
        """The button, and the mail program's own, which has neither session nor token: the address is signed."""
        member, channel = _read(key)
        member._stop(channel)
        return _page(member._stop_values(channel, done=True))


def _read(key):
    member, channel = request.env["client.member"]._stop_read(key)
    if not member:
        raise ClientNotFound()
    return member, channel


def _page(values):
    response = request.render("client_portal.stop", {**letterhead(values.pop("company")), "page_name": "", **values})
    response.headers.update({"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"})
    return response
