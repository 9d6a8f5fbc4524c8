from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route

from odoo.addons.client_portal.controllers.forms import attempt, status, typed
from odoo.addons.client_portal.models.client_number import whole_number


class ClientDocumentDrop(Controller):
    """Files staff drag onto a record or the documents screen; as Odoo's own uploads, one request for all of them."""

    @route("/client_portal/documents/drop", type="http", auth="user", methods=["POST"])
    def client_documents_drop(self, **kw):
        sent = typed("res_model", "res_id")
        uploads = request.httprequest.files.getlist("ufile")
        try:
            answer, refusal = attempt(_drop, sent, uploads)
        except AccessError as denied:
            answer, refusal = None, UserError(str(denied))
        if refusal:
            return request.make_json_response({"error": {"message": str(refusal)}}, status=status(refusal))
        return request.make_json_response(answer)


def _drop(sent, uploads):
    files = [(upload.filename, upload.read()) for upload in uploads]
    for upload in uploads:
        upload.seek(0)  # a repeated transaction reads them again
    return request.env["client.document"]._drop(files, sent["res_model"], whole_number(sent["res_id"]))
