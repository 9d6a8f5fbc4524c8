"""The door of *Preview as client*: what a browser may do while it looks as somebody else.

While a preview lasts, its browser session can do three things: look at the listed pages as
the member, on a transaction that PostgreSQL itself keeps from writing; fetch what pages are
dressed with; and end the preview. Everything else is refused, the back office included, so
that no form or script of a page shown as the member ever acts with the rights of staff.
"""

from psycopg2.errors import ReadOnlySqlTransaction
from werkzeug.exceptions import abort

from odoo import models
from odoo.exceptions import AccessError
from odoo.http import Response, request

from .client_preview import SESSION_KEY

# looked at as the member; another module adds its own with PREVIEW_ROUTES.add("/my/...")
PREVIEW_ROUTES = {
    "/my",
    "/my/jobs",
    "/my/jobs/<int:job_id>",
    "/my/jobs/<int:job_id>/visit",
    "/my/calendar",
    "/my/jobs/<int:job_id>/completion",
    "/my/agreements",
    "/my/agreements/<int:agreement_id>",
    "/my/requests",
    "/my/requests/new",
    "/my/requests/new/<int:type_id>",
    "/my/requests/<int:job_id>/received",
    "/my/projects",
    "/my/projects/<int:project_id>",
    "/my/projects/updates/<int:update_id>",
    "/my/approvals",
    "/my/approvals/<int:approval_id>",
    "/my/quotes",
    "/my/orders",
    "/my/orders/<int:order_id>",
    "/my/invoices",
    "/my/invoices/<int:invoice_id>",
    "/my/statement",
    "/my/statement/history",
    "/my/updates",
    "/my/search",
    "/my/sites",
    "/my/sites/page/<int:page>",
    "/my/sites/<int:site_id>",
    "/my/assets",
    "/my/assets/page/<int:page>",
    "/my/assets/<int:asset_id>",
    "/my/access",
    "/my/team",
    "/my/team/activity",
    "/my/tasks",
    "/my/tasks/<int:task_id>",
    "/web/image",
    "/web/content",
}
# answered as ever: how pages look, and the ways out
OWN_ROUTES = {
    "/web/assets/<string:unique>/<string:filename>",
    "/web/bundle/<string:bundle_name>",
    "/web/webclient/translations",
    "/website/translations",
    "/web/binary/company_logo",
    "/web/sign/get_fonts",  # fonts of the signature form; read from the source folder
    "/web/session/logout",
    "/web/session/destroy",
    "/my/preview/end",
}
_LOOKING = ("GET", "HEAD")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        super()._authenticate(endpoint)
        if SESSION_KEY in request.session:
            cls._client_preview_enter(set(endpoint.routing["routes"]))

    @classmethod
    def _client_preview_enter(cls, routes):
        """Look as the member where that is allowed, refuse whatever else is asked.

        The session stays the staff user's: nobody is signed in as the member.

        :param set routes: addresses of the endpoint that was asked for
        """
        if routes & OWN_ROUTES:
            return
        staff = request.env(user=request.session.uid)  # whatever the address asks for: it may be open to anybody
        member = staff["client.preview"]._member(request.session[SESSION_KEY])
        looking = request.httprequest.method in _LOOKING
        if not member and looking and not routes & PREVIEW_ROUTES:
            del request.session[SESSION_KEY]  # over, and staff went back to their own work
            return
        if not member or not looking or not routes & PREVIEW_ROUTES:
            cls._client_preview_refuse(staff, member.user_id.name)
        request.env.cr.execute("SET TRANSACTION READ ONLY")
        request.update_env(user=member.user_id.id)
        own = request.env["res.users"].context_get()
        request.update_env(context={**own, "client_preview": staff.uid})
        request.csrf_token = _no_token  # a form of this page does nothing after the preview either
        lang = request.env["ir.http"].get_nearest_lang(own.get("lang"))
        if lang:
            request.lang = request.env["res.lang"]._get_data(code=lang)

    @classmethod
    def _dispatch(cls, endpoint):
        """Turn a refused write into a refusal, before Odoo tries again on a cursor that can write."""
        if not request.env.context.get("client_preview"):
            return super()._dispatch(endpoint)
        try:
            with request.env.cr.savepoint():  # flushes inside, and leaves a usable transaction
                return super()._dispatch(endpoint)
        except Exception as error:
            if not _is_refused_write(error):
                raise
        return cls._client_preview_refuse(request.env)

    @classmethod
    def _client_preview_refuse(cls, env, name=""):
        """A plain page, or an error for scripts, that says why and how to go on.

        :param env: environment of the reader
        :param str name: whom the preview shows; empty when it is over or a page had to write
        """
        if request.dispatcher.routing_type != "http":
            raise AccessError(env._("You are looking at the portal as a client: end the preview to go on working."))
        looking = request.httprequest.method in _LOOKING
        html = env["ir.qweb"]._render("client_portal.preview_refused", {"name": name or ""})
        response = Response(html, status=403 if looking else 405, content_type="text/html;charset=utf-8")
        if not looking:
            response.headers["Allow"] = "GET, HEAD"
        abort(response)


def _no_token(*_args, **_options):
    """What forms get instead of a CSRF token on pages shown as the member."""
    return ""


def _is_refused_write(error):
    """Whether PostgreSQL refused to write, however the error was wrapped on its way."""
    while error is not None and not isinstance(error, ReadOnlySqlTransaction):
        error = error.__cause__ or error.__context__
    return error is not None
