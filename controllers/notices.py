from odoo.http import Controller, request, route

from .frame import member_page
from .gate import client_env

_ACT = {"type": "http", "auth": "user", "website": True, "methods": ["POST"]}


class ClientNotices(Controller):
    """Notices on the workspace: a member puts one away, or says they have read it."""

    @route("/my/notices/<int:notice_id>/dismissal", **_ACT)
    @member_page
    def client_notice_dismiss(self, notice_id, **kw):
        client_env()["client.notice"]._client_put_away(notice_id, acknowledged=False)
        return request.redirect("/my")

    @route("/my/notices/<int:notice_id>/acknowledgement", **_ACT)
    @member_page
    def client_notice_acknowledge(self, notice_id, **kw):
        client_env()["client.notice"]._client_put_away(notice_id, acknowledged=True)
        return request.redirect("/my")
