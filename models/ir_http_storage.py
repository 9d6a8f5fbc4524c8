import errno

from odoo import models
from odoo.http import request

from .ir_attachment_storage import StorageFailed, no_room

# what a full disk answers, or one that may not be written
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


class IrHttp(models.AbstractModel):
    """What is too large for memory lies on the disk already while a form comes in: full, it says so in words."""

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        if isinstance(exception, OSError) and exception.errno in _NO_ROOM:
            exception = StorageFailed(no_room(request.env))
        return super()._handle_error(exception)

    @classmethod
    def _get_error_html(cls, env, code, values):
        if code == StorageFailed.http_status:
            member = env.user._is_client_governed()
            frame = {**env["client.layout"]._values(), "page_name": ""} if member else {}
            template = "client_portal.no_room_member" if member else "client_portal.no_room"
            return code, env["ir.ui.view"]._render_template(template, {**values, **frame})
        return super()._get_error_html(env, code, values)
