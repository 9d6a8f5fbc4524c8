"""The kinds of certificate of the demo world, what a renewal becomes, and who was told of a lapse."""

from dataclasses import dataclass

from odoo.fields import Command


@dataclass(frozen=True)
class Kind:
    """One kind; `sites` and `things` say who needs it, as the notebook calls them."""

    name: str
    months: int = 12
    lead: int = 30
    sites: tuple = ()
    things: tuple = ()  # kinds of asset that each need one
    per: str = "site"


_RESERVE, _DEPOT, _HILL, _PIER = (f"site_grounds_{key}" for key in ("reserve", "eastgate", "hill", "pier"))
KINDS = {
    "playground": Kind("Playground inspection", sites=(_HILL,)),
    "trees": Kind("Tree safety", sites=(_RESERVE, _HILL)),
    "structures": Kind("Boardwalks and steps", months=2, sites=(_RESERVE,)),
    "electrical": Kind("Electrical safety", sites=(_PIER, _DEPOT)),
    "drainage": Kind("Drainage pressure test", months=24, sites=(_RESERVE,)),
    "backflow": Kind("Backflow test", sites=(_DEPOT,), things=("Irrigation",), per="asset"),
}
# told before the story's today: (document, day)
TOLD = (("footings", -6),)


def build(book):
    """Kinds, and the kind of request that brings the next certificate."""
    desk = book.get("project_desk")
    renewal = book.make(
        "request_certificate",
        "client.request.type",
        {
            "name": "Inspection or certificate",
            "note": "A check that is due, with the certificate for your files.",
            "icon": "fa-shield",
            "sequence": 9,
            "promise_hours": 16,
            "ask_urgency": "no",
            "ask_files": "no",
            "project_id": desk.id,
            "stage_id": book.get("stage_new").id,
            "user_id": book.get("user_tamsin").id,
        },
    )
    for number, (key, kind) in enumerate(KINDS.items()):
        book.make(f"certificate_{key}", "client.certificate.kind", {**_vals(book, kind, renewal), "sequence": number})


def _vals(book, kind, renewal):
    things = book.env["client.asset.kind"].search([("name", "in", kind.things)])
    return {
        "name": kind.name,
        "per": kind.per,
        "valid_months": kind.months,
        "lead_days": kind.lead,
        "client_ids": [Command.set(book.get("client_grounds").ids)],
        "site_ids": [Command.set([book.get(site).id for site in kind.sites])],
        "asset_kind_ids": [Command.set(things.ids)],
        "user_id": book.get("user_mira").id,
        "request_type_id": renewal.id,
    }


def tell(book):
    """What the scheduled action told on its days; no mail is written in the story."""
    company = book.get("user_mira").company_id
    for key, day in TOLD:
        at = book.at(company, book.past(day, "07:00"))
        certificate = at.get(f"document_{key}")
        certificate.reminded_until = certificate.valid_until
        certificate._call_staff()
        day = {"day": certificate.valid_until.isoformat()}
        at.env["client.update"]._append([certificate._client_update_vals("certificate_lapses", day)])
