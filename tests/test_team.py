"""Who may do what to a team: nobody grants more than they hold, and what staff closed only staff open."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.client_gate import ClientNotFound
from .common import ROLES
from .team_common import TeamCommon

ACTS = ("see", "invite", "change", "resend", "suspend", "resume", "remove")
# actor -> (acts they may do on people of client A with less than them, what stops the others)
WHO = {
    "administrator_a": (ACTS, None),
    "both": (ACTS, None),
    **{f"{role}_a": ((), ClientNotFound) for role in ROLES if role != "administrator"},
    "administrator_b": ((), ClientNotFound),
    "site_viewer_a": ((), ClientNotFound),
    "revoked": ((), ClientNotFound),
    "suspended": ((), ClientNotFound),
    "stock": ((), ClientNotFound),
    "staff": ((), ClientNotFound),
    "public": ((), ClientNotFound),
    # one site: sees whoever reaches it, acts on nobody who reaches more
    "colleague": (("see",), UserError),
}


@tagged("post_install", "-at_install", "client_portal")
class TestTeam(TeamCommon):
    def _do(self, actor, act):
        if act == "invite":
            return self.team(actor)._client_team(self.client_a)._client_team_invite(self.typed())
        target = self.members["nina" if act == "resend" else "viewer_a"]
        if act == "resume":
            target.write({"suspended": True, "closed_by_client": True})
        member = self.team(actor)._client_team_get(target.id)
        if act == "change":
            return member._client_team_change(self.typed("requester"))
        return member if act == "see" else getattr(member, f"_client_team_{act}")()

    def test_who_may_do_what(self):
        for actor, (acts, refusal) in WHO.items():
            for act in ACTS:
                with self.subTest(actor=actor, act=act), self.cr.savepoint() as savepoint:
                    if act in acts:
                        self._do(actor, act)
                    else:
                        with self.assertRaises(refusal):
                            self._do(actor, act)
                    savepoint.rollback()
                self.registry.clear_cache()

    def test_roles_within_ones_own(self):
        """Whoever holds the role of the row may grant the roles named."""
        may = {
            "viewer": {"viewer"},
            "requester": {"viewer", "requester"},
            "approver": {"viewer", "requester", "approver"},
            "billing": {"billing"},
            "administrator": set(ROLES),
        }
        for holder, granted in may.items():
            with self.subTest(holder=holder):
                self.assertEqual({r for r in ROLES if self.roles[r]._within(self.roles[holder])}, granted)

    def test_approval_limits_within_ones_own(self):
        euro, dollar = self.env.ref("base.EUR"), self.env.ref("base.USD")
        own, other = self.env["client.role"].create([{"name": n, "can_approve": True} for n in ("Own", "Other")])
        # limits of one's own role, limits of the other: may one grant it?
        table = [
            ({}, {}, True),
            ({}, {euro: 5}, True),
            ({euro: 100}, {}, False),
            ({euro: 100}, {euro: 100}, True),
            ({euro: 100}, {euro: 100.01}, False),
            ({euro: 100}, {dollar: 1}, False),
            ({euro: 100}, {euro: 1, dollar: 1}, False),
            ({euro: 100, dollar: 5}, {dollar: 5}, True),
        ]
        for mine, theirs, allowed in table:
            with self.subTest(mine=mine, theirs=theirs):
                for role, limits in ((own, mine), (other, theirs)):
                    rows = [(0, 0, {"currency_id": c.id, "amount": amount}) for c, amount in limits.items()]
                    role.limit_ids = [(5,), *rows]
                self.assertEqual(other._within(own), allowed)
        other.can_approve = False
        self.assertTrue(other._within(own), "a limit of nothing")

    def test_a_manager_with_a_smaller_role(self):
        foreman = self.env["client.role"].create(
            {"name": "Foreman", "can_see_jobs": True, "can_see_documents": True, "can_manage_members": True}
        )
        self.members["requester_a"].role_id = foreman
        own = self.own("requester_a")
        self.assertEqual(own._client_team_roles(), self.roles["viewer"] + foreman)
        with self.assertRaisesRegex(UserError, "role from the list"):
            own._client_team_invite(self.typed("approver"))
        with self.assertRaisesRegex(UserError, "more than you"):
            self.team("requester_a")._client_team_get(self.members["billing_a"].id)._client_team_suspend()
        self.team("requester_a")._client_team_get(self.members["viewer_a"].id)._client_team_suspend()

    def test_administrator_of_one_site(self):
        own = self.own("colleague")
        shown = own._client_team_members()
        self.assertIn(self.members["site_viewer_a"], shown)
        self.assertIn(self.members["administrator_a"], shown)
        for typed in (
            {"scope": "all"},
            {"sites": self.site_a_two},
            {"sites": self.site_a_one + self.site_a_two},
            {"sites": self.site_b_one},
        ):
            with self.subTest(typed=typed), self.assertRaisesRegex(UserError, "Choose"):
                self.invite("colleague", **typed)
        member = self.invite("colleague", sites=self.site_a_one)
        self.assertEqual((member.all_sites, member.site_ids), (False, self.site_a_one))
        neighbour = self.members["site_viewer_a"]
        neighbour.site_ids = self.site_a_two
        with self.assertRaises(ClientNotFound):
            self.team("colleague")._client_team_get(neighbour.id)
        neighbour.site_ids += self.site_a_one
        row = self.team("colleague")._client_team_get(neighbour.id)._client_team_row(own)
        self.assertNotIn(self.site_a_two.name, row["sites"])
        with self.assertRaisesRegex(UserError, "more than you"):
            self.team("colleague")._client_team_get(neighbour.id)._client_team_remove()

    def test_nobody_changes_their_own_access(self):
        me = self.members["administrator_a"]
        for act, args in (("change", [self.typed("viewer")]), ("suspend", []), ("remove", []), ("resume", [])):
            with self.subTest(act=act), self.assertRaisesRegex(UserError, "your own access"):
                getattr(self.team("administrator_a")._client_team_get(me.id), f"_client_team_{act}")(*args)
        self.assertTrue(me._is_open())

    def test_change_role_and_sites(self):
        member = self.team("administrator_a")._client_team_get(self.members["viewer_a"].id)
        member._client_team_change(self.typed("approver", self.site_a_one))
        self.assertEqual(
            (member.role_id, member.all_sites, member.site_ids), (self.roles["approver"], False, self.site_a_one)
        )
        to_themselves = set(self.task_a_only_one_site.ids)  # a job of the other member alone
        self.assertEqual(
            self.seen("viewer_a", "project.task"), self.seen("site_viewer_a", "project.task") - to_themselves
        )
        member._client_team_change(self.typed("approver"))
        self.assertTrue(member.all_sites)
        self.assertEqual(
            self.kinds(member), ["member_joined", "member_role_changed", "member_sites_changed", "member_all_sites"]
        )
        titles = [
            row["title"]
            for row in self.env["client.update"]
            .search([("res_id", "=", member.id), ("res_model", "=", "client.member")])
            ._client_rows()
        ]
        self.assertIn("Contact viewer_a is now Approver", titles)
        self.assertIn("Contact viewer_a now sees Alder Harbour", titles)

    # -- what staff closed, only staff open ----------------------------------------------------------

    def test_suspended_by_the_client_or_by_staff(self):
        member = self.team("administrator_a")._client_team_get(self.members["viewer_a"].id)
        member._client_team_suspend()
        self.assertEqual((member.state, member.closed_by_client), ("suspended", True))
        member._client_team_resume()
        self.assertEqual((member.state, member.closed_by_client), (member.state, False))
        self.assertTrue(member._is_open())
        member.with_user(self.users["manager"]).action_client_suspend()
        self.assertFalse(member.closed_by_client)
        member._client_team_suspend()
        self.assertFalse(member.closed_by_client, "suspending twice does not take it over")
        with self.assertRaisesRegex(UserError, "was suspended by"):
            member._client_team_resume()
        self.assertTrue(member.suspended)
        self.assertEqual(self.kinds(member)[1:], ["member_suspended", "member_resumed", "member_suspended"])

    def test_removing_does_not_wash_a_suspension_away(self):
        member = self.members["viewer_a"]
        member.with_user(self.users["manager"]).action_client_suspend()
        self.team("administrator_a")._client_team_get(member.id)._client_team_remove()
        self.assertFalse(member.active)
        with self.assertRaisesRegex(UserError, "cannot be invited from here"):
            self.invite(email="viewer_a@example.com")

    def test_removed_by_the_client_comes_back_by_invitation(self):
        member = self.team("administrator_a")._client_team_get(self.members["approver_a"].id)
        member._client_team_remove()
        self.assertFalse(member.active)
        with self.assertRaises(ClientNotFound):
            self.team("administrator_a")._client_team_get(member.id)
        again = self.invite(email="approver_a@example.com", role="viewer", sites=self.site_a_one)
        self.assertEqual((again, again.role_id, again.site_ids), (member, self.roles["viewer"], self.site_a_one))
        self.assertEqual(self.kinds(member), ["member_joined", "member_removed", "member_joined"])

    def test_removed_by_staff_stays_out(self):
        with self.assertRaisesRegex(UserError, "cannot be invited from here"):
            self.invite(email="revoked@example.com")

    # -- sessions -----------------------------------------------------------------------------------------

    def test_sessions_end_with_the_last_membership(self):
        def seal(actor):
            self.env.flush_all()
            return self.users[actor]._compute_session_token(f"session of {actor}")

        for close in ("suspend", "remove"):
            with self.subTest(close=close):
                before = seal("viewer_a"), seal("both"), seal("viewer_b")
                for name in ("viewer_a", "both_a"):
                    getattr(
                        self.team("administrator_a")._client_team_get(self.members[name].id), f"_client_team_{close}"
                    )()
                after = seal("viewer_a"), seal("both"), seal("viewer_b")
                self.assertNotEqual(before[0], after[0])
                self.assertEqual(before[1:], after[1:], "still a member of client B")
                (self.members["viewer_a"] + self.members["both_a"]).write({"suspended": False, "active": True})

    def test_a_last_sign_in_elsewhere_is_not_told(self):
        log = self.env["res.users.log"].with_user(self.users["viewer_b"]).sudo().create({})
        log.flush_recordset()
        self.cr.execute("UPDATE res_users_log SET create_date = create_date - interval '3 days' WHERE id = %s", log.ids)
        self.env.invalidate_all()
        self.assertIn("seen", self.members["viewer_b"]._client_team_row(self.own("administrator_b"))["seen"])
        self.users["viewer_b"].login = "viewer_b@example.com"
        member = self.invite(email="viewer_b@example.com")
        self.assertEqual(member._client_team_row(self.own("administrator_a"))["seen"], "")
