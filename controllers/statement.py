from odoo.http import Controller, route

from odoo.addons.portal.controllers.portal import pager

from .export import attached
from .frame import member_page, render
from .gate import client_env, current_client
from .listing import STEP, page_number

URL = "/my/statement"
HISTORY = f"{URL}/history"


class ClientStatements(Controller):
    """The account of a client: for members who see the invoices of all of it."""

    @route([HISTORY, f"{HISTORY}/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_history(self, page=1, **query):
        statement = client_env()["client.statement"]
        client = statement._client_of(current_client())
        page = page_number(page)
        pages = pager(HISTORY, statement._history_count(client), page, STEP, url_args=statement._whose(client))
        values = statement._history_values(client, STEP, max(pages["offset"], 0))
        return render("client_portal.history", {**values, "pager": pages, "page_name": "history"}, client=client)

    @route([URL, f"{URL}/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_statement(self, page=1, **query):
        statement = client_env()["client.statement"]
        client = statement._client_of(current_client())
        asked = statement._asked(client, query)
        if statement._fits(asked, query.get("download")):
            return attached(*statement._file(asked, query["download"]))
        count = asked["book"]["count"] if asked["book"] else 0
        pages = pager(URL, count, page_number(page), STEP, url_args=asked["kept"])
        values = statement._values(asked, STEP, max(pages["offset"], 0))
        values.update(pager=pages, page_name="statement")
        response = render("client_portal.statement", values, values.get("company"), client)
        response.status_code = 422 if values["problem"] else 200
        return response
