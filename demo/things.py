"""What stands at the sites, and what members put right about them."""

from odoo.fields import Command

INSTALLED = -359  # day the register of assets was begun


def events(book, client):
    """Assets, the jobs done on them, and corrections of sites.

    :return: list of (moment, play), `play` takes a Book at that moment
    """
    found = []
    for asset in client.assets:
        found.append((book.past(INSTALLED, "10:00"), _asset(client, asset)))
        found.append((book.past(0, "23:00"), _history(client, asset)))
    for number, correction in enumerate(client.corrections):
        moment = book.past(correction.day, correction.clock)
        found.append((moment, _propose(client, correction, number)))
        if correction.answer:
            found.append((book.past(correction.day + 1, "08:30"), _answer(client, correction, number)))
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
