from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_error_html(cls, env, code, values):
        """One "not found" page for members, whatever the reason.

        Missing, foreign, unpublished and forbidden look alike to the byte, so nobody can
        tell them apart.
        """
        if code in (403, 404) and env.user._is_client_governed():
            frame = env["client.layout"]._values()
            return 404, env["ir.ui.view"]._render_template("client_portal.not_found", {**frame, "page_name": ""})
        return super()._get_error_html(env, code, values)

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Note whether this address takes a form, see ``_client_keeping``."""
        super()._pre_dispatch(rule, args)
        request.client_form = "POST" in (rule.methods or ())

    @classmethod
    def _client_keeping(cls):
        """Whether browsers keep a page: after signing out, *Back* shows none; a form still has what was typed.

        :return: value of ``Cache-Control``
        """
        return "private, no-cache" if getattr(request, "client_form", False) else "private, no-store"

    @classmethod
    def _client_is_member_get(cls, *_route):
        """``readonly`` of routes that members and others share.

        Members' pages never write; stock pages of everybody else create access tokens.
        Downloads may store what they print.
        """
        user = request.env.user if request.session.uid else None
        return bool(
            user
            and request.httprequest.method in ("GET", "HEAD")
            and "report_type" not in request.httprequest.args
            and user._is_client_governed()
        )
