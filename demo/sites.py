"""The clients' sites: addresses below the client that work is done at."""


def build(book, client):
    """Create the client's sites.

    :param Book book: acting for the operator
    :param words.Client client: whose
    """
    partner = book.get(f"client_{client.key}")
    for site in client.sites:
        latitude, longitude = site.at
        contact, phone = site.contact or ("", "")
        book.make(
            f"site_{client.key}_{site.key}",
            "res.partner",
            {
                "name": site.name,
                "parent_id": partner.id,
                "type": "delivery",
                "is_client_site": True,
                "street": site.street,
                "city": "Portland",
                "zip": "04101",
                "state_id": partner.state_id.id,
                "country_id": partner.country_id.id,
                "partner_latitude": latitude,
                "partner_longitude": longitude,
                "client_access_notes": site.access or False,
                "client_contact_name": contact or False,
                "client_contact_phone": phone or False,
            },
        )
