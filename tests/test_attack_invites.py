"""Waiting for somebody else's invitation: an address on one's own card proves nothing."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .team_common import TeamCommon


@tagged("post_install", "-at_install", "client_portal")
class TestAttackInvites(TeamCommon):
    def _lie(self, actor, email="cfo@alder.example"):
        """``actor`` signed in once and typed ``email`` on their own card."""
        self.env["res.users.log"].with_user(self.users[actor]).sudo().create({})
        self.users[actor].invalidate_recordset(["login_date"])
        self.users[actor].partner_id.email = email

    def _staff(self, **options):
        return self.env["client.member"]._client_invite(
            self.client_a, "C. F. O.", "cfo@alder.example", self.roles["approver"], **options
        )

    def test_an_invitation_of_the_client_does_not_go_to_who_typed_its_address(self):
        for actor in ("viewer_b", "stock", "revoked", "viewer_a"):
            with self.subTest(actor=actor):
                self._lie(actor)
                before = self.written()
                with self.assertRaisesRegex(UserError, "cannot be invited from here"), self.cr.savepoint():
                    self.invite(email="cfo@alder.example", role="approver")
                self.assertEqual(self.written(), before)
                self.users[actor].partner_id.email = f"{actor}@example.com"

    def test_an_invitation_of_staff_does_not_either_and_says_why(self):
        self._lie("viewer_b")
        with self.assertRaisesRegex(UserError, "signs in as “viewer_b”"), self.cr.savepoint():
            self._staff()
        self.assertFalse(self.sees("viewer_b", self.task_a_one))

    def test_the_true_login_gets_it_beside_a_liar(self):
        self._lie("viewer_b")
        self.users["stock"].login = "CFO@alder.example"
        self.assertEqual(self._staff().user_id, self.users["stock"])

    def test_whoever_signed_up_alone_proved_nothing(self):
        """Odoo's open sign-up takes any address for a login; the one it belongs to is invited later."""
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        visitor = self.env(user=self.env.ref("base.public_user").id, su=False)
        typed = {"login": "cfo@alder.example", "name": "Not the C. F. O.", "password": "waiting-here-12"}
        for signs_in in (False, True):
            with self.subTest(signs_in=signs_in):
                if not signs_in:
                    visitor["res.users"].sudo().signup(typed)
                user = self.env["res.users"].search([("login", "=", "cfo@alder.example")])
                if signs_in:
                    self.env["res.users.log"].with_user(user).sudo().create({})
                    user.invalidate_recordset(["login_date"])
                with self.assertRaisesRegex(UserError, "cannot be invited from here"), self.cr.savepoint():
                    self.invite(email="cfo@alder.example", role="approver")
                with self.assertRaisesRegex(UserError, "no proof of the address"), self.cr.savepoint():
                    self._staff()
        self.assertEqual(self._staff(contact=user.partner_id).user_id, user, "staff know them")
        member = self.env["client.member"]._client_invite(
            self.client_b, "C. F. O.", "cfo@alder.example", self.roles["viewer"]
        )
        self.assertEqual(member.user_id, user, "whom a client knows already")

    def test_a_contact_that_staff_chose_is_staffs_word(self):
        self._lie("stock")
        member = self._staff(contact=self.users["stock"].partner_id)
        self.assertEqual(member.user_id, self.users["stock"])

    def test_whoever_never_signed_in_typed_nothing(self):
        self.assertFalse(self.users["nina"].login_date)
        self.users["nina"].login = "nina.new"
        member = self.env["client.member"]._client_invite(
            self.client_b, "Nina", "nina@example.com", self.roles["viewer"]
        )
        self.assertEqual(member.user_id, self.users["nina"])

    def test_nobody_but_managers_sends_invitations_by_rpc(self):
        nina = self.members["nina"]
        nina.invitation_expires = expired = fields.Datetime.now()
        self.env.flush_all()
        before = self.written()
        for actor in ("viewer_b", "administrator_a", "stock", "revoked", "public", "staff"):
            with self.subTest(actor=actor), self.assertRaises(AccessError):
                nina.with_env(self.as_user(actor)).action_client_resend()
        self.assertEqual((self.written(), nina.invitation_expires), (before, expired))
        self.assertIn("nina@example.com", str(nina.with_env(self.as_user("manager")).action_client_resend()))
