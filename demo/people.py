"""The clients as partners, and their members with logins."""

from odoo.fields import Command

from . import passwords, pictures
from .book import ZONE


def build(book, client):
    """The client's partner, flagged as a client.

    :param Book book: acting for the operator
    :param words.Client client: whose
    """
    env = book.env
    company = book.get("company")
    partner = book.make(
        f"client_{client.key}",
        "res.partner",
        {
            "name": client.name,
            "is_company": True,
            "is_client": True,
            "street": client.street,
            "city": "Portland",
            "zip": "04101",
            "state_id": env.ref("base.state_us_20").id,
            "country_id": env.ref("base.us").id,
            "email": f"office@{client.email_domain}",
            "phone": client.phone,
            "website": f"https://{client.email_domain}",
            "image_1920": pictures.badge(client.badge, client.colour),
            "user_id": book.get(f"user_{client.contact}").id,
            "comment": client.note,
        },
    )
    if company not in partner.client_company_ids:
        partner.client_company_ids += company
    return partner


def invite(book, client):
    """Invite the members as staff would, then play what became of them.

    :param Book book: acting for the operator, at the moment the client joined
    """
    for member in client.members:
        if not book.find(f"member_{client.key}_{member.key}"):
            row = _invite(book, client, member)
            book.keep(f"member_{client.key}_{member.key}", row)
            _afterwards(book, member, row)


def _invite(book, client, member):
    """One membership; a person who is a member elsewhere keeps login and address."""
    env = book.env
    user = book.find(f"user_{member.key}") or _login(book, client, member)
    sites = env["res.partner"].concat(*(book.get(f"site_{client.key}_{site}") for site in member.sites))
    role = env.ref(f"client_portal.client_role_{member.role}")
    partner = book.get(f"client_{client.key}")
    return env["client.member"]._client_invite(
            partner, member.name, user.email, role, sites=sites, contact=user.partner_id, notify=False
        )


def _login(book, client, member):
    """Contact and portal login. An invitation makes them too, but with the address as login and no password."""
    contact = book.env["res.partner"].create(
        {
            "name": member.name,
            "function": member.function,
            "email": f"{member.key}@{client.email_domain}",
            "parent_id": book.get(f"client_{client.key}").id,
            "tz": ZONE,
        }
    )
    user = book.env["res.users"].create(
        {
            "login": member.key,
            "partner_id": contact.id,
            "company_id": book.get("company").id,
            "company_ids": [Command.set(book.get("company").ids)],
            "group_ids": [Command.set(book.env.ref("base.group_portal").ids)],
        }
    )
    passwords.give(user, member.key)
    return book.keep(f"user_{member.key}", user)


def _afterwards(book, member, row):
    """Some have signed in since, some not yet, some are gone."""
    if member.then != "invited" and not row.user_id.login_date:
        book.env["res.users.log"].with_user(row.user_id).sudo().create({})
    if member.then == "suspended":
        row.write({"suspended": True, "suspended_reason": "On leave until further notice"})
    if member.then == "removed":
        row.active = False
