from odoo.exceptions import AccessError
from odoo.http import Controller, Response, content_disposition, request, route

from odoo.addons.client_portal.controllers.frame import member_page
from odoo.addons.client_portal.controllers.gate import get_record
from odoo.addons.client_portal.models.client_gate import ClientNotFound

from ..models.client_document_bundle import zipped

_FILE = {"type": "http", "auth": "user", "readonly": True}


class ClientProof(Controller):
    """Everything that proves a completed job, as one zip that is made while it is sent."""

    @route("/my/jobs/<int:job_id>/proof", website=True, **_FILE)
    @member_page
    def client_job_proof(self, job_id, **kw):
        return _zip(get_record("project.task", job_id, kind="proof"))

    @route("/client_portal/jobs/<int:job_id>/proof", **_FILE)
    def client_staff_proof(self, job_id, **kw):
        job = request.env["project.task"].browse(job_id).exists()
        try:
            job.check_access("read")
        except AccessError:
            raise ClientNotFound() from None
        if not job or not request.env.user._is_internal():
            raise ClientNotFound()
        return _zip(job)


def _zip(job):
    name, members = job._client_proof()
    headers = [
        ("Content-Type", "application/zip"),
        ("Content-Disposition", content_disposition(name)),
        ("Cache-Control", "private, no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return Response(zipped(members), headers=headers, direct_passthrough=True)
