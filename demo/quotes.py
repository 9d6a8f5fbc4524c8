"""Quotes: written, sent, and approved or declined by the client."""

from unittest.mock import patch

from odoo.fields import Command, Datetime

_SESSION = "demo"


def events(book, client):
    """Every step of every quote.

    :return: list of (moment, play), `play` takes a Book at that moment
    """
    found = []
    for quote in client.quotes:
        found.append((book.past(quote.sent, quote.clock), _write(client, quote)))
        if quote.confirmed is not None:
            found.append((book.past(quote.confirmed, "14:10"), _confirm(client, quote)))
        if quote.declined is not None:
            found.append((book.past(quote.declined, "14:20"), _decline(client, quote)))
    return found


def _write(client, quote):
    """Write the quote and, unless it stays a draft, send it."""

    def play(book):
        order = book.make(f"quote_{client.key}_{quote.key}", "sale.order", _vals(book, client, quote))
        if not quote.draft and order.state == "draft":
            order.action_quotation_sent()

    return play


def _vals(book, client, quote):
    partner = book.get(f"client_{client.key}")
    site = book.get(f"site_{client.key}_{quote.site}") if quote.site else partner
    vals = {
        "partner_id": partner.id,
        "partner_shipping_id": site.id,
        "company_id": book.get("company").id,
        "user_id": book.get(f"user_{client.contact}").id,
        "date_order": book.past(quote.sent, quote.clock),
        "validity_date": book.day(quote.valid),
        "require_signature": True,
        "require_payment": False,
        "note": f"<p>{quote.note}</p>" if quote.note else False,
        "order_line": _lines(book, quote),
    }
    if quote.varies:
        varied = book.get(f"quote_{client.key}_{quote.varies}")
        vals.update(name=f"{varied.name}-V{quote.number}", variation_of_id=varied.id)
        vals.update(variation_reason=quote.reason, variation_days=quote.days)
    if quote.option_of:
        vals["client_option_of_id"] = book.get(f"quote_{client.key}_{quote.option_of}").id
    return vals


def _lines(book, quote):
    """The quote's title as a section, which is what pages call the quote, and what it offers."""
    lines = [Command.create({"display_type": "line_section", "name": quote.title, "sequence": 1})]
    lines += [_line(book, number, *line) for number, line in enumerate(quote.lines, start=10)]
    if quote.extras:
        section = {"display_type": "line_section", "name": "Extras", "is_optional": True, "sequence": 50}
        lines.append(Command.create(section))
        lines += [_line(book, number, *line) for number, line in enumerate(quote.extras, start=51)]
    return lines


def _line(book, number, product, words, quantity, price):
    return Command.create(
        {
            "product_id": book.get(f"product_{product}").id,
            "name": words,
            "product_uom_qty": quantity,
            "price_unit": price,
            "tax_ids": [Command.clear()],
            "sequence": number,
        }
    )


def _confirm(client, quote):
    """The client said yes: signed in the portal and confirmed."""

    def play(book):
        order = book.get(f"quote_{client.key}_{quote.key}")
        moment = book.past(quote.confirmed, "14:10")
        quiet = order.with_context(disable_project_task_generation=True)
        if quote.signs:
            _sign(quiet, book.get(f"user_{quote.signs}"), moment)
        else:
            order.write({"signed_by": client.members[0].name, "signed_on": moment})
            quiet.action_confirm()
        order.date_order = moment  # confirming sets it to now
        _link(book, client, quote, order)

    return play


def _sign(order, user, moment):
    """The answer as a browser sends it, by the story's clock: evidence takes its time from nobody."""
    approval = order.client_approval_id.with_user(user)
    words = approval.sudo()._kind()
    _text, shown = words._seal(words._snapshot(approval.sudo(), order))
    typed = {"verdict": "approve", "comment": "", "order_number": "", "consent": "1", "signer": user.name}
    typed |= {"signature": "", "written": "1", "shown": shown, "request": approval._request_id(_SESSION)}
    with patch.object(Datetime, "now", lambda: moment):
        approval._client_decide(typed, {"ip": "203.0.113.24", "user_agent": "Demo browser", "session": _SESSION})
    order.pending_email_template_id = False  # nobody of the story is mailed


def _link(book, client, quote, order):
    """Tie the order to the project it is worked off in, when there is one already."""
    project = quote.project and book.find(f"project_{client.key}_{quote.project}")
    if project:
        order.project_id = project


def _decline(client, quote):
    def play(book):
        book.get(f"quote_{client.key}_{quote.key}")._action_cancel()

    return play
