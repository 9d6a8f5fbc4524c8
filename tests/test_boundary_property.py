"""Random sequences of what staff do; after each step every member sees what a small model says.

Replay: a failure prints its steps, shortest first; the same seed finds it again. ``PROPERTY_SEED`` and
``PROPERTY_EXAMPLES``, ``PROPERTY_STEPS`` look further: ``PROPERTY_SEED=7 PROPERTY_EXAMPLES=200 make test-fast
FILES=tests/test_boundary_property.py``.
"""

import logging
import os
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import MEMBERS, ROLES, ClientPortalCommon
from .property_model import Facts, Member, Record

_logger = logging.getLogger(__name__)
SEED = int(os.environ.get("PROPERTY_SEED", "1"))
EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES", "25"))
STEPS = int(os.environ.get("PROPERTY_STEPS", "12"))
CLIENTS = ("client_a", "client_b")
SITES = {"site_a_one": "client_a", "site_a_two": "client_a", "site_b_one": "client_b", "site_b_two": "client_b"}
USERS = ("administrator_a", "approver_a", "site_viewer_a", "billing_b", "both", "revoked", "colleague")
URLS = {
    "project.project": "/my/projects/%s", "project.task": "/my/jobs/%s", "sale.order": "/my/orders/%s",
    "account.move": "/my/invoices/%s",
}
# key -> (client, place)
RECORDS = {
    "project_a_one": "site_a_one", "project_a_two": "site_a_two", "project_b_one": "site_b_one",
    "task_a_one": "site_a_one", "task_a_two": "site_a_two", "task_a_whole": None, "task_b_one": "site_b_one",
    "task_b_whole": None, "order_a_sent": "site_a_one", "order_a_confirmed": "site_a_two", "order_a_whole": None,
    "order_b_sent": "site_b_one", "invoice_a_one": "site_a_one", "invoice_a_two": "site_a_two",
    "invoice_b_one": "site_b_one",
}
MOVABLE = tuple(key for key in RECORDS if key.startswith(("project", "task")))
LOUD = ("odoo.http", "odoo.models", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model",
        "odoo.addons.base.models.res_users", "odoo.addons.base.wizard.base_partner_merge", "odoo.addons.mail")
users, clients, sites = st.sampled_from(USERS), st.sampled_from(CLIENTS), st.sampled_from(tuple(SITES))
roles, records = st.sampled_from(ROLES), st.sampled_from(tuple(RECORDS))
memberships = st.integers(0, 20)  # which of those there are
scopes = st.none() | st.frozensets(sites, min_size=1, max_size=2)


class Staff(RuleBasedStateMachine):
    """What staff do, done to the product and to the model alike. ``case`` is the running test."""

    case = None

    @initialize()
    def begin(self):
        self.step = 0
        self.case.begin()
        self.facts = self.case.facts()

    @rule(user=users, client=clients, role=roles, scope=scopes)
    def invite(self, user, client, role, scope):
        if (user, client) not in self.facts.members and client in self.facts.clients:
            scope = self._fitting(scope, client)
            self.case.member_create(user, client, role, scope)
            self.facts.members[user, client] = Member(role, scope)

    @rule(who=memberships, role=roles)
    def change_role(self, who, role):
        for key, member in self._member(who):
            self.case.member_write(member, role_id=self.case.roles[role].id)
            self.facts.change(*key, role=role)

    @rule(who=memberships, scope=scopes)
    def change_sites(self, who, scope):
        for key, member in self._member(who):
            fitting = self._fitting(scope, key[1])
            self.case.member_write(member, **self.case.site_values(fitting))
            self.facts.change(*key, sites=fitting)

    @rule(who=memberships)
    def suspend(self, who):
        for key, member in self._member(who):
            self.case.member_write(member, suspended=True)
            self.facts.change(*key, suspended=True)

    @rule(who=memberships)
    def resume(self, who):
        for key, member in self._member(who):
            held, client = self.facts.members[key].sites, key[1]
            sound = held is None or (held and all(self.facts.owner[site] == client for site in held))
            if sound and client in self.facts.clients:
                self.case.member_write(member, suspended=False)
                self.facts.change(*key, suspended=False)

    @rule(who=memberships)
    def revoke(self, who):
        for key, member in self._member(who):
            self.case.member_write(member, active=False)
            self.facts.change(*key, revoked=True)

    @rule(key=records, choice=st.sampled_from(("yes", "no", "auto")))
    def publish(self, key, choice):
        self.case.record_write(key, client_publish=choice)
        self.facts.edit(key, hidden=choice == "no")

    @rule(key=st.sampled_from(MOVABLE), active=st.booleans())
    def archive(self, key, active):
        self.case.record_write(key, active=active)
        self.facts.edit(key, archived=not active)

    @rule(key=st.sampled_from(MOVABLE), client=clients)
    def move_record(self, key, client):
        if client in self.case.there and self.facts.records[key].client != client:
            self.case.record_write(key, partner_id=self.case.there[client].id)
            self.facts.edit(key, client=client, place=None)

    @rule(site=sites, client=clients)
    def move_site(self, site, client):
        if client in self.case.there and self.facts.owner.get(site, client) != client:
            self.case.partner_write(site, parent_id=self.case.there[client].id)
            self.facts.move_site(site, client)

    @rule(user=users, client=clients)
    def move_contact(self, user, client):
        if client in self.facts.clients and self.facts.company[user] != client:
            self.case.contact_write(user, parent_id=self.case.there[client].id)
            self.facts.move_contact(user, client)

    @rule(flag=st.booleans())
    def flag(self, flag):
        """B stops being a client, or is one again. Its members stay suspended until somebody decides."""
        if "client_b" not in self.case.there or flag == ("client_b" in self.facts.clients):
            return
        if not flag and self.facts.company["colleague"] == "client_b":
            return  # that would be Odoo's own portal, not ours
        self.case.partner_write("client_b", is_client=flag)
        self.facts.clients.add("client_b") if flag else self.facts.unflag("client_b")

    @rule(gone=sites, stays=sites)
    def merge_sites(self, gone, stays):
        owner = self.facts.owner
        if gone != stays and gone in owner and owner[gone] == owner.get(stays):
            self.case.merge(gone, stays)
            self.facts.merge_sites(gone, stays)

    @precondition(lambda self: self.step >= 4 and set(CLIENTS) <= self.facts.clients)
    @rule()
    def merge_clients(self):
        self.case.merge("client_b", "client_a")
        self.facts.merge_clients("client_b", "client_a")

    @invariant()
    def everybody_sees_what_the_model_says(self):
        self.step += 1
        self.case.compare(self.facts, self.step)

    def _member(self, who):
        """One of the memberships that were not revoked: [(user, client), the product's record], or nothing."""
        keys = [key for key, member in self.facts.members.items() if not member.revoked]
        return [(key, self.case.team[key]) for key in keys[who % len(keys or [0]):][:1]]

    def _fitting(self, scope, client):
        """Those of the sites that are the client's, or all sites."""
        kept = frozenset(site for site in scope or () if self.facts.owner.get(site) == client)
        return kept or None

    def teardown(self):
        self.case.end()


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryProperty(ClientPortalCommon, HttpCase):
    def test_whatever_staff_do_members_see_what_the_model_says(self):
        _logger.info("seed %s, %s examples of %s steps", SEED, EXAMPLES, STEPS)
        self._run(EXAMPLES)

    def test_a_forgotten_cache_is_noticed(self):
        """The test itself is tested: without one product line it finds a sequence that leaks."""
        forget = patch.object(self.registry["res.users"], "_client_forget_scope", lambda self: None)
        with forget, self.assertRaises(AssertionError):
            self._run(10, phases=(Phase.generate,))

    def _run(self, examples, **options):
        machine = seed(SEED)(type("Staff", (Staff,), {"case": self}))
        health = list(HealthCheck)
        options = settings(
            max_examples=examples, stateful_step_count=STEPS, deadline=None, database=None, print_blob=True,
            suppress_health_check=health, **options,
        )
        with mute_logger(*LOUD):
            run_state_machine_as_test(machine, settings=options)

    # -- the product's side ----------------------------------------------------------------------------

    def begin(self):
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT property")
        self.team = {(user, "client_a" if spec[0] == "a" else "client_b"): self.members[user]
                     for user, spec in MEMBERS.items() if user in USERS}
        self.team.update({("both", "client_a"): self.members["both_a"], ("both", "client_b"): self.members["both_b"]})
        self.there = {name: getattr(self, name) for name in CLIENTS}

    def end(self):
        self.env.cr.execute("ROLLBACK TO SAVEPOINT property")
        self.env.transaction.clear()
        self.registry.clear_cache()

    def facts(self):
        """The fixture as facts."""
        facts = Facts(
            clients=set(CLIENTS), owner=dict(SITES),
            company={user: f"client_{MEMBERS[user][0]}" if user in MEMBERS else None for user in USERS},
        )
        facts.company["colleague"] = "client_a"
        for (user, client) in self.team:
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
        self.team[user, client] = self.env["client.member"].create({
            "user_id": self.users[user].id, "client_id": self.there[client].id, "role_id": self.roles[role].id,
            **self.site_values(scope),
        })

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
        shown = reply.status_code == 200 and (record.client_name if "client_name" in record else record.name) in reply.text
        self.assertEqual(shown, facts.sees(user, key), f"{user} opens {key}: {reply.status_code}")
        if not facts.active(user):
            self.assertIn(reply.status_code, (303, 403), user)
