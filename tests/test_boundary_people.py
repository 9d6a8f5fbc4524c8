"""Partners and users: a member reads only who belongs to their own client, as ``tables/people.md`` says."""

from odoo.tests import tagged

from .common import GOVERNED, ClientPortalCommon
from .truth import table, truth


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryPeople(ClientPortalCommon):
    def _partner(self, row, actor):
        named = {
            "myself": self.users[actor].partner_id,
            "member_a": self.users["requester_a"].partner_id,
            "member_b": self.users["requester_b"].partner_id,
            "staff": self.users["manager"].partner_id,
        }
        return named.get(row) or getattr(self, row)

    def test_partners(self):
        rows = [row["partner"] for row in table("people")]
        for actor, allowed in truth("people", "partner").items():
            for row in rows:
                with self.subTest(actor=actor, partner=row):
                    self.assertEqual(self.sees(actor, self._partner(row, actor)), row in allowed)

    def test_search_of_all_partners_gives_nobody_unexpected(self):
        """However the address book grows, a viewer's whole search is themselves, the client and its sites."""
        self.assertEqual(
            self.seen("viewer_a", "res.partner"),
            set((self.users["viewer_a"].partner_id + self.client_a + self.site_a_one + self.site_a_two).ids),
        )
        self.assertEqual(
            self.seen("site_viewer_a", "res.partner"),
            set((self.users["site_viewer_a"].partner_id + self.client_a + self.site_a_one).ids),
        )

    def test_internal_notes_about_a_partner_stay_inside(self):
        self.assertTrue(self.reads("stock", self.no_client, ["comment"]), "stock opens the notes")
        for field in (
            "comment",
            "ref",
            "credit_limit",
            "trust",
            "user_id",
            "message_ids",
            "sale_order_ids",
            "invoice_ids",
            "task_ids",
            "signup_type",
            "bank_ids",
            "category_id",
        ):
            if field in self.client_a._fields:
                with self.subTest(field=field):
                    self.assertFalse(self.reads("administrator_a", self.client_a, [field]))

    def test_users(self):
        for actor in GOVERNED:
            with self.subTest(actor=actor):
                self.assertTrue(self.sees(actor, self.users[actor]), "one's own user record")
                for other in ("manager", "staff", "administrator_b" if actor != "administrator_b" else "viewer_a"):
                    if actor != "both":
                        self.assertFalse(self.sees(actor, self.users[other]), other)

    def test_viewers_do_not_list_their_colleagues_logins(self):
        self.assertEqual(self.seen("viewer_a", "res.users"), {self.users["viewer_a"].id})

    def test_memberships_and_roles_are_not_an_address_book(self):
        for actor in ("viewer_a", "billing_a", "site_viewer_a", "colleague", "stock"):
            with self.subTest(actor=actor):
                others = [("user_id", "!=", self.users[actor].id)]
                self.assertFalse(self.seen(actor, "client.member", others))
        self.assertFalse(self.seen("administrator_a", "client.member", [("client_id", "=", self.client_b.id)]))

    def test_a_member_writes_no_partner_and_no_membership(self):
        env = self.as_user("administrator_a")
        member = self.members["viewer_a"].with_env(env)
        partner = self.users["administrator_a"].partner_id.with_env(env)
        acts = {
            "rename the client": lambda: self.client_a.with_env(env).write({"name": "Mine"}),
            "archive a site": lambda: self.site_a_one.with_env(env).action_archive(),
            "move oneself to another firm": lambda: partner.write({"parent_id": self.client_b.id}),
            "widen a membership": lambda: self.members["site_viewer_a"].with_env(env).write({"all_sites": True}),
            "promote a colleague": lambda: member.write({"role_id": self.roles["administrator"].id}),
            "join another client": lambda: env["client.member"].create(
                {"user_id": env.uid, "client_id": self.client_b.id, "role_id": self.roles["viewer"].id}
            ),
            "change a role": lambda: self.roles["viewer"].with_env(env).write({"can_see_invoices": True}),
            "become a client": lambda: partner.write({"is_client": True}),
        }
        for what, act in acts.items():
            with self.subTest(what), self.refused(what):
                act()
