from odoo.http import Controller, request, route

from .forms import attempt, posted, status, typed
from .frame import member_get, member_page, render
from .gate import client_env, get_record
from .listing import listed

_PAGE = {"type": "http", "auth": "user", "website": True, "readonly": member_get}
_FIELDS = ("verdict", "comment", "order_number", "consent", "signer", "signature", "written", "shown", "request")


class ClientApprovals(Controller):
    """What waits for a member's yes, and their answer."""

    @route(["/my/approvals", "/my/approvals/page/<int:page>"], **_PAGE)
    @member_page
    def client_approvals(self, page=1, **query):
        return listed("client_portal.approvals", "client.approval", "/my/approvals", page, query)

    @route("/my/approvals/<int:approval_id>", methods=["GET", "POST"], **_PAGE)
    @member_page
    def client_approval(self, approval_id, done="", **kw):
        approval, sent, refusal = get_record("client.approval", approval_id), typed(*_FIELDS), None
        if posted():
            _decision, refusal = attempt(approval._client_decide, sent, _origin())
            if not refusal:
                return request.redirect(approval._client_after())
        return _render(approval, sent if posted() else None, refusal, done)


    @route("/my/approvals/<int:approval_id>/documents/<int:file_id>", **_PAGE)
    @member_page
    def client_approval_document(self, approval_id, file_id, **kw):
        file = get_record("client.approval", approval_id)._client_document(file_id)
        return request.env["ir.binary"]._get_stream_from(file).get_response(as_attachment=True)


def _origin():
    """Where an answer comes from, for the evidence."""
    session = client_env()["client.approval"]._client_session()
    return {**client_env()["client.access"]._where_from(), "session": session}


def _render(approval, sent, refusal, done):
    error = str(refusal.args[0]) if refusal else ""
    values = {**approval._client_facts(sent, error), **approval._client_thread_values()}
    values.update(done=done, page_name="approvals")
    response = render("client_portal.approval", values, company=approval.company_id)
    response.status_code = status(refusal)
    return response
