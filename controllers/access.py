from odoo.http import Controller, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .frame import member_page, render
from .gate import client_env, clients, current_client, need
from .listing import STEP, page_number


class ClientAccess(Controller):
    """Who of the client opened what: for members who manage the team."""

    @route(["/my/access", "/my/access/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_access(self, page=1, **kw):
        need("manage_members")
        journal = client_env()["client.access"]
        seen = (current_client() or clients()).ids
        pager = portal_pager("/my/access", journal._client_count(seen), page_number(page), STEP)
        days = journal._client_days(seen, STEP, max(pager["offset"], 0))
        return render("client_portal.access_page", {"days": days, "pager": pager, "page_name": "access"})
