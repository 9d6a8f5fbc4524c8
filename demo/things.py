"""What stands at the sites, what is agreed for them, and what members put right about them."""

from odoo.fields import Command

INSTALLED = -359  # day the register of assets was begun


def events(book, client):
    """Assets, the jobs done on them, agreements, and corrections of sites.

    :return: list of (moment, play), `play` takes a Book at that moment
    """
    found = []
    for asset in client.assets:
        found.append((book.past(INSTALLED, "10:00"), _asset(client, asset)))
        found.append((book.past(0, "23:00"), _history(client, asset)))
    for agreement in client.agreements:
        found.append((book.past(agreement.starts, "08:15"), _agree(client, agreement)))
    for number, correction in enumerate(client.corrections):
        said, answered = book.course([(correction.day, correction.clock), (correction.day + 1, "08:30")])
        found.append((said, _propose(client, correction, number)))
        if correction.answer:
            found.append((answered, _answer(client, correction, number)))
    return found


def _asset(client, asset):
    def play(book):
        kind = book.make(f"kind_{asset.kind}", "client.asset.kind", {"name": asset.kind})
        vals = {
            "name": asset.name,
            "kind_id": kind.id,
            "serial": asset.serial or False,
            "client_site_id": book.get(f"site_{client.key}_{asset.site}").id,
            "installed_date": book.day(asset.installed) if asset.installed is not None else False,
            "next_due_date": book.day(asset.due) if asset.due is not None else False,
            "client_summary": asset.note or False,
        }
        book.make(f"asset_{client.key}_{asset.key}", "client.asset", vals)

    return play


def _history(client, asset):
    def play(book):
        thing = book.get(f"asset_{client.key}_{asset.key}")
        for job in asset.jobs:
            book.get(f"job_{client.key}_{job}").client_asset_ids = [Command.link(thing.id)]

    return play


def _agree(client, agreement):
    def play(book):
        vals = {
            "name": agreement.name.format(year=book.today.year),
            "partner_id": book.get(f"client_{client.key}").id,
            "company_id": book.get("company").id,
            "project_id": book.get(f"project_{client.key}_{agreement.project}").id,
            "site_ids": [Command.set([book.get(f"site_{client.key}_{site}").id for site in agreement.sites])],
            "date_start": book.day(agreement.starts),
            "date_end": book.day(agreement.ends),
            "client_summary": agreement.summary,
            "client_publish": "auto",
            "line_ids": [
                Command.create({"name": what, "quantity": times, "sequence": number})
                for number, (what, times) in enumerate(agreement.covers)
            ],
        }
        book.make(f"agreement_{client.key}_{agreement.key}", "client.agreement", vals)

    return play


def _propose(client, correction, number):
    """As the member would, through the same method as the page."""

    def play(book):
        site = book.get(f"site_{client.key}_{correction.site}")
        member = book.get(f"user_{correction.who}")
        site = site.with_env(site.env(user=member.id, su=False))
        made = site._client_correct({**correction.values, "note": correction.note})
        book.keep(f"correction_{client.key}_{number}", made.with_env(book.env))
        book.born[made.with_env(book.env)] = book.env.context["client_update_date"]

    return play


def _answer(client, correction, number):
    def play(book):
        made = book.get(f"correction_{client.key}_{number}")
        staff = book.get(f"user_{client.contact}")
        if correction.answer[0] == "accepted":
            made.with_user(staff).action_client_accept()
        else:
            made.with_user(staff)._client_refuse(correction.answer[1])
        made.decided_on = book.env.context["client_update_date"]

    return play
