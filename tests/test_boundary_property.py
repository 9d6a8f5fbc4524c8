"""Whatever staff do, and in whatever order: what members find, read, count and open is the boundary's.

Hypothesis plays sequences of acts on the product and on ``boundary_model``; a failure prints its steps
and the line that replays it. By default the sequences are the same every time. CLIENT_PORTAL_EXAMPLES=200
plays more, at random, and shrinks a sequence that fails to the shortest, which takes minutes.
"""

import os
from itertools import product

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from odoo.tests import tagged

from ..models.client_gate import ClientNotFound
from . import boundary_model
from .common import ClientPortalCommon

USERS = ("administrator_a", "colleague", "stock", "viewer_b")
SITES = ("site_a_one", "site_a_two", "site_b_one")
JOBS = ("job_one", "job_none", "job_b")
MODELS = {"jobs": ("project.task", "project.project"), "quotes": ("sale.order",), "invoices": ("account.move",)}


class Play(RuleBasedStateMachine):
    """The acts, done twice: by the product and in the model."""

    def __init__(self, case):
        super().__init__()
        self.case, self.env = case, case.env
        self.savepoint = case.env.cr.savepoint(flush=True)
        case.registry.clear_all_caches()
        self.model = case.independent_model()

    def teardown(self):
        self.env.clear()
        self.savepoint.close(rollback=True)
        self.env.clear()
        self.case.registry.clear_all_caches()

    def member(self, user, client):
        members = self.env["client.member"].with_context(active_test=False)
        return members.search([("user_id", "=", self.case.users[user].id), ("client_id", "=", self.partner(client).id)])

    def partner(self, client):
        return getattr(self.case, f"client_{client}")

    def alive(self, client):
        return client if client in self.model.clients else "a"

    clients, users, sites = st.sampled_from("ab"), st.sampled_from(USERS), st.sampled_from(SITES)

    @rule(user=users, client=clients, role=st.sampled_from(sorted(boundary_model.ROLE_SEES)), listed=st.sets(sites))
    def invite_or_change(self, user, client, role, listed):
        client = self.alive(client)
        own = {site for site in listed if self.model.site_owner[site] == client}
        values = {
            "role_id": self.case.roles[role].id,
            "all_sites": not own,
            "site_ids": [(6, 0, [getattr(self.case, site).id for site in own])],
            "suspended": False,
            "active": True,
        }
        member = self.member(user, client)
        if member:
            member.write(values)
        else:
            key = {"user_id": self.case.users[user].id, "client_id": self.partner(client).id}
            self.env["client.member"].create({**key, **values})
        self.model.invite(user, client, role, own or None)

    @precondition(lambda self: self.model.members)
    @rule(data=st.data())
    def revoke(self, data):
        user, client = data.draw(st.sampled_from(sorted(self.model.members)))
        self.member(user, client).active = False
        self.model.revoke(user, client)

    @rule(data=st.data(), choice=st.sampled_from(("auto", "yes", "no")))
    def publish(self, data, choice):
        name = data.draw(st.sampled_from(sorted(self.model.records)))
        self.case.universe[name].client_publish = choice
        self.model.records[name].publish = choice

    @rule(name=st.sampled_from(JOBS), active=st.booleans())
    def archive(self, name, active):
        self.case.universe[name].active = active
        self.model.records[name].active = active

    @rule(name=st.sampled_from(JOBS), client=clients)
    def move_job(self, name, client):
        client = self.alive(client)
        self.case.universe[name].partner_id = self.partner(client)
        self.model.move_record(name, client)

    @rule(site=sites, client=clients)
    def move_site(self, site, client):
        client = self.alive(client)
        getattr(self.case, site).parent_id = self.partner(client)
        self.model.move_site(site, client)

    @rule(user=st.sampled_from(("colleague", "stock")), client=st.sampled_from(("a", "b", None)))
    def move_contact(self, user, client):
        client = client and self.alive(client)
        self.case.users[user].partner_id.parent_id = self.partner(client) if client else self.case.no_client
        self.model.move_contact(user, client)

    @precondition(lambda self: "b" in self.model.clients)
    @rule(really=st.sampled_from((False, False, True)))
    def merge_clients(self, really):
        if really:
            both = self.case.client_a + self.case.client_b
            self.env["base.partner.merge.automatic.wizard"]._merge(both.ids, self.case.client_a)
            self.model.merge("b", "a")

    @invariant()
    def everybody_sees_what_the_model_says(self):
        self.env.flush_all()
        self.env.invalidate_all()
        universe = self.case.universe
        for user, (kind, models) in product(USERS, MODELS.items()):
            for model in models:
                names = [n for n, record in universe.items() if record._name == model]
                expected = {universe[n].id for n in names if self.model.sees(user, n)}
                assert names and self.case.what_is_seen(user, model, names) == expected, (user, kind, model, expected)


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryProperty(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        project = {"privacy_visibility": "portal", "allow_billable": True, "company_id": cls.company_one.id}
        whole, other = cls.env["project.project"].create(
            [{**project, "name": f"Project {c.name}", "partner_id": c.id} for c in (cls.client_a, cls.client_b)]
        )
        job = {"partner_id": cls.client_a.id, "project_id": whole.id}
        cls.universe = {"project": whole, "project_b": other, "quote": cls.order_a_sent, "invoice": cls.invoice_a_two}
        jobs = [
            {**job, "name": "1", "client_site_id": cls.site_a_one.id},
            {**job, "name": "2"},
            {**job, "name": "3", "partner_id": cls.client_b.id, "project_id": other.id},
        ]
        jobs[2]["client_site_id"] = cls.site_b_one.id
        cls.universe.update(zip(JOBS, cls.env["project.task"].create(jobs), strict=True))
        cls.env.flush_all()

    def independent_model(self):
        """The facts of the fixture, by hand."""
        owners = {"site_a_one": "a", "site_a_two": "a", "site_b_one": "b"}
        companies = {"administrator_a": "a", "colleague": "a", "stock": None, "viewer_b": "b"}
        model = boundary_model.Boundary("ab", owners, companies)
        record = boundary_model.Record
        model.records = {
            "project": record("jobs", "a"),
            "project_b": record("jobs", "b"),
            "quote": record("quotes", "a", address="site_a_one"),
            "invoice": record("invoices", "a", address="site_a_two"),
            "job_one": record("jobs", "a", chosen="site_a_one"),
            "job_none": record("jobs", "a"),
            "job_b": record("jobs", "b", chosen="site_b_one"),
        }
        model.invite("administrator_a", "a", "administrator", None)
        model.invite("viewer_b", "b", "viewer", None)
        return model

    def what_is_seen(self, user, model, names):
        """Ids that search, count, read and the gate agree on."""
        records = self.env[model].browse([self.universe[name].id for name in names])
        mine = self.as_user(user)[model]
        found = self.seen(user, model, [("id", "in", records.ids)])
        assert mine.search_count([("id", "in", records.ids)]) == len(found), "count and search differ"
        for record in records:
            assert self.reads(user, record) == (record.id in found), (user, record, "read and search differ")
            try:
                opened = bool(mine._client_get(record.id))
            except ClientNotFound:
                opened = False
            assert opened == (record.id in found), (user, record, "the gate and search differ")
        return found

    def test_any_sequence_of_acts(self):
        more = os.environ.get("CLIENT_PORTAL_EXAMPLES")
        run_state_machine_as_test(
            lambda: Play(self),
            settings=settings(
                max_examples=int(more or 12),
                stateful_step_count=10,
                derandomize=not more,
                phases=[Phase.generate, *([Phase.shrink] if more else [])],
                database=None,
                deadline=None,
                print_blob=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
