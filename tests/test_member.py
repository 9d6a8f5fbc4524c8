"""Memberships: who may be one, what states they have, and the companies that come with them."""

import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ROLES, ClientPortalCommon

CAPABILITIES = {
    "viewer": {"see_jobs", "see_documents"},
    "requester": {"see_jobs", "see_documents", "request", "comment"},
    "approver": {"see_jobs", "see_quotes", "see_documents", "request", "comment", "approve"},
    "billing": {"see_quotes", "see_invoices", "see_documents", "comment"},
    "administrator": {
        "see_jobs",
        "see_quotes",
        "see_invoices",
        "see_documents",
        "request",
        "comment",
        "approve",
        "manage_members",
    },
}
EVERY = CAPABILITIES["administrator"]


@tagged("post_install", "-at_install", "client_portal")
class TestMember(ClientPortalCommon):
    def _new(self, actor="colleague", client=None, **values):
        return self.env["client.member"].create(
            {
                "user_id": self.users[actor].id,
                "client_id": (client or self.client_a).id,
                "role_id": self.roles["viewer"].id,
                **values,
            }
        )

    def _refuses(self, *args, **values):
        with self.assertRaises(UserError), self.env.cr.savepoint():  # a validation error is one
            self._new(*args, **values)

    def test_the_five_roles(self):
        for role in ROLES:
            self.assertEqual({name for name in EVERY if self.roles[role][f"can_{name}"]}, CAPABILITIES[role], role)

    def test_capabilities_are_asked_by_name(self):
        for role in ROLES:
            user = self.users[f"{role}_a"]
            self.assertEqual({name for name in EVERY if user._client_can(name)}, CAPABILITIES[role], role)
            self.assertFalse(any(user._client_can(name, self.client_b) for name in EVERY), role)
        for actor in ("revoked", "suspended", "colleague", "stock", "staff", "public"):
            self.assertFalse(any(self.users[actor]._client_can(name) for name in EVERY), actor)

    def test_capability_on_a_record_needs_its_site(self):
        user = self.users["site_viewer_a"]
        self.assertTrue(user._client_can("see_jobs", self.task_a_one))
        self.assertFalse(user._client_can("see_jobs", self.task_a_two))
        self.assertFalse(user._client_can("see_jobs", self.task_b_one))

    def test_one_membership_per_client(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self._new("viewer_a")
        self._new("viewer_a", self.client_b)

    def test_a_revoked_membership_is_not_doubled(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self._new("revoked")

    def test_only_portal_users(self):
        for actor in ("staff", "manager", "public"):
            self._refuses(actor)

    def test_only_clients(self):
        self._refuses(client=self.no_client)
        self._refuses(client=self.site_a_one)

    def test_only_companies_become_clients(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.site_a_one.is_client = True

    def test_only_sites_of_the_client(self):
        plain = self.env["res.partner"].create({"name": "Depot", "parent_id": self.client_a.id, "type": "delivery"})
        for site in (self.site_b_one, plain, self.client_a):
            self._refuses(all_sites=False, site_ids=[(6, 0, site.ids)])
        self._refuses(all_sites=False)
        self.assertTrue(self._new(all_sites=False, site_ids=[(6, 0, self.site_a_two.ids)]))

    def test_moving_a_membership_to_another_client_keeps_no_site_of_the_old_one(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.members["site_viewer_a"].client_id = self.client_b

    def test_never_deleted(self):
        for name in ("viewer_a", "revoked", "suspended"):
            with self.subTest(name), self.assertRaises(UserError), self.env.cr.savepoint():
                self.members[name].unlink()
        for record in (self.users["revoked"], self.roles["viewer"], self.client_a):
            with (
                self.subTest(record),
                mute_logger("odoo.sql_db"),
                self.assertRaises(Exception) as caught,
                self.env.cr.savepoint(),
            ):
                record.unlink()
            self.assertIsInstance(caught.exception, (psycopg2.IntegrityError, UserError))

    def test_states(self):
        member = self._new()
        self.assertEqual(member.state, "invited")
        self.env["res.users.log"].with_user(member.user_id).sudo().create({})
        member.user_id.invalidate_recordset()
        member.invalidate_recordset()
        self.assertEqual(member.state, "active")
        member.suspended = True
        self.assertEqual(member.state, "suspended")
        member.active = False
        self.assertEqual(member.state, "removed")

    def test_members_of_a_client_that_is_none_any_more_see_nothing(self):
        self.client_a.is_client = False
        self.env.flush_all()
        for actor in ("administrator_a", "viewer_a", "revoked"):
            self.assertFalse(self.sees(actor, self.task_a_one), actor)
            self.assertFalse(self.sees(actor, self.order_a_draft), f"{actor} does not fall back to stock")

    def test_whose_user_becomes_staff_is_no_member_any_more(self):
        user = self.users["viewer_a"]
        user.group_ids = [(6, 0, self.env.ref("base.group_user").ids)]
        self.env.flush_all()
        self.assertFalse(user._is_client_governed())
        self.assertFalse(any(user._client_can(name) for name in EVERY))


@tagged("post_install", "-at_install", "client_portal")
class TestMemberCompanies(ClientPortalCommon):
    """A member's allowed companies are those of the operator that serve their clients."""

    def test_members_see_both_companies_of_their_client(self):
        self.assertEqual(self.users["viewer_a"].company_ids & self.companies, self.companies)
        self.assertTrue(self.sees("viewer_a", self.task_a_company_two))

    def test_client_served_by_one_company_gives_one(self):
        self.assertNotIn(self.company_two, self.users["viewer_b"].company_ids)

    def test_new_order_in_a_second_company_widens(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.client_b.id, "company_id": self.company_two.id, "state": "sent"}
        )
        self.env.flush_all()
        self.assertIn(self.company_two, self.users["approver_b"].company_ids)
        self.assertTrue(self.sees("approver_b", order))

    def test_every_kind_of_record_widens(self):
        third = self.env["res.company"].create({"name": "Oakline Three"})
        self.env.user.company_ids |= third
        project = self.env["project.project"].create(
            {
                "name": "P",
                "partner_id": self.client_b.id,
                "company_id": third.id,
                "privacy_visibility": "portal",
                "allow_billable": True,
            }
        )
        self.env.flush_all()
        self.assertIn(third, self.users["viewer_b"].company_ids)
        self.assertTrue(self.sees("viewer_b", project))

    def test_moving_a_record_to_another_company_widens(self):
        project = self.env["project.project"].create(
            {"name": "P", "partner_id": self.client_b.id, "privacy_visibility": "portal", "allow_billable": True}
        )
        project.company_id = self.company_two
        self.env.flush_all()
        self.assertTrue(self.sees("viewer_b", project))

    def test_second_membership_widens_and_its_end_narrows(self):
        member = self.env["client.member"].create(
            {"user_id": self.users["viewer_b"].id, "client_id": self.client_a.id, "role_id": self.roles["viewer"].id}
        )
        self.assertIn(self.company_two, self.users["viewer_b"].company_ids)
        member.active = False
        self.assertNotIn(self.company_two, self.users["viewer_b"].company_ids)

    def test_main_company_is_one_of_the_allowed(self):
        for actor in ("viewer_a", "viewer_b", "both", "site_viewer_a"):
            user = self.users[actor]
            self.assertIn(user.company_id, user.company_ids, actor)
