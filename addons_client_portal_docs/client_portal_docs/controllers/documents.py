from urllib.parse import urlencode

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, Response, content_disposition, request, route

from odoo.addons.client_portal.controllers.forms import status
from odoo.addons.client_portal.controllers.frame import member_page, render
from odoo.addons.client_portal.controllers.gate import client_env, clients, current_client, get_record, need
from odoo.addons.client_portal.controllers.listing import Listing, listed
from odoo.addons.client_portal.models.client_gate import ClientNotFound
from odoo.addons.client_portal.models.client_number import whole_number
from odoo.addons.client_portal.models.ir_http_preview import PREVIEW_ROUTES

from ..models.client_document_bundle import zipped
from ..models.client_document_send import DocumentLost

_PAGE = {"type": "http", "auth": "user", "website": True, "readonly": True}

PREVIEW_ROUTES.update({"/my/documents", "/my/documents/<int:doc_id>", "/my/documents/<int:doc_id>/view"})


class ClientDocuments(Controller):
    """The library of a member's clients."""

    @route(["/my/documents", "/my/documents/page/<int:page>"], **_PAGE)
    @member_page
    def client_documents(self, page=1, **query):
        need("see_documents")
        more = {"zip_url": f"/my/documents/zip?{urlencode(query)}", "asked": _asked()}
        return listed("client_portal_docs.documents", "client.document", "/my/documents", page, query, **more)

    @route("/my/documents/zip", **_PAGE)
    @member_page
    def client_documents_zip(self, **query):
        """What the list shows, narrowed as it is, or what was chosen in it (``ids``), as one zip."""
        need("see_documents")
        return _bundle(Listing("client.document", "/my/documents", query), request.httprequest.args.getlist("ids"))

    @route("/my/documents/<int:doc_id>", **_PAGE)
    @member_page
    def client_document(self, doc_id, done="", photos="", **kw):
        document = get_record("client.document", doc_id).with_context(client_photo_page=photos)
        values = {**document._client_facts(), **document._client_thread_values(), "done": done}
        values["page_name"] = "documents"
        return render("client_portal_docs.document", values, company=document.company_id)

    @route(["/my/documents/<int:doc_id>/download", "/my/documents/<int:doc_id>/download/<int:number>"], **_PAGE)
    @member_page
    def client_document_file(self, doc_id, number=None, **kw):
        return _send(doc_id, number, "download")

    @route("/my/documents/<int:doc_id>/view", **_PAGE)
    @member_page
    def client_document_view(self, doc_id, **kw):
        return _send(doc_id, None, "view")


def _asked():
    """Files we wait for, above the list."""
    return client_env()["client.file.request"]._client_box((current_client() or clients()).ids)


def _send(doc_id, number, kind):
    """The bytes, or a page that says why there are none."""
    try:
        return client_env()["client.document"]._client_send(doc_id, number, kind)
    except DocumentLost as refusal:
        return refused(refusal)


def _bundle(asked, chosen):
    """A zip of a list, or of those of it that were chosen: what is none, or not theirs to see, is not in it."""
    domain = asked.domain & Domain("id", "in", [whole_number(text) for text in chosen]) if chosen else asked.domain
    documents = asked.records._client_find(domain, asked.order, asked.records._client_bundle_most() + 1)
    if not documents:
        raise ClientNotFound()
    return zip_of(documents._client_bundle)


def zip_of(bundle, *args):
    """Answer with a zip, which is made while it is sent.

    :param bundle: what gives its members, see ``client.document._client_bundle``
    """
    try:
        members = bundle(*args)
    except UserError as refusal:
        return refused(refusal)
    headers = [
        ("Content-Type", "application/zip"),
        ("Content-Disposition", content_disposition("documents.zip")),
        ("Cache-Control", "private, no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return Response(zipped(members), headers=headers, direct_passthrough=True)


def refused(refusal):
    """A page that says why there are no bytes."""
    response = render("client_portal_docs.lost", {"reason": str(refusal), "page_name": "documents"})
    response.status_code = status(refusal)
    return response
