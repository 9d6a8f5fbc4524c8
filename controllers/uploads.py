from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.mail.controllers.attachment import AttachmentController

from .gate import governed


class ClientUploads(AttachmentController):
    """Files of people outside: a kind we take, of a size we take, part of a message."""

    @route()
    def mail_attachment_upload(self, ufile, thread_id, thread_model, is_pending=False, **kwargs):
        guarded = request.env["client.door"]._ignores_keys(thread_model, thread_id)
        if not guarded or request.env.user._is_internal():
            return super().mail_attachment_upload(ufile, thread_id, thread_model, is_pending=is_pending, **kwargs)
        if not self._get_thread_with_access_for_post(thread_model, thread_id, **kwargs):
            raise NotFound()
        try:
            request.env["client.throttle"]._check("upload")
            request.env["client.upload"]._check_stream(ufile)
        except UserError as refusal:
            return request.make_json_response({"error": str(refusal)}, status=refusal.http_status)
        return super().mail_attachment_upload(ufile, thread_id, thread_model, is_pending=True)

    @route()
    def mail_attachment_delete(self, attachment_id, access_token=None):
        """A file is taken back before its message is sent, not after."""
        if governed():
            file = request.env["ir.attachment"].browse(int(attachment_id)).exists()
            if file and not file._client_is_pending():
                raise NotFound()
        return super().mail_attachment_delete(attachment_id, access_token=access_token)
