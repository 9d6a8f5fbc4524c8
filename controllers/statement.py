from odoo.http import Controller, route

from odoo.addons.portal.controllers.portal import pager

from .frame import member_page, render
from .gate import client_env, current_client
from .listing import STEP

URL = "/my/statement"


class ClientStatements(Controller):
    """The account of a client: for members who see the invoices of all of it."""

    @route([URL, f"{URL}/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_statement(self, page=1, **query):
        statement = client_env()["client.statement"]
        client = statement._client_of(current_client())
        asked = statement._asked(client, query)
        pages = pager(URL, asked["book"]["count"] if asked["book"] else 0, page, STEP, url_args=asked["kept"])
        values = statement._values(asked, STEP, max(pages["offset"], 0))
        values.update(pager=pages, page_name="statement")
        response = render("client_portal.statement", values, values.get("company"), client)
        response.status_code = 422 if values["problem"] else 200
        return response
