from odoo.http import Controller, request, route

from ..models.client_gate import ClientNotFound
from .forms import attempt, posted, staged, status, typed, uploads
from .frame import member_get, member_page, render
from .gate import client_env, current_client, get_record, need
from .listing import listed

_PAGE = {"type": "http", "auth": "user", "website": True}
_LOOK = {**_PAGE, "readonly": True}
_FORM = {**_PAGE, "readonly": member_get, "methods": ["GET", "POST"]}
_ACT = {**_PAGE, "methods": ["POST"]}


def _member():
    """The membership a new request is raised with; see ``client.member._client_requester``."""
    return client_env()["client.member"]._client_requester(current_client())


def _typed():
    """What came with a request's form, see ``client.request.form``."""
    sent = typed("title", "text", "site", "asset", "urgency", "only", "key", many=("dates", "staged"))
    return {**sent, "names": [upload.filename for upload in uploads()]}


def _request(job_id, capability=None):
    """A job that was raised as a request.

    :raise ClientNotFound: as for any record
    """
    job = get_record("project.task", job_id, capability)
    if not job.client_request_number:
        raise ClientNotFound()
    return job


class ClientRequests(Controller):
    """Requests: a list, the choice of a kind, its form, and what a member does with a request later."""

    @route(["/my/requests", "/my/requests/page/<int:page>"], **_LOOK)
    @member_page
    def client_requests(self, page=1, **query):
        need("request")
        need("see_jobs")
        return listed("client_portal.requests", "project.task", "/my/requests", page, query, view="requests")

    @route("/my/requests/new", **_LOOK)
    @member_page
    def client_request_choice(self, **kw):
        member = _member()
        values = {**member._client_request_choice(), "page_name": "requests"}
        return render("client_portal.request_choice", values, client=member.client_id)

    @route("/my/requests/new/<int:type_id>", **_FORM)
    @member_page
    def client_request_form(self, type_id, site="", asset="", **kw):
        member = _member()
        kind = member._client_request_type(type_id)
        return _send(member, kind, _typed()) if posted() else _form(member, kind, {"site": site, "asset": asset})

    @route("/my/requests/files", **_ACT)
    @member_page
    def client_request_file(self, **kw):
        """One file, sent while the form is still being filled in."""
        _member()
        return staged(1)

    @route("/my/requests/<int:job_id>/received", **_LOOK)
    @member_page
    def client_request_received(self, job_id, **kw):
        job = _request(job_id)
        values = {**job._client_received_page(), "page_name": "requests"}
        return render("client_portal.request_received", values, company=job.company_id)

    @route("/my/requests/<int:job_id>/cancel", **_ACT)
    @member_page
    def client_request_cancel(self, job_id, **kw):
        job = _request(job_id, "request")
        _done, refusal = attempt(job._client_cancel, typed("reason")["reason"])
        return request.redirect(f"{job._client_url()}?message={'late' if refusal else 'cancelled'}")


def _send(member, kind, sent):
    """Make a request of a form, or show the form again with all that was typed and sent along."""
    again = member._client_raised(sent)
    if again:
        return request.redirect(f"/my/requests/{again.id}/received")
    files, refused = client_env()["client.upload"]._stage(uploads(), sent["staged"])
    if refused:
        return _form(member, kind, sent, files, refused)
    task, refusal = attempt(member._client_raise, kind, sent, files)
    if refusal:
        return _form(member, kind, sent, files, refusal=refusal)
    return request.redirect(f"/my/requests/{task.id}/received")


def _form(member, kind, sent, files=(), refused=(), refusal=None):
    """The form, empty or as it came back."""
    env = client_env()
    files = files or env["client.upload"]._pending(sent.get("staged", ()))
    values = env["client.request.form"]._values(member, kind, sent, files, getattr(refusal, "errors", {}))
    values.update(error=str(refusal.args[0]) if refusal else "", refused=refused, page_name="requests")
    response = render("client_portal.request_form", values, client=member.client_id)
    response.status_code = refused[0]["status"] if refused else status(refusal)
    return response
