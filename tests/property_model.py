"""A small model of the boundary in plain Python: sets of facts, and what follows from them.

Written from docs/permissions.md, without a line of the product. The property test does the same
things to both and compares what members see.
"""

from dataclasses import dataclass, field, replace

CAN = {
    "viewer": {"jobs"},
    "requester": {"jobs"},
    "approver": {"jobs", "quotes"},
    "billing": {"quotes", "invoices"},
    "administrator": {"jobs", "quotes", "invoices"},
}
NEEDS = {"project.project": "jobs", "project.task": "jobs", "sale.order": "quotes", "account.move": "invoices"}


@dataclass(frozen=True)
class Member:
    """One user's place in one client."""

    role: str
    sites: frozenset | None = None  # None: all of them
    suspended: bool = False
    revoked: bool = False


@dataclass(frozen=True)
class Record:
    """What decides who sees a record. ``place`` is where it was delivered to or what staff chose."""

    model: str
    client: str
    place: str | None
    hidden: bool = False
    archived: bool = False
    only: str | None = None  # the one user a private job is for


@dataclass
class Facts:
    """The world as the model knows it."""

    clients: set  # flagged as clients
    owner: dict  # site -> client
    company: dict  # user -> client of the contact, or None
    members: dict = field(default_factory=dict)  # (user, client) -> Member
    records: dict = field(default_factory=dict)  # key -> Record

    # -- what follows ----------------------------------------------------------------------------------

    def site(self, record):
        """A record's site: only one of the record's own client counts."""
        return record.place if self.owner.get(record.place) == record.client else None

    def sees(self, user, key):
        record = self.records[key]
        if record.hidden or record.archived or record.only not in (None, user):
            return False
        member = self.members.get((user, record.client))
        if not member or member.suspended or member.revoked or record.client not in self.clients:
            return False
        if NEEDS[record.model] not in CAN[member.role]:
            return False
        return member.sites is None or self.site(record) in self._own(member, record.client)

    def _own(self, member, client):
        return {site for site in member.sites if self.owner[site] == client}

    def active(self, user):
        """Whether the user is a member of anything now."""
        return any(
            not member.suspended and not member.revoked and client in self.clients
            for (name, client), member in self.members.items()
            if name == user
        )

    # -- what staff do ---------------------------------------------------------------------------------

    def change(self, user, client, **values):
        self.members[user, client] = replace(self.members[user, client], **values)

    def edit(self, key, **values):
        self.records[key] = replace(self.records[key], **values)

    def unflag(self, client):
        """A partner is no client any more: its memberships wait for a decision."""
        self.clients.discard(client)
        for (user, name), member in list(self.members.items()):
            if name == client and not member.revoked:
                self.change(user, name, suspended=True)

    def move_site(self, site, client):
        """A place changes hands: what staff had put there by hand loses it, and so do memberships."""
        self.owner[site] = client
        for key, record in self.records.items():
            if record.place == site and record.client != client and record.model in ("project.project", "project.task"):
                self.edit(key, place=None)
        self._trim()

    def _trim(self):
        """Memberships keep the sites of their client; left with none, they wait for a decision."""
        for (user, client), member in list(self.members.items()):
            if member.revoked or member.sites is None or client not in self.clients:
                continue
            kept = frozenset(self._own(member, client))
            if kept != member.sites:
                self.change(user, client, sites=kept, suspended=member.suspended or not kept)

    def move_contact(self, user, client):
        """Somebody changes firms: history stays, the membership in the old firm waits."""
        old, self.company[user] = self.company[user], client
        member = self.members.get((user, old))
        if old in self.clients and old != client and member and not member.revoked:
            self.change(user, old, suspended=True)

    def merge_sites(self, source, target):
        for key, record in self.records.items():
            if record.place == source:
                self.edit(key, place=target)
        for (user, client), member in list(self.members.items()):
            if member.sites and source in member.sites:
                self.change(user, client, sites=member.sites - {source} | {target})
        del self.owner[source]

    def merge_clients(self, source, target):
        for key, record in self.records.items():
            if record.client == source:
                self.edit(key, client=target)
        for (user, client), member in list(self.members.items()):
            if client == source:
                del self.members[user, client]
                self.members.setdefault((user, target), member)
        self.owner = {site: target if client == source else client for site, client in self.owner.items()}
        self.company = {user: target if client == source else client for user, client in self.company.items()}
        self.clients.discard(source)
        self._trim()
