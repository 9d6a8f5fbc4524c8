from odoo.http import Controller, request, route

from ..models.client_preview import SESSION_KEY


class ClientPreviewEnd(Controller):
    """The way out of *Preview as client*; the way in is a button of the back office."""

    @route("/my/preview/end", type="http", auth="user", methods=["POST"], csrf=False)
    def client_preview_end(self, **kw):
        """End the preview. Without a CSRF token: pages shown as the member hold none."""
        note = request.session.pop(SESSION_KEY, None)
        response = request.redirect(f"/odoo/client.member/{note['member']}" if note else "/odoo")
        response.set_cookie("frontend_lang", "", max_age=0)  # of the member's pages
        return response
