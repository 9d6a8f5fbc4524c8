from odoo.http import Controller, request, route

from ..models.client_times import MOST_WINDOWS
from .forms import attempt, posted, status, typed
from .frame import member_get, member_page, render
from .gate import get_record

_PAGE = {"type": "http", "auth": "user", "website": True, "readonly": member_get}
_ACT = {"type": "http", "auth": "user", "website": True, "methods": ["POST"]}


def _job(job_id):
    """A job whose visit the member may answer about."""
    return get_record("project.task", job_id, "comment")


def _typed():
    """What was typed about other times: {'rows', 'comment'}."""
    names = ("day", "begins", "ends")
    sent = typed("comment", *(f"{name}_{number}" for name in names for number in range(1, MOST_WINDOWS + 1)))
    rows = [{name: sent[f"{name}_{number}"] for name in names} for number in range(1, MOST_WINDOWS + 1)]
    return {"rows": rows, "comment": sent["comment"].replace("\r\n", "\n")}


class ClientVisits(Controller):
    """When we come: the client confirms, or asks for another time."""

    @route("/my/jobs/<int:job_id>/visit", methods=["GET", "POST"], **_PAGE)
    @member_page
    def client_visit(self, job_id, **kw):
        job, sent, refusal = _job(job_id), _typed() if posted() else None, None
        if sent:
            _done, refusal = attempt(job._client_visit_propose, sent["rows"], sent["comment"])
            if not refusal:
                return request.redirect(job._client_url())
        return _render(job, sent, refusal)

    @route("/my/jobs/<int:job_id>/visit/confirmation", **_ACT)
    @member_page
    def client_visit_confirm(self, job_id, visit="", **kw):
        job = _job(job_id)
        _done, refusal = attempt(job._client_visit_confirm, visit)
        return _render(job, None, refusal) if refusal else request.redirect(job._client_url())

    @route("/my/jobs/<int:job_id>/visit/proposal/end", **_ACT)
    @member_page
    def client_visit_withdraw(self, job_id, **kw):
        job = _job(job_id)
        _done, refusal = attempt(job._client_visit_withdraw)
        return _render(job, None, refusal) if refusal else request.redirect(job._client_url())


def _render(job, sent=None, refusal=None):
    """The page about a visit, after a refusal with the reason and everything that was typed."""
    wrong = getattr(refusal, "rows", None)
    values = {**job._client_visit_page(sent, wrong), "error": str(refusal.args[0]) if refusal else ""}
    response = render("client_portal.visit", {**values, "page_name": "jobs"}, company=job.company_id)
    response.status_code = status(refusal)
    return response
