"""The world every test of the boundary stands in: two clients, two operator companies, one actor of every sort.

The set-up is one batch per model and runs once per class, or once per throw-away database. Names tell the story:
everything of client A is called "Alder …", everything of client B "Birch …"; what must never leave carries the word
SECRET.
"""

from contextlib import contextmanager

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase

from .common_compiled import KeptCompiled
from .common_kept import KeptWorld
from .common_records import RecordsMixin

QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
    "mail_notify_force_send": False,
}
ROLES = ("viewer", "requester", "approver", "billing", "administrator")
SECRET = "SECRET"

# actor -> (client letter of the contact's company, role, sites: None for all, state of the membership)
MEMBERS = {
    **{f"{role}_{letter}": (letter, role, None, "active") for letter in "ab" for role in ROLES},
    "site_viewer_a": ("a", "viewer", ("site_a_one",), "active"),
    "site_viewer_b": ("b", "viewer", ("site_b_one",), "active"),
    "revoked": ("a", "administrator", None, "revoked"),
    "suspended": ("a", "administrator", None, "suspended"),
}
# governed without membership, both clients, not governed, nobody, staff
OTHERS = ("colleague", "both", "stock", "public", "staff", "manager")
ACTORS = (*MEMBERS, *OTHERS)
PORTAL_ACTORS = tuple(a for a in ACTORS if a not in ("public", "staff", "manager"))
GOVERNED = tuple(a for a in PORTAL_ACTORS if a != "stock")


class ClientPortalCommon(KeptCompiled, KeptWorld, RecordsMixin, TransactionCase):
    """Fixture of the boundary; mix with ``HttpCase`` for tests over HTTP (this class first)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, **QUIET})
        cls._world()
        cls.registry.clear_all_caches()

    @classmethod
    def _make_world(cls):
        cls._make_companies()
        cls._make_partners()
        cls._make_users()
        cls._make_members()
        cls._make_records()
        cls.env.flush_all()

    @classmethod
    def _make_companies(cls):
        """Two operator companies with just enough bookkeeping to post an invoice in each."""
        cls.company_one, cls.company_two = cls.env["res.company"].create(
            [
                {"name": "Oakline One"},
                {"name": "Oakline Two"},
            ]
        )
        cls.companies = cls.company_one + cls.company_two
        cls.env.user.company_ids |= cls.companies
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.companies.ids})
        cls.accounts, cls.journals = {}, {}
        for company in cls.companies:
            env = cls.env["account.account"].with_company(company)
            for kind in ("asset_receivable", "liability_payable", "income", "expense"):
                cls.accounts[company, kind] = env.create(
                    {
                        "name": f"{SECRET} {kind}",
                        "code": f"9{len(cls.accounts):05}",
                        "account_type": kind,
                        "reconcile": kind in ("asset_receivable", "liability_payable"),
                        "company_ids": company.ids,
                    }
                )
            for kind, code in (("sale", "SAL"), ("purchase", "PUR")):
                cls.journals[company, kind] = cls.env["account.journal"].create(
                    {
                        "name": f"{SECRET} {kind} journal",
                        "code": f"{code}{company.name[-3:].upper()}"[:5],
                        "type": kind,
                        "company_id": company.id,
                        "default_account_id": cls.accounts[company, "income" if kind == "sale" else "expense"].id,
                    }
                )

    @classmethod
    def _make_partners(cls):
        """Clients A and B with two sites each, a customer that is no client, a supplier-like outsider."""
        cls.client_a, cls.client_b, cls.no_client = cls.env["res.partner"].create(
            [
                {
                    "name": "Alder Estates",
                    "is_company": True,
                    "is_client": True,
                    "comment": f"{SECRET} note",
                    "ref": f"{SECRET} ref",
                },
                {"name": "Birch Estates", "is_company": True, "is_client": True, "comment": f"{SECRET} note"},
                {"name": "Cedar Stock", "is_company": True},
            ]
        )
        cls.site_a_one, cls.site_a_two, cls.site_b_one, cls.site_b_two = cls.env["res.partner"].create(
            [
                {
                    "name": f"{client.name.split()[0]} {place}",
                    "parent_id": client.id,
                    "type": "delivery",
                    "is_client_site": True,
                    "street": f"1 {place} Road",
                }
                for client in (cls.client_a, cls.client_b)
                for place in ("Harbour", "Hill")
            ]
        )
        for company in cls.companies:
            (cls.client_a + cls.client_b + cls.no_client).with_company(company).write(
                {
                    "property_account_receivable_id": cls.accounts[company, "asset_receivable"].id,
                    "property_account_payable_id": cls.accounts[company, "liability_payable"].id,
                }
            )

    @classmethod
    def _make_users(cls):
        """One login per actor; the login is the password."""
        portal, internal = cls.env.ref("base.group_portal"), cls.env.ref("base.group_user")
        manager = cls.env.ref("client_portal.group_client_manager")
        parents = {"a": cls.client_a.id, "b": cls.client_b.id}
        contact_of = {name: parents[spec[0]] for name, spec in MEMBERS.items()}
        contact_of.update({"colleague": cls.client_a.id, "both": False, "stock": cls.no_client.id})
        values = {"comment": f"{SECRET} note"}
        partners = cls.env["res.partner"].create(
            [
                {**values, "name": f"Contact {name}", "parent_id": parent, "email": f"{name}@example.com"}
                for name, parent in contact_of.items()
            ]
        )
        users = cls.env["res.users"].create(
            [
                *(
                    cls._login(name, portal, cls.company_one, partner_id=partner.id)
                    for name, partner in zip(contact_of, partners)
                ),
                cls._login("staff", internal, cls.companies, name="Staff", email=f"{SECRET}.staff@example.com"),
                cls._login("manager", internal + manager, cls.companies, name="Mara", email=f"{SECRET}.m@example.com"),
            ]
        )
        cls.users = {user.login: user for user in users}
        cls.users["public"] = cls.env.ref("base.public_user")

    @classmethod
    def _login(cls, login, groups, companies, **values):
        """Values of a user whose password is the login."""
        return {
            "login": login,
            "password": login,
            "group_ids": [(6, 0, groups.ids)],
            "company_id": companies[0].id,
            "company_ids": [(6, 0, companies.ids)],
            **values,
        }

    @classmethod
    def _make_members(cls):
        """Memberships of every actor of ``MEMBERS``, and both clients for the property manager."""
        cls.roles = {role: cls.env.ref(f"client_portal.client_role_{role}") for role in ROLES}
        rows = [
            {
                "user_id": cls.users[name].id,
                "client_id": getattr(cls, f"client_{letter}").id,
                "role_id": cls.roles[role].id,
                "all_sites": sites is None,
                "site_ids": [(6, 0, [getattr(cls, s).id for s in sites or ()])],
                "suspended": state == "suspended",
                "active": state != "revoked",
            }
            for name, (letter, role, sites, state) in MEMBERS.items()
        ]
        rows += [
            {"user_id": cls.users["both"].id, "client_id": client.id, "role_id": cls.roles["administrator"].id}
            for client in (cls.client_a, cls.client_b)
        ]
        members = cls.env["client.member"].create(rows)
        cls.members = dict(zip(MEMBERS, members))
        cls.members.update(both_a=members[-2], both_b=members[-1])

    # -- looking through somebody's eyes ---------------------------------------------------------------

    def as_user(self, actor):
        """Environment of ``actor`` as a request would have it: own companies, no test context."""
        return self.env(user=self.users[actor], su=False, context={"lang": "en_US"})

    def seen(self, actor, model, domain=(), **options):
        """Ids of ``model`` that ``actor`` finds among the fixture's records; empty when the model is closed."""
        try:
            return set(self.as_user(actor)[model].search(list(domain), **options).ids)
        except AccessError:
            return set()

    def reads(self, actor, record, fields=("id", "display_name")):
        """Whether ``actor`` can read ``record`` by its id."""
        record = record.with_env(self.as_user(actor))
        record.invalidate_recordset(flush=False)
        try:
            return bool(record.read(list(fields)))
        except AccessError:
            return False

    def sees(self, actor, record):
        """Search and read agree: True when both give ``record`` to ``actor``, False when neither does."""
        found = record.id in self.seen(actor, record._name, [("id", "=", record.id)])
        readable = self.reads(actor, record)
        self.assertEqual(found, readable, f"{actor}: search and read disagree on {record._name} {record.id}")
        return found

    @contextmanager
    def refused(self, what=""):
        """The block must end in an access error."""
        with self.assertRaises(AccessError, msg=what):
            yield
