"""The boundary said a second time, in a few plain facts; knows nothing of the product's code.

The property test plays the same steps on this and on the product, and compares what everybody sees.
"""

ROLE_SEES = {
    "viewer": {"jobs"},
    "requester": {"jobs"},
    "approver": {"jobs", "quotes"},
    "billing": {"quotes", "invoices"},
    "administrator": {"jobs", "quotes", "invoices"},
}


class Record:
    """A client's record: whose, of which kind, and where its site comes from."""

    def __init__(self, kind, client, chosen=None, address=None):
        self.kind, self.client = kind, client
        self.chosen, self.address = chosen, address  # site by hand; delivery address
        self.publish, self.active = "auto", True


class Member:
    def __init__(self, role, sites):
        self.role, self.sites = role, sites  # sites: None for all
        self.active, self.suspended = True, False


class Boundary:
    """Facts and what follows from them."""

    def __init__(self, clients, site_owner, company_of):
        self.clients = set(clients)
        self.site_owner = dict(site_owner)
        self.company_of = dict(company_of)  # user -> client of their contact, or None
        self.records, self.members = {}, {}

    def site_of(self, record):
        for site in (record.chosen, record.address):
            if site and self.site_owner[site] == record.client:
                return site
        return None

    def sees(self, user, name):
        record = self.records[name]
        member = self.members.get((user, record.client))
        if not member or not member.active or member.suspended:
            return False
        if not record.active or record.publish == "no" or record.kind not in ROLE_SEES[member.role]:
            return False
        return member.sites is None or self.site_of(record) in member.sites

    # what happens

    def invite(self, user, client, role, sites):
        self.members[user, client] = Member(role, sites)

    def revoke(self, user, client):
        self.members[user, client].active = False

    def move_record(self, name, client):
        record = self.records[name]
        if record.client != client:
            record.client, record.chosen = client, None

    def move_site(self, site, client):
        self.site_owner[site] = client
        for record in self.records.values():
            if record.chosen == site and record.client != client:
                record.chosen = None
        for (_user, member_client), member in self.members.items():
            if member.active and member.sites and site in member.sites and member_client != client:
                member.sites = member.sites - {site}
                member.suspended = member.suspended or not member.sites

    def move_contact(self, user, client):
        old = self.company_of[user]
        self.company_of[user] = client
        if old != client and (user, old) in self.members:
            self.members[user, old].suspended = True

    def merge(self, source, target):
        self.clients.discard(source)
        for record in self.records.values():
            record.client = target if record.client == source else record.client
        for holder in (self.site_owner, self.company_of):
            holder.update({key: target for key, client in holder.items() if client == source})
        for user, client in [key for key in self.members if key[1] == source]:
            member = self.members.pop((user, client))
            self.members.setdefault((user, target), member)
