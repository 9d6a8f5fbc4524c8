from odoo.exceptions import UserError
from odoo.http import Controller, route

from odoo.addons.client_portal.controllers.frame import member_page, render
from odoo.addons.client_portal.controllers.gate import client_env, get_record, need
from odoo.addons.client_portal.controllers.listing import listed
from odoo.addons.client_portal.models.ir_http_preview import PREVIEW_ROUTES

_PAGE = {"type": "http", "auth": "user", "website": True, "readonly": True}

PREVIEW_ROUTES.update({"/my/documents", "/my/documents/<int:doc_id>", "/my/documents/<int:doc_id>/view"})


class ClientDocuments(Controller):
    """The library of a member's clients."""

    @route(["/my/documents", "/my/documents/page/<int:page>"], **_PAGE)
    @member_page
    def client_documents(self, page=1, **query):
        need("see_documents")
        return listed("client_portal_docs.documents", "client.document", "/my/documents", page, query)

    @route("/my/documents/<int:doc_id>", **_PAGE)
    @member_page
    def client_document(self, doc_id, **kw):
        document = get_record("client.document", doc_id)
        values = {**document._client_facts(), "page_name": "documents"}
        return render("client_portal_docs.document", values, company=document.company_id)

    @route(["/my/documents/<int:doc_id>/download", "/my/documents/<int:doc_id>/download/<int:number>"], **_PAGE)
    @member_page
    def client_document_file(self, doc_id, number=None, **kw):
        return _send(doc_id, number, "download")

    @route("/my/documents/<int:doc_id>/view", **_PAGE)
    @member_page
    def client_document_view(self, doc_id, **kw):
        return _send(doc_id, None, "view")


def _send(doc_id, number, kind):
    """The bytes, or a page that says why there are none."""
    try:
        return client_env()["client.document"]._client_send(doc_id, number, kind)
    except UserError as refusal:
        if not hasattr(refusal, "http_status"):
            raise
        response = render("client_portal_docs.lost", {"reason": str(refusal), "page_name": "documents"})
        response.status_code = refusal.http_status
        return response
