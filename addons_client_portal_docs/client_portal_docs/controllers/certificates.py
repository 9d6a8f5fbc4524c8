from odoo.http import Controller, request, route

from odoo.addons.client_portal.controllers.forms import attempt, status, typed
from odoo.addons.client_portal.controllers.frame import member_page, render
from odoo.addons.client_portal.controllers.gate import client_env, current_client, need
from odoo.addons.client_portal.controllers.listing import STEP, narrowed_by_client, page_number
from odoo.addons.client_portal.models.ir_http_preview import PREVIEW_ROUTES
from odoo.addons.portal.controllers.portal import pager

_PAGE = {"type": "http", "auth": "user", "website": True}

PREVIEW_ROUTES.add("/my/certificates")


class ClientCertificates(Controller):
    """Which certificate is valid where, until when, and how to get the next one."""

    @route(["/my/certificates", "/my/certificates/page/<int:page>"], readonly=True, **_PAGE)
    @member_page
    def client_certificates(self, page=1, **kw):
        need("see_documents")
        need("see_jobs")
        return _matrix(page_number(page))

    @route("/my/certificates/renew", methods=["POST"], **_PAGE)
    @member_page
    def client_certificate_renew(self, **kw):
        """Ask for the next certificate; a kind of request that wants to know more shows its form."""
        row = client_env()["client.certificate.coverage"]._client_row(typed("of")["of"])
        job, refusal = attempt(row._client_renew)
        if not refusal:
            return request.redirect(f"/my/requests/{job.id}/received")
        form = getattr(refusal, "errors", None) and row._client_renewal_url()
        return request.redirect(form) if form else _matrix(1, refusal)


def _matrix(page, refusal=None):
    matrix = client_env()["client.certificate.coverage"]._client_matrix(current_client(), page, STEP)
    pages = pager("/my/certificates", matrix["total"], page, STEP, url_args=narrowed_by_client())
    error = str(refusal.args[0]) if refusal else ""
    values = {**matrix, "pager": pages, "error": error, "page_name": "sites"}
    response = render("client_portal_docs.certificates", values)
    response.status_code = status(refusal)
    return response
