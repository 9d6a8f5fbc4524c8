from urllib.parse import urlencode

from odoo.http import Controller, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .export import FORMATS, attached
from .frame import member_page, render
from .gate import client_env, clients, current_client, need
from .listing import STEP, page_number


class ClientAccess(Controller):
    """Who of the client opened what: for members who manage the team, of everything, one member or one record."""

    @route(["/my/access", "/my/access/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_access(self, page=1, **kw):
        need("manage_members")
        journal, seen, asked = _journal(kw)
        pager = portal_pager("/my/access", journal._client_count(seen, asked), page_number(page), STEP, url_args=asked)
        days = journal._client_days(seen, STEP, max(pager["offset"], 0), asked)
        values = {"days": days, "pager": pager, "narrowed": bool(asked), "page_name": "access"}
        return render("client_portal.access_page", {**values, "file_url": f"/my/access/file?{urlencode(asked)}"})

    @route("/my/access/file", type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_access_file(self, **kw):
        need("manage_members")
        journal, seen, asked = _journal(kw)
        body = journal._client_file(seen, asked, client_env()["project.task"]._client_export_limit())
        name = client_env()._("Who opened what")
        return attached(f"{name}.csv", FORMATS["csv"][1], body)


def _journal(query):
    """The journal, whose it shows, and what the address narrows it to."""
    asked = {name: str(query[name]).replace("\x00", "") for name in ("by", "of", "id") if query.get(name)}
    return client_env()["client.access"], (current_client() or clients()).ids, asked
