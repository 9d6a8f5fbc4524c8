"""What goes into the access journal, and with which words of the request."""

from odoo.http import request


def note(record):
    """Journal that the current user opened ``record``: a page, a download, or a preview by staff.

    Acts (POST) leave updates; only looking is journalled here.
    """
    if request.httprequest.method == "GET":
        staff_id = request.env.context.get("client_preview")
        kind = "download" if request.httprequest.args.get("report_type") else "open"
        request.env["client.access"]._later(
            {
                "kind": "preview" if staff_id else kind,
                "user_id": request.env.uid,
                "res_model": record._name,
                "res_id": record.id,
                "staff_id": staff_id or 0,
                **origin(),
            }
        )


def origin():
    """Where the request comes from."""
    return {"ip": request.httprequest.remote_addr, "user_agent": request.httprequest.user_agent.string}
