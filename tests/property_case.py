"""The product's side of the property test: what staff do, and what everybody then sees."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase

from .common import MEMBERS, ClientPortalCommon
from .property_model import Facts, Member, Record

CLIENTS = ("client_a", "client_b")
SITES = {"site_a_one": "client_a", "site_a_two": "client_a", "site_b_one": "client_b", "site_b_two": "client_b"}
USERS = ("administrator_a", "approver_a", "site_viewer_a", "billing_b", "both", "revoked", "colleague")
URLS = {
    "project.project": "/my/projects/%s",
    "project.task": "/my/jobs/%s",
    "sale.order": "/my/orders/%s",
    "account.move": "/my/invoices/%s",
}
# key -> place; the client is in the key
RECORDS = {
    "project_a_one": "site_a_one",
    "project_a_two": "site_a_two",
    "project_b_one": "site_b_one",
    "task_a_one": "site_a_one",
    "task_a_two": "site_a_two",
    "task_a_whole": None,
    "task_b_one": "site_b_one",
    "task_b_whole": None,
    "order_a_sent": "site_a_one",
    "order_a_confirmed": "site_a_two",
    "order_a_whole": None,
    "order_b_sent": "site_b_one",
    "invoice_a_one": "site_a_one",
    "invoice_a_two": "site_a_two",
    "invoice_b_one": "site_b_one",
}
JOBS = tuple(key for key in RECORDS if key.startswith("task"))
MOVABLE = tuple(key for key in RECORDS if key.startswith(("project", "task")))


class PropertyCase(ClientPortalCommon, HttpCase):
    """Does to the product what the state machine does to the model, and compares."""

    def begin(self):
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT property")
        self.team = {
            (user, "client_a" if spec[0] == "a" else "client_b"): self.members[user]
            for user, spec in MEMBERS.items()
            if user in USERS
        }
        self.team.update({("both", "client_a"): self.members["both_a"], ("both", "client_b"): self.members["both_b"]})
        self.there = {name: getattr(self, name) for name in CLIENTS}

    def end(self):
        self.env.cr.execute("ROLLBACK TO SAVEPOINT property")
        self.env.transaction.clear()
        self.registry.clear_cache()

    def facts(self):
        """The fixture as facts."""
        facts = Facts(
            clients=set(CLIENTS),
            owner=dict(SITES),
            company={user: f"client_{MEMBERS[user][0]}" if user in MEMBERS else None for user in USERS},
        )
        facts.company["colleague"] = "client_a"
        for user, client in self.team:
            letter, role, scope, state = MEMBERS.get(user, ("", "administrator", None, "active"))
            facts.members[user, client] = Member(
                role, scope and frozenset(scope), state == "suspended", state == "revoked"
            )
        for key, place in RECORDS.items():
            client = f"client_{key.split('_')[1]}"
            facts.records[key] = Record(self.records[key]._name, client, place)
        return facts

    def site_values(self, scope):
        places = [getattr(self, site).id for site in scope or ()]
        return {"all_sites": scope is None, "site_ids": [(6, 0, places)]}

    def member_create(self, user, client, role, scope):
        self.team[user, client] = self.env["client.member"].create(
            {
                "user_id": self.users[user].id,
                "client_id": self.there[client].id,
                "role_id": self.roles[role].id,
                **self.site_values(scope),
            }
        )

    def member_write(self, member, **values):
        member.write(values)
        self.env.flush_all()

    def record_write(self, key, **values):
        self.records[key].write(values)
        self.env.flush_all()

    def partner_write(self, name, **values):
        getattr(self, name).write(values)
        self.env.flush_all()

    def contact_write(self, user, **values):
        self.users[user].partner_id.write(values)
        self.env.flush_all()

    def merge(self, source, target):
        """Odoo's own merge of contacts, ``source`` into ``target``."""
        target = getattr(self, target)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([getattr(self, source).id, target.id], target, extra_checks=False)
        self.there.pop(source, None)
        if source == "client_b":
            self._memberships_after_merge()
        self.env.flush_all()

    def _memberships_after_merge(self):
        for (user, client), member in list(self.team.items()):
            if client == "client_b":
                del self.team[user, client]
                self.team.setdefault((user, "client_a"), member)

    # -- looking ---------------------------------------------------------------------------------------

    def compare(self, facts, step):
        """Search, count and read of everybody on everything; some of the pages too."""
        self.env.flush_all()
        for user in USERS:
            env = self.as_user(user)
            env.invalidate_all()
            for model in URLS:
                keys = [key for key in RECORDS if facts.records[key].model == model]
                expected = {key for key in keys if facts.sees(user, key)}
                self.assertEqual(self._found(env[model], keys), expected, f"{user} searches")
                for key in [key for key in keys if key not in expected][step % 3 :][:1]:
                    with self.assertRaises(AccessError, msg=f"{user} reads {key}"):
                        self.records[key].with_env(env).read(["display_name"])
        for turn in range(2):
            user, key = USERS[(step + turn) % len(USERS)], list(RECORDS)[(5 * step + 7 * turn) % len(RECORDS)]
            self._open(facts, user, key)

    def _found(self, model, keys):
        """Keys of what a search finds, a count counts and a read opens."""
        names = {self.records[key].id: key for key in keys}
        domain = [("id", "in", list(names)), ("active", "in", (True, False))][: 1 + ("active" in model._fields)]
        found = model.search(domain)
        self.assertEqual(model.search_count(domain), len(found), "count and search")
        found.read(["display_name"])
        return {names[i] for i in found.ids}

    def _open(self, facts, user, key):
        record = self.records[key]
        self.authenticate(user, user)
        reply = self.url_open(URLS[record._name] % record.id, allow_redirects=False)
        shown = (
            reply.status_code == 200 and (record.client_name if "client_name" in record else record.name) in reply.text
        )
        self.assertEqual(shown, facts.sees(user, key), f"{user} opens {key}: {reply.status_code}")
        if not facts.active(user):
            self.assertIn(reply.status_code, (303, 403), user)
