from odoo.http import Controller, request, route

from odoo.addons.client_portal.controllers.forms import attempt, posted, status, typed
from odoo.addons.client_portal.controllers.frame import member_get, member_page, render
from odoo.addons.client_portal.controllers.gate import client_env, get_record, need
from odoo.addons.client_portal.models.client_gate import ClientNotFound
from odoo.addons.client_portal.models.ir_http_preview import PREVIEW_ROUTES

_PAGE = {"type": "http", "auth": "user", "website": True}
_FORM = {**_PAGE, "readonly": member_get, "methods": ["GET", "POST"]}

PREVIEW_ROUTES.update({"/my/documents/asked/<int:ask_id>"})


class ClientDocumentUploads(Controller):
    """Files a member sends: for what staff asked, or on a job of their own."""

    @route("/my/documents/asked/<int:ask_id>", **_FORM)
    @member_page
    def client_file_request(self, ask_id, done="", **kw):
        asked = get_record("client.file.request", ask_id)
        return _form(asked, asked._client_send, asked._client_facts, asked._client_url(), done)

    @route("/my/jobs/<int:job_id>/files", **_FORM)
    @member_page
    def client_job_files(self, job_id, done="", **kw):
        job = get_record("project.task", job_id, "request")
        if not job._client_may_add_files():
            raise ClientNotFound()
        return _form(job, job._client_add_files, job._client_files_form, f"{job._client_url()}/files", done)

    @route("/my/documents/files", methods=["POST"], **_PAGE)
    @member_page
    def client_document_upload(self, **kw):
        """One file, sent while the form is still being filled in."""
        need("see_documents")
        files, refused = client_env()["client.upload"]._stage(_uploads()[:1])
        if refused:
            return request.make_json_response({"error": refused[0]["error"]}, status=refused[0]["status"])
        return request.make_json_response({"files": client_env()["client.upload"]._rows(files)})


def _uploads():
    """Files that came with the form itself, as they do without scripts."""
    uploads = [upload for upload in request.httprequest.files.getlist("files") if upload.filename]
    for upload in uploads:
        upload.seek(0)  # a repeated transaction reads them again; Odoo rewinds only the first
    return uploads


def _form(record, take, values, address, done):
    """The form, empty or as it came back; sent, its files are taken in.

    :param take: model method of (files, note)
    :param values: model method that gives the values of the page
    """
    sent, files, refused, refusal = typed("note", many=("staged",)), [], [], None
    if posted():
        files, refused = client_env()["client.upload"]._stage(_uploads(), sent["staged"])
        if not files and not refused and client_env()["client.document"]._client_took_in(sent["staged"]):
            return request.redirect(f"{address}?done=sent")
        if not refused:
            _documents, refusal = attempt(take, files, sent["note"])
            if not refusal:
                return request.redirect(f"{address}?done=sent")
    error = str(refusal.args[0]) if refusal else ""
    page = {**values(sent, files, refused, error), "address": address, "done": done, "page_name": "documents"}
    response = render("client_portal_docs.files_form", page, company=record.company_id)
    response.status_code = refused[0]["status"] if refused else status(refusal)
    return response
