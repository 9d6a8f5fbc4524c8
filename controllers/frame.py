"""How every client page is rendered."""

import functools

from odoo.http import request

from .gate import client_env, current_client, governed


def frame(page="", company=None, client=None):
    """Values of the frame around a page; see ``client.layout``."""
    return client_env()["client.layout"]._values(page, client or current_client(), company)


def letterhead(company):
    """The frame of a company's pages, with nobody's menus for whoever is not signed in."""
    layout = frame(company=company)
    if not request.session.uid:
        layout["client_layout"]["initials"] = ""
    return layout


def render(template, values, company=None, client=None):
    """Answer with a client page.

    :param str template: external id
    :param dict values: plain values; ``page_name`` picks the open tab
    :param company: res.company whose letterhead the page carries, the user's own by default
    :param client: res.partner the page is about, the chosen one by default
    """
    response = request.render(template, {**frame(values.get("page_name", ""), company, client), **values})
    response.headers["Cache-Control"] = request.env["ir.http"]._client_keeping()
    response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"  # nobody lays our buttons under theirs
    return response


def member_page(route):
    """Answer by the route only for somebody who has access now.

    Governed without an active membership: a plain page saying whom to ask. Anybody else
    has no client pages: back to their own home.
    """

    @functools.wraps(route)
    def guarded(self, *args, **kwargs):
        if not governed():
            return request.redirect("/my")
        if not request.env.user._client_members():
            layout = client_env()["client.layout"]
            values = {"operators": layout._operators(), "support": layout._support(), "page_name": ""}
            response = render("client_portal.no_membership", values)
            response.status_code = 403
            return response
        return route(self, *args, **kwargs)

    return guarded


def member_get(*_route):
    """For ``readonly=`` of routes shared with stock: true for a member's GET."""
    return request.env["ir.http"]._client_is_member_get()
