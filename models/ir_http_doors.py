
import psycopg2

from odoo import models
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from .client_gate import ClientNotFound
from .client_number import whole_number

# families of stock's addresses that are closed to members, whatever module adds to them ...
CLOSED = (
    "/account/download_",
    "/base_import",
    "/discuss/",
    "/doc",
    "/html_editor/attachment/",
    "/html_editor/bus_broadcast",
    "/html_editor/link_preview_",
    "/html_editor/modify_image/",
    "/mail/",
    "/product/",
    "/project_sharing/",
    "/rating/",
    "/report/",
    "/web/export/",
    "/web/model/",
    "/web/partner/",
    "/web/pivot/",
    "/web_editor/attachment/",
    "/web_editor/bus_broadcast",
    "/web_editor/modify_image/",
    "/web_enterprise/",
    "/website/rating/",
    "/website_mail/",
)
_FORM = "/website/form/<string:model_name>"
# ... and what of them their pages need, each checked in its own controller
OPEN = frozenset(
    {
        "/mail/action",
        "/mail/attachment/delete",
        "/mail/attachment/upload",
        "/mail/avatar/mail.message/<int:res_id>/author_avatar/<int:width>x<int:height>",
        "/mail/chatter_fetch",
        "/mail/data",
        "/mail/link_preview",
        "/mail/message/<int:message_id>",
        "/mail/message/post",
        "/mail/message/reaction",
        "/mail/message/update_content",
        "/mail/unfollow",
        "/mail/view",
    }
)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Deny members the families of addresses nobody has reviewed for them."""
        super()._pre_dispatch(rule, args)
        address = rule.rule
        if address == _FORM:
            cls._client_check_form(args.get("model_name"))
        if not address.startswith(CLOSED) or address in OPEN or not request.session.uid:
            return
        if request.env.user._is_client_governed():
            raise ClientNotFound()

    @classmethod
    def _client_check_form(cls, model):
        """A website's form writes as nobody in particular: never for a member, never into a client's project.

        :param str model: what the form makes
        :raise ClientNotFound: also for a project that is not there
        """
        if model not in request.env["client.scoped"]._inherit_children or request.env.user._is_internal():
            return
        project = request.httprequest.form.get("project_id", "")
        asked = request.env["project.project"].sudo().browse(whole_number(project))  # whether it is a client's, no more
        there = asked.exists()
        if request.env.user._is_client_governed() or (project and (not there or there.client_id.is_client)):
            raise ClientNotFound()

    @classmethod
    def _handle_error(cls, exception):
        """Members are told one thing of what is missing or forbidden, and of errors no way through our code."""
        try:
            hide = request.session.uid and request.env.user._is_client_governed()
        except psycopg2.Error:  # the transaction is broken: better say too little
            hide = True
        if not hide:
            return super()._handle_error(exception)
        if isinstance(exception, (AccessError, MissingError)):
            refusal = AccessError(request.env._("This does not exist, or you have no access to it."))
            return super()._handle_error(refusal)
        kept = exception.__traceback__, exception.__cause__, exception.__context__
        exception.__traceback__ = exception.__cause__ = exception.__context__ = None
        try:
            return super()._handle_error(exception)
        finally:  # for the log
            exception.__traceback__, exception.__cause__, exception.__context__ = kept
