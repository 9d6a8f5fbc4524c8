"""Which family the suite's own kinds of update belong to: what a member sets their mails by, and what the usual is.

A kind that is declared on its model says so itself, see ``client_told.py``.
"""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# family -> (its name, what it holds, capabilities of which one opens it). In the order of the page.
FAMILIES = {
    "answer": (
        _lt("What waits for you"),
        _lt("Quotes and approvals to answer, questions from us, visits to confirm, work to sign off."),
        (),
    ),
    "visits": (_lt("Visits"), _lt("When we come, and when that changes."), ("see_jobs",)),
    "progress": (
        _lt("Progress of the work"),
        _lt("Jobs and projects that start, move on and are completed; milestones."),
        ("see_jobs",),
    ),
    "requests": (_lt("Requests"), _lt("What became of requests."), ("see_jobs", "request")),
    "decisions": (
        _lt("What was decided"),
        _lt("Quotes and approvals that colleagues approved or declined, or that ended."),
        ("see_jobs", "see_quotes"),
    ),
    "money": (_lt("Invoices and payments"), _lt("New invoices, credit notes and payments."), ("see_invoices",)),
    "documents": (_lt("Documents and agreements"), _lt("New documents, versions and agreements."), ("see_documents",)),
    "team": (_lt("Your team"), _lt("Who joined, left or changed role."), ("manage_members",)),
}
_ASKS = (
    "approval_requested",
    "approval_stale",
    "quote_sent",
    "variation_sent",
    "job_waiting",
    "job_sign_off",
    "job_question",
    "job_visit_asked",
    "access_asked",
)
# the beginning of a kind -> family; the longest that fits counts
_BEGINNINGS = {
    **dict.fromkeys(_ASKS, "answer"),
    "approval_": "decisions",
    "quote_": "decisions",
    "variation_": "decisions",
    "option_": "decisions",
    "job_": "progress",
    "job_requested": "requests",
    "job_visit_": "visits",
    "request_": "requests",
    "invoice_": "money",
    "credit_note_": "money",
    "payment_": "money",
    "member_": "team",
    "access_": "team",
}
# asked of those who may approve; for the others it is a decision to come
APPROVERS = frozenset(
    {
        "approval_requested",
        "approval_stale",
        "quote_sent",
        "variation_sent",
        "job_sign_off",
    }
)
# these do not wait for the end of quiet hours: somebody may stand at a gate in vain
URGENT = frozenset({"job_visit_moved", "job_visit_off"})
# facts that a mail of Odoo or of the suite about the same record tells as well, whoever wrote it
MAILED = frozenset(
    {
        "approval_requested",
        "approval_stale",
        "quote_sent",
        "variation_sent",
        "invoice_posted",
        "credit_note_posted",
        "job_sign_off",
        "job_question",
        "job_waiting",
    }
)
# kind -> what must still be so on its record, or the client was asked for nothing that is open: (field, value)
OPEN = {
    "approval_requested": ("state", "pending"),
    "quote_sent": ("state", "sent"),
    "variation_sent": ("state", "sent"),
    "job_waiting": ("client_status", "waiting"),
    "job_sign_off": ("client_sign_off_state", "asked"),
    "job_visit_asked": ("client_visit_state", "asked"),
}
# kinds that a later one of these about the same record makes wrong
OVERTAKEN_BY = ("job_visit_set", "job_visit_moved", "job_visit_off")
OVERTAKEN = frozenset({*OVERTAKEN_BY, "job_visit_asked", "job_visit_confirmed"})


def family_of(kind):
    """Family of a kind of update; of a kind nobody named, the progress of the work.

    :param str kind: see ``client_update_words.WORDS``
    :return: a key of FAMILIES
    """
    fitting = [beginning for beginning in _BEGINNINGS if kind.startswith(beginning)]
    return _BEGINNINGS[max(fitting, key=len)] if fitting else "progress"
