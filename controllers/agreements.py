from odoo.http import Controller, route

from .frame import member_page, render
from .gate import get_record, need
from .listing import listed

_PAGE = {"type": "http", "auth": "user", "website": True, "methods": ["GET"], "readonly": True}


class ClientAgreements(Controller):
    """Agreements of a member's clients: what they cover, and when we come."""

    @route(["/my/agreements", "/my/agreements/page/<int:page>"], **_PAGE)
    @member_page
    def client_agreements(self, page=1, **query):
        need("see_jobs")
        return listed("client_portal.agreements", "client.agreement", "/my/agreements", page, query)

    @route("/my/agreements/<int:agreement_id>", **_PAGE)
    @member_page
    def client_agreement(self, agreement_id, **kw):
        agreement = get_record("client.agreement", agreement_id)
        values = {**agreement._client_facts(), "page_name": "agreements"}
        return render("client_portal.agreement", values, company=agreement.company_id)
