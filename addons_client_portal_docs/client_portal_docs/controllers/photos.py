from odoo.http import Controller, request, route

from odoo.addons.client_portal.controllers.forms import attempt, status, typed
from odoo.addons.client_portal.controllers.frame import member_page
from odoo.addons.client_portal.controllers.gate import client_env
from odoo.addons.client_portal.models.ir_http_preview import PREVIEW_ROUTES

from ..models.client_document_send import DocumentLost
from .documents import refused, zip_of

_FILE = {"type": "http", "auth": "user", "website": True, "readonly": True}
_PHOTO = "/my/documents/<int:doc_id>/photos/<int:number>"

PREVIEW_ROUTES.update({"/my/documents/<int:doc_id>/thumb", f"{_PHOTO}/thumb", f"{_PHOTO}/view"})


class ClientPhotos(Controller):
    """The photos of a set, and what stands for any document in a gallery."""

    @route("/my/documents/<int:doc_id>/thumb", **_FILE)
    @member_page
    def client_document_thumb(self, doc_id, **kw):
        return _given("_client_send_cover", doc_id)

    @route(f"{_PHOTO}/thumb", **_FILE)
    @member_page
    def client_photo_thumb(self, doc_id, number, **kw):
        return _given("_client_send_photo", doc_id, number, "thumb")

    @route(f"{_PHOTO}/view", **_FILE)
    @member_page
    def client_photo_view(self, doc_id, number, **kw):
        return _given("_client_send_photo", doc_id, number, "view")

    @route(f"{_PHOTO}/download", **_FILE)
    @member_page
    def client_photo_download(self, doc_id, number, **kw):
        return _given("_client_send_photo", doc_id, number, "download")

    @route("/my/documents/<int:doc_id>/photos/zip", **_FILE)
    @member_page
    def client_photos_zip(self, doc_id, **kw):
        """All photos of a set."""
        return zip_of(client_env()["client.document"]._client_send_set, doc_id)

    @route("/client_portal_docs/photos/<int:task_id>", type="http", auth="user", methods=["POST"])
    def client_field_photo(self, task_id, **kw):
        """Staff in the field: one photo of a job, with what the phone says of itself."""
        told = typed("stage", "device_on", "latitude", "longitude", "accuracy")
        upload = request.httprequest.files.get("photo")
        task = request.env["project.task"].browse(task_id)
        photo, refusal = attempt(request.env["client.document"]._capture, task, upload, told)
        answer = {"error": str(refusal)} if refusal else {"number": photo.number}
        return request.make_json_response(answer, status=status(refusal))


def _given(send, *asked):
    """What a method of the documents sends, or the page that says why not."""
    try:
        return getattr(client_env()["client.document"], send)(*asked)
    except DocumentLost as refusal:
        return refused(refusal)
