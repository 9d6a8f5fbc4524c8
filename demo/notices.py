"""What staff tell everybody, and when people were last here."""

LAST_HERE = -3  # day of the visit before a visitor's own: what came since is marked as new


def build(book, clients):
    """One notice to all clients, one that a client's site has to acknowledge, and everybody's last visit.

    :param Book book: acting for the operator
    :param clients: of the story
    """
    book.make(
        "notice_holidays",
        "client.notice",
        {
            "name": "Winter hours from 1 December",
            "body": "Our office answers from 7:30 to 16:00 until the end of February.\n"
            "For storm damage the night line is open as ever.",
            "date_from": book.day(-4),
            "date_to": book.day(75),
            "published": True,
        },
    )
    book.make(
        "notice_boardwalk",
        "client.notice",
        {
            "name": "Boardwalk closed for visitors next week",
            "body": "While we fix the handrails, nobody may enter the boardwalk of Coastal Reserve. "
            "Please tell your rangers, and let us know that you have read this.",
            "tone": "warning",
            "asks": True,
            "client_id": book.get("client_grounds").id,
            "site_id": book.get("site_grounds_reserve").id,
            "date_from": book.day(-1),
            "date_to": book.day(14),
            "published": True,
        },
    )
    members = book.env["client.member"].search([("client_id", "in", [book.get(f"client_{c.key}").id for c in clients])])
    seen = book.past(LAST_HERE, "17:10")
    book.env["client.seen"].create([{"member_id": m.id, "seen_on": seen, "before_on": seen} for m in members])
