from odoo.http import Controller, request, route

from .frame import member_page, render
from .gate import client_env, clients, current_client, named_client
from .listing import typed_search

_FEW = 3  # rows of each list below the box at the top of a page


class ClientSearch(Controller):
    """One search over everything a member sees."""

    @route("/my/search", type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_search(self, part="", **query):
        """The page, or with ``part`` only what was found, for the box at the top of every page."""
        asked = typed_search(query), current_client() or clients(), named_client()
        results = client_env()["client.search"]._results(*asked, **({"shown": _FEW} if part else {}))
        if part:
            return request.render("client_portal.search_found", {**results, "part": True})
        return render("client_portal.search", {**results, "page_name": "search"})
