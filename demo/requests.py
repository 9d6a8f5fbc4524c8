"""What clients may ask for in the portal, and where it lands."""

from odoo.fields import Command

from .projects import STAGES

# key: (name, what it is for, icon, who answers, working hours until then, more of what the form asks)
KINDS = {
    "repair": (
        "Repair",
        "Something is broken, loose or blocked. A photo helps us to bring the right things.",
        "fa-wrench",
        "tamsin",
        4,
        {"ask_urgency": "required"},
    ),
    "work": (
        "Quote for new work",
        "Tell us what you have in mind. We look at it and send you a quote.",
        "fa-calculator",
        "mira",
        16,
        {"ask_urgency": "no"},
    ),
    "visit": (
        "Extra visit",
        "One more round before an event or after a storm.",
        "fa-calendar",
        "tamsin",
        8,
        {"ask_dates": "required", "ask_asset": "no", "ask_description": "optional"},
    ),
}


def build(book):
    """The desk where requests arrive, and the three kinds there are.

    :param Book book: acting for the operator
    """
    desk = book.make(
        "project_desk",
        "project.project",
        {
            "name": "Service desk (internal)",
            "company_id": book.get("company").id,
            "user_id": book.get("user_tamsin").id,
            "privacy_visibility": "employees",
            "allow_billable": True,
            "type_ids": [Command.set([book.get(f"stage_{key}").id for key in STAGES])],
        },
    )
    for number, (key, (name, note, icon, who, hours, asks)) in enumerate(KINDS.items()):
        vals = {"name": name, "note": note, "icon": icon, "sequence": number, "promise_hours": hours, **asks}
        landing = {"project_id": desk.id, "stage_id": book.get("stage_new").id, "user_id": book.get(f"user_{who}").id}
        book.make(f"request_{key}", "client.request.type", {**vals, **landing})


def vals(book, client, asked):
    """What makes a job a request: its number, who raised it, in which words, and the promise.

    :param Book book: at the moment it was raised
    :param words.Asked asked: by whom and how
    """
    kind = book.get(f"request_{asked.kind}")
    moment = book.env.context["client_update_date"]
    return {
        "client_request_number": book.env["ir.sequence"].next_by_code("client.request"),
        "client_request_type_id": kind.id,
        "client_requester_id": book.get(f"member_{client.key}_{asked.who}").id,
        "client_request_text": asked.text,
        "client_urgency": asked.urgency or False,
        "client_promise_deadline": kind._client_promise(moment),
    }
