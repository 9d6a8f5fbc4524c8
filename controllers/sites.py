from odoo.http import Controller, request, route

from ..models.client_site_correction import CORRECTED
from .export import sheet
from .forms import attempt, posted, status, typed
from .frame import member_get, member_page, render
from .gate import get_record, need
from .listing import Listing

_PAGE = {"type": "http", "auth": "user", "website": True, "readonly": True}


class ClientSites(Controller):
    """The places of a member's clients: a list that is drawn, and a page each."""

    @route(["/my/sites", "/my/sites/page/<int:page>"], **_PAGE)
    @member_page
    def client_sites(self, page=1, **query):
        need("see_jobs")
        asked = Listing("res.partner", "/my/sites", query)
        if asked.download and asked.fits:
            return sheet(asked)
        places = asked.records._client_map_places(asked.domain)
        values = {**asked.values(page), **asked.records._client_list_map(places, asked.total, asked.kept())}
        return render("client_portal.sites", {**values, "page_name": "sites"})

    @route("/my/sites/<int:site_id>", **_PAGE)
    @member_page
    def client_site(self, site_id, done="", **kw):
        site = get_record("res.partner", site_id)
        return render("client_portal.site", {**site._client_facts(), "done": done, "page_name": "sites"})

    @route("/my/sites/<int:site_id>/correction", methods=["GET", "POST"], **{**_PAGE, "readonly": member_get})
    @member_page
    def client_site_correction(self, site_id, **kw):
        site, sent, refusal = get_record("res.partner", site_id, "request"), None, None
        if posted():
            sent = typed(*({*CORRECTED, "note"} & set(request.httprequest.form)))
            _made, refusal = attempt(site._client_correct, sent)
            if not refusal:
                return request.redirect(f"{site._client_url()}?done=proposed#corrections")
        error = str(refusal.args[0]) if refusal else ""
        values = {**site._client_correction_form(sent), "error": error, "page_name": "sites"}
        response = render("client_portal.site_correction", values)
        response.status_code = status(refusal)
        return response
