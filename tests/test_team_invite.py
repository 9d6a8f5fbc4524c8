"""Inviting from the team page: whom, with what, until when; a refusal leaves nothing behind."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .team_common import TeamCommon


@tagged("post_install", "-at_install", "client_portal")
class TestTeamInvite(TeamCommon):
    def test_new_colleague(self):
        member = self.invite(email="Jo.Doe@Example.com", role="approver", sites=self.site_a_one + self.site_a_two)
        self.assertEqual((member.user_id.login, member.partner_id.parent_id), ("jo.doe@example.com", self.client_a))
        self.assertEqual((member.role_id, member.site_ids), (self.roles["approver"], self.site_a_one + self.site_a_two))
        self.assertEqual(member.state, "invited")
        self.assertTrue(member.user_id._is_portal())

    def test_login_of_another_client_gets_a_membership_more(self):
        before = self.written()["res.users"]
        member = self.invite(email="viewer_b@example.com")
        self.assertEqual((member.user_id, member.client_id), (self.users["viewer_b"], self.client_a))
        self.assertEqual(self.written()["res.users"], before)
        self.assertTrue(self.sees("viewer_b", self.task_b_one))
        self.assertTrue(self.sees("viewer_b", self.task_a_one))

    def test_one_answer_for_addresses_only_staff_may_invite(self):
        self.users["stock"].active = False
        self.users["viewer_b"].group_ids = [(6, 0, self.env.ref("base.group_public").ids)]
        answers = set()
        for email in (
            self.users["staff"].email,
            self.users["manager"].email,
            "stock@example.com",
            "viewer_b@example.com",
            "revoked@example.com",
        ):
            before = self.written()
            with self.subTest(email=email), self.assertRaises(UserError) as caught, self.cr.savepoint():
                self.invite(email=email)
            answers.add(str(caught.exception).lower().replace(email.lower(), "X"))
            self.assertEqual(self.written(), before)
        self.assertEqual(len(answers), 1, answers)
        self.assertFalse(self.users["stock"].active, "an archived login is not opened from outside")

    def test_refusals_leave_nothing_behind(self):
        cases = {
            "name": ({"name": "  "}, "name of your colleague"),
            "long name": ({"name": "x" * 121}, "name of your colleague"),
            "e-mail": ({"email": "nobody"}, "not a valid e-mail"),
            "two e-mails": ({"email": "a@example.com, b@example.com"}, "not a valid e-mail"),
            "long e-mail": ({"email": "x" * 120 + "@example.com"}, "not a valid e-mail"),
            "no role": ({"role": None}, "role from the list"),
            "no site": ({"scope": "some"}, "at least one site"),
            "foreign site": ({"sites": self.site_b_one}, "at least one site"),
            "member already": ({"email": "viewer_a@example.com"}, "already a member"),
        }
        for case, (typed, words) in cases.items():
            before = self.written()
            with self.subTest(case=case), self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                self.invite(**typed)
            self.assertEqual(self.written(), before)

    def test_invitations_expire(self):
        self.env["ir.config_parameter"].set_param("client_portal.invitation_days", "14")
        member = self.invite()
        self.assertAlmostEqual(
            member.invitation_expires, fields.Datetime.now() + timedelta(days=14), delta=timedelta(minutes=1)
        )
        token = member._client_invitation_url().split("token=")[1].split("&")[0]
        info = self.env["res.partner"].sudo()._signup_retrieve_info
        with freeze_time(fields.Datetime.now() + timedelta(days=13)):
            self.assertTrue(info(token))
            self.assertFalse(member._client_invitation_expired())
        with freeze_time(fields.Datetime.now() + timedelta(days=15)):
            self.assertFalse(info(token))
            row = member._client_team_row(self.own("administrator_a"))
            self.assertEqual((row["badge"]["label"], row["resend"]), ("Invitation expired", True))
            self.team("administrator_a")._client_team_get(member.id)._client_team_resend()
            self.assertFalse(member._client_invitation_expired())

    def test_invitation_ends_with_the_membership(self):
        token = self.invited._client_invitation_url().split("token=")[1].split("&")[0]
        info = self.env["res.partner"].sudo()._signup_retrieve_info
        self.assertTrue(info(token))
        self.team("administrator_a")._client_team_get(self.invited.id)._client_team_remove()
        self.assertFalse(info(token))

    def test_nobody_who_signed_in_is_invited_again(self):
        self.env["res.users.log"].with_user(self.users["viewer_a"]).sudo().create({})
        with self.assertRaisesRegex(UserError, "needs no invitation"):
            self.team("administrator_a")._client_team_get(self.members["viewer_a"].id)._client_team_resend()

    def test_invitations_are_throttled(self):
        self.env["ir.config_parameter"].set_param("client_portal.invitations_per_hour", "1")
        self.invite(email="one@example.com")
        with self.assertRaisesRegex(UserError, "a lot at once"):
            self.invite(email="two@example.com")
