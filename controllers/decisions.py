from odoo.exceptions import AccessError
from odoo.http import Controller, content_disposition, request, route

from ..models.client_gate import ClientNotFound
from .frame import member_page
from .gate import get_record

_FILE = {"type": "http", "auth": "user", "readonly": True}


class ClientDecisions(Controller):
    """The files of a decision: certificate, frozen document, evidence."""

    @route("/my/approvals/<int:approval_id>/decisions/<int:decision_id>/<string:paper>", website=True, **_FILE)
    @member_page
    def client_decision_paper(self, approval_id, decision_id, paper, **kw):
        approval = get_record("client.approval", approval_id, "approve", kind="download")
        return _file(approval._client_decision(decision_id)._paper(paper))

    @route("/client_portal/decisions/<int:decision_id>/<string:paper>", **_FILE)
    def client_staff_paper(self, decision_id, paper, **kw):
        return _file(_readable("client.decision", decision_id)._paper(paper))

    @route("/client_portal/ledgers/<int:ledger_id>/evidence", **_FILE)
    def client_staff_evidence(self, ledger_id, **kw):
        return _file(_readable("client.ledger", ledger_id)._evidence_file())


def _readable(model, record_id):
    """A record for staff who may read it; for everybody else it is not there."""
    record = request.env[model].browse(record_id).exists()
    try:
        record.check_access("read")
    except AccessError:
        raise ClientNotFound() from None
    if not record:
        raise ClientNotFound()
    return record


def _file(paper):
    """A download that nobody keeps a copy of on the way.

    :param paper: (file name, mimetype, bytes)
    """
    name, mimetype, content = paper
    headers = [
        ("Content-Type", mimetype),
        ("Content-Disposition", content_disposition(name)),
        ("Cache-Control", "private, no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return request.make_response(content, headers)
