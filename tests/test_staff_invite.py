"""Inviting people: contact, login, membership and mail in one step, whoever the address belongs to."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .staff_common import StaffCase


@tagged("post_install", "-at_install")
class TestStaffInvite(StaffCase):
    def test_new_person_gets_contact_login_membership_and_mail(self):
        member = self.invite("Jane.Grove@Example.com")
        self.assertEqual(member.user_id.login, "jane.grove@example.com")
        self.assertTrue(member.user_id._is_portal())
        self.assertEqual(member.partner_id.parent_id, self.client)
        self.assertEqual((member.role_id, member.all_sites, member.state), (self.viewer, True, "invited"))
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertIn("jane.grove@example.com", mail.email_to)
        self.assertIn("/web/signup?", mail.body_html)
        self.assertIn(self.client.name, mail.subject)

    def test_sign_up_link_lets_the_person_in(self):
        member = self.invite("jane@example.com")
        url = member._client_invitation_url()
        token = url.split("token=")[1].split("&")[0]
        self.env["res.users"].signup({"password": "a-long-password-1"}, token)
        self.env.cr.execute("SELECT password IS NOT NULL FROM res_users WHERE id = %s", (member.user_id.id,))
        self.assertTrue(self.env.cr.fetchone()[0])

    def test_the_mail_hangs_on_no_record(self):
        """Whoever may read memberships must not find a sign-up link in a message."""
        self.invite("jane@example.com")
        message = self.mails().mail_message_id
        self.assertFalse(message.model or message.res_id)
        staff = self.staff_user("plain")
        self.assertFalse(self.env["mail.message"].with_user(staff).search([("id", "=", message.id)]))

    def test_existing_contact_is_reused(self):
        contact = self.env["res.partner"].create(
            {"name": "Jane G.", "parent_id": self.client.id, "email": '"Jane" <JANE@example.com>'}
        )
        member = self.invite("jane@example.com")
        self.assertEqual(member.partner_id, contact)

    def test_duplicates_the_best_contact_wins(self):
        alone, invoice, contact = self.env["res.partner"].create(
            [
                {"name": "Jane Grove", "email": "jane@example.com"},
                {"name": "Accounts", "email": "jane@example.com", "parent_id": self.client.id, "type": "invoice"},
                {"name": "Jane", "email": "jane@example.com", "parent_id": self.client.id},
            ]
        )
        self.assertEqual(self.invite("jane@example.com").partner_id, contact)
        self.assertFalse((alone + invoice).user_ids)

    def test_archived_contact_comes_back(self):
        contact = self.env["res.partner"].create(
            {"name": "Jane", "parent_id": self.client.id, "email": "jane@example.com", "active": False}
        )
        self.assertEqual(self.invite("jane@example.com").partner_id, contact)
        self.assertTrue(contact.active)

    def test_the_company_address_makes_a_contact_of_its_own(self):
        member = self.invite("office@alder.example", name="Front Desk")
        self.assertNotEqual(member.partner_id, self.client)
        self.assertEqual(member.partner_id.name, "Front Desk")

    def test_contact_of_another_company_is_left_alone(self):
        firm = self.env["res.partner"].create({"name": "Birch", "is_company": True})
        elsewhere = self.env["res.partner"].create({"name": "Jane", "parent_id": firm.id, "email": "jane@example.com"})
        member = self.invite("jane@example.com")
        self.assertNotEqual(member.partner_id, elsewhere)
        self.assertEqual(member.partner_id.parent_id, self.client)

    def test_existing_login_gets_a_second_membership(self):
        firm = self.env["res.partner"].create({"name": "Birch", "is_company": True, "is_client": True})
        user = self.portal_user("jane", firm, email="jane@example.com")
        member = self.invite("jane@example.com", role=self.approver)
        self.assertEqual(member.user_id, user)
        self.assertEqual(user.partner_id.parent_id, firm)

    def test_removed_member_comes_back_with_the_new_role(self):
        member = self.invite("jane@example.com")
        member.active = False
        again = self.invite("jane@example.com", role=self.approver, sites=self.site)
        self.assertEqual(again, member)
        self.assertTrue(member.active)
        self.assertEqual((member.role_id, member.all_sites, member.site_ids), (self.approver, False, self.site))

    def test_archived_login_comes_back(self):
        user = self.portal_user("jane", self.client)
        user.active = False
        member = self.invite("jane@alder.example")
        self.assertEqual(member.user_id, user)
        self.assertTrue(user.active)

    def test_public_login_becomes_portal_again(self):
        """Odoo's "Revoke Access" moves a login to the public group."""
        user = self.portal_user("jane", self.client)
        user.write({"group_ids": [(6, 0, self.env.ref("base.group_public").ids)], "active": False})
        self.assertTrue(self.invite("jane@alder.example").user_id._is_portal())

    def test_member_is_not_invited_twice(self):
        self.invite("jane@example.com")
        with self.assertRaisesRegex(UserError, "already a member"):
            self.invite("jane@example.com")

    def test_refusals_say_why(self):
        cases = {
            "mara@operator.example": "internal user",
            "mara": "valid e-mail",
            "": "valid e-mail",
            "a@example.com, b@example.com": "valid e-mail",
        }
        for email, words in cases.items():
            with self.subTest(email=email), self.assertRaisesRegex(UserError, words):
                self.invite(email)
        stranger = self.env["res.partner"].create({"name": "No Client", "is_company": True})
        with self.assertRaisesRegex(UserError, "not a client"):
            self.Member._client_invite(stranger, "Jane", "jane@example.com", self.viewer)

    def test_internal_login_with_a_wildcard_name_matches_itself_only(self):
        self.staff_user("under_score@operator.example")
        member = self.invite("underXscore@operator.example")
        self.assertEqual(member.user_id.login, "underxscore@operator.example")

    def test_foreign_site_is_refused(self):
        firm = self.env["res.partner"].create({"name": "Birch", "is_company": True, "is_client": True})
        foreign = self.env["res.partner"].create(
            {"name": "Birch Hill", "parent_id": firm.id, "type": "delivery", "is_client_site": True}
        )
        with self.assertRaisesRegex(UserError, "no site of"):
            self.invite("jane@example.com", sites=foreign)

    def test_mail_speaks_the_language_and_for_the_company_of_the_client(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("client_portal.mail_template_client_invitation")
        template.with_context(lang="fr_FR").subject = "Bienvenue chez {{ object.client_id.name }}"
        company = self.env["res.company"].create({"name": "Second Operator", "email": "hello@second.example"})
        self.client.write({"lang": "fr_FR", "client_company_ids": [(6, 0, company.ids)]})
        member = self.invite("jane@example.com")
        mail = self.mails()
        self.assertEqual(mail.subject, "Bienvenue chez Alder Estates")
        self.assertIn("hello@second.example", mail.email_from)
        self.assertEqual(member.user_id.company_ids, company)

    def test_wizard_in_one_step(self):
        wizard = Form(
            self.env["client.invite.wizard"].with_user(self.manager).with_context(default_client_id=self.client.id)
        )
        wizard.name = "Jane Grove"
        wizard.email = "jane@example.com"
        self.assertIn("new contact", wizard.found_text)
        wizard.role_id = self.approver
        wizard.all_sites = False
        wizard.site_ids.add(self.site)
        wizard.save().action_client_invite()
        member = self.client.client_member_ids
        self.assertEqual((member.role_id, member.site_ids), (self.approver, self.site))

    def test_wizard_says_who_has_the_address(self):
        self.portal_user("jane", self.client)
        wizard = Form(
            self.env["client.invite.wizard"].with_user(self.manager).with_context(default_client_id=self.client.id)
        )
        wizard.email = "jane@alder.example"
        self.assertIn("has a login already", wizard.found_text)
        wizard.email = "mara@operator.example"
        self.assertIn("internal user", wizard.found_text)

    def test_only_managers_open_the_wizard(self):
        plain = self.staff_user("plain", "project.group_project_manager", "sales_team.group_sale_manager")
        with self.assertRaises(AccessError):
            self.env["client.invite.wizard"].with_user(plain).create(
                {
                    "client_id": self.client.id,
                    "name": "J",
                    "email": "j@example.com",
                    "role_id": self.viewer.id,
                }
            )

    def test_buttons_on_a_membership(self):
        member = self.invite("jane@example.com").with_user(self.manager)
        member.action_client_suspend()
        self.assertEqual(member.state, "suspended")
        member.action_client_resume()
        self.assertEqual(member.state, "invited")
        member.action_client_resend()
        self.assertEqual(len(self.mails()), 2)
        member.action_client_remove()
        self.assertEqual(member.state, "removed")
        member.action_client_restore()
        self.assertTrue(member.active)
