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

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ROLES
from .property_case import CLIENTS, JOBS, MOVABLE, RECORDS, SITES, USERS, PropertyCase
from .property_model import Member

_logger = logging.getLogger(__name__)
SEED = int(os.environ.get("PROPERTY_SEED", "1"))
EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES", "10"))
STEPS = int(os.environ.get("PROPERTY_STEPS", "12"))
LOUD = (
    "odoo.http",
    "odoo.models",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.res_users",
    "odoo.addons.base.wizard.base_partner_merge",
    "odoo.addons.mail",
)
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

    @rule(key=st.sampled_from(JOBS), user=st.none() | users)
    def keep_private(self, key, user):
        """Somebody's job becomes theirs alone, or everybody's again."""
        self.case.record_write(key, client_only_user_id=self.case.users[user].id if user else False)
        self.facts.edit(key, only=user)

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
        return [(key, self.case.team[key]) for key in keys[who % len(keys or [0]) :][:1]]

    def _fitting(self, scope, client):
        """Those of the sites that are the client's, or all sites."""
        kept = frozenset(site for site in scope or () if self.facts.owner.get(site) == client)
        return kept or None

    def teardown(self):
        self.case.end()


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryProperty(PropertyCase):
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
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=health,
            **options,
        )
        with mute_logger(*LOUD):
            run_state_machine_as_test(machine, settings=options)
