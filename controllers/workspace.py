from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .frame import frame, member_get, member_page, render
from .gate import choose_client, client_env, clients, current_client, governed
from .listing import narrowed_by_client


class ClientWorkspace(CustomerPortal):
    """A member's home, updates and sites; everybody else keeps stock's pages."""

    @route(readonly=member_get)
    def home(self, **kw):
        return self._client_home() if governed() else super().home(**kw)

    @member_page
    def _client_home(self):
        client = current_client() or clients()[:1]
        values = client_env()["client.workspace"]._values(client)
        return render("client_portal.workspace", {**values, "page_name": "home"}, client=client)

    @route()
    def counters(self, counters, **kw):
        """Stock's counters look at whole companies; members have their own numbers."""
        return {} if governed() else super().counters(counters, **kw)

    @route("/my/client/<int:client_id>", type="http", auth="user", methods=["POST"], website=True)
    def client_switch(self, client_id, page="", **kw):
        """Choose a client, 0 for all, and stay in the section."""
        choose_client(client_id)
        return request.redirect(client_env()["client.layout"]._section_url(page, current_client()))

    @route("/my/updates", type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_updates(self, **query):
        updates, asked = client_env()["client.update"], current_client() or clients()
        values = updates._client_feed_page(query, asked, narrowed_by_client())
        return render("client_portal.updates_page", {**values, "page_name": "updates"})

    @route("/my/updates/seen", type="http", auth="user", methods=["POST"], website=True)
    @member_page
    def client_updates_seen(self, **kw):
        """A page was looked at; sent by the page itself, for reading writes nothing."""
        client_env()["client.layout"]._seen(current_client())
        return request.make_response("", status=204)

    def _prepare_portal_layout_values(self):
        """Put the client frame around stock's account pages too."""
        values = super()._prepare_portal_layout_values()
        if governed():
            values.update(frame(), sales_user=request.env["res.users"])  # stock shows their e-mail
        return values
