"""Odoo's own portal, share and collaborator wizards: members for clients, stock for everybody else."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .staff_common import StaffCase


@tagged("post_install", "-at_install")
class TestStaffStockWizards(StaffCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create(
            {"name": "Jane", "parent_id": cls.client.id, "email": "jane@alder.example"}
        )
        cls.stock_firm = cls.env["res.partner"].create({"name": "Cedar Stock", "is_company": True})
        cls.stock_contact = cls.env["res.partner"].create(
            {"name": "Stan", "parent_id": cls.stock_firm.id, "email": "stan@cedar.example"}
        )
        cls.clerk = cls.staff_user(
            "clerk",
            "base.group_partner_manager",
            "project.group_project_manager",
            "sales_team.group_sale_salesman_all_leads",
        )
        cls.project = cls.env["project.project"].create(
            {"name": "Grounds", "partner_id": cls.client.id, "privacy_visibility": "portal"}
        )
        cls.task = cls.env["project.task"].create({"name": "Prune", "project_id": cls.project.id})
        cls.stock_project = cls.env["project.project"].create(
            {"name": "Stock", "partner_id": cls.stock_firm.id, "privacy_visibility": "portal"}
        )

    def portal_line(self, partner, user):
        """The line of the stock portal wizard for a contact."""
        Wizard = self.env["portal.wizard"].with_user(user).with_context(active_ids=partner.ids)
        return Wizard.create({}).user_ids

    def member_of(self, partner):
        """Membership of a contact, removed ones too."""
        return self.Member.with_context(active_test=False).search([("partner_id", "=", partner.id)])

    # -- portal wizard ---------------------------------------------------------------------------------

    def test_granting_access_makes_a_viewer(self):
        line = self.portal_line(self.contact, self.clerk)
        self.assertEqual(line.client_role_id, self.viewer)
        line.action_grant_access()
        self.assertEqual(self.member_of(self.contact).role_id, self.viewer)
        self.assertEqual(self.mails().model, False, "our invitation, not Odoo's")
        self.assertTrue(line.is_portal and line.client_member_id)

    def test_a_manager_chooses_the_role_others_do_not(self):
        for user, role in ((self.manager, self.approver), (self.clerk, self.viewer)):
            contact = self.env["res.partner"].create(
                {"name": "J", "parent_id": self.client.id, "email": f"for-{user.login}@alder.example"}
            )
            line = self.portal_line(contact, user)
            line.client_role_id = self.approver
            line.action_grant_access()
            self.assertEqual(self.member_of(contact).role_id, role)

    def test_login_without_membership_becomes_a_member(self):
        user = self.portal_user("paul", self.client)
        line = self.portal_line(user.partner_id, self.clerk)
        line.action_grant_access()
        self.assertEqual(self.member_of(user.partner_id).user_id, user)
        with self.assertRaisesRegex(UserError, "already"):
            line.action_grant_access()

    def test_revoking_ends_login_and_membership(self):
        line = self.portal_line(self.contact, self.clerk)
        line.action_grant_access()
        member = self.member_of(self.contact)
        line.action_revoke_access()
        self.assertEqual(member.state, "removed")
        self.assertFalse(member.user_id.active)
        line.action_grant_access()
        self.assertTrue(member.active and member.user_id.active and member.user_id._is_portal())

    def test_invite_again_sends_our_mail(self):
        line = self.portal_line(self.contact, self.clerk)
        line.wizard_id.welcome_message = "Ask Mara about the gate code."
        line.action_grant_access()
        self.assertIn("Ask Mara about the gate code.", self.mails().body_html)
        line.action_invite_again()
        self.assertEqual(len(self.mails()), 2)
        self.assertTrue(all(self.client.name in mail.subject for mail in self.mails()))

    def test_portal_wizard_stays_stock_for_others(self):
        line = self.portal_line(self.stock_contact, self.clerk)
        self.assertFalse(line.client_id or line.client_role_id)
        line.action_grant_access()
        self.assertTrue(self.stock_contact.user_ids._is_portal())
        self.assertFalse(self.member_of(self.stock_contact))
        line.action_revoke_access()
        self.assertFalse(self.stock_contact.with_context(active_test=False).user_ids.active)

    # -- share -----------------------------------------------------------------------------------------

    def share(self, record, partner, user=None):
        """Share a record from its form, as staff do."""
        model = "task.share.wizard" if record._name == "project.task" else "portal.share"
        wizard = (
            self.env[model]
            .with_user(user or self.clerk)
            .with_context(active_model=record._name, active_id=record.id)
            .create({"partner_ids": partner.ids})
        )
        wizard.action_send_mail()
        return wizard

    def test_sharing_with_somebody_who_is_no_member_is_refused(self):
        with self.assertRaisesRegex(UserError, "Invite"):
            self.share(self.task, self.contact)

    def test_sharing_with_a_member_sends_a_plain_link(self):
        member = self.Member._client_invite(self.client, "Jane", self.contact.email, self.viewer)
        self.last_mail = self.env["mail.mail"].sudo().search([], order="id desc", limit=1).id
        wizard = self.share(self.task, member.partner_id)
        self.assertTrue(wizard.share_link.endswith(f"/my/jobs/{self.task.id}"))
        message = self.task.message_ids[0]
        self.assertIn(f"/my/jobs/{self.task.id}", message.body)
        self.assertNotRegex(message.body, "access_token|hash=|pid=")

    def test_sharing_what_the_member_may_not_see_is_refused(self):
        member = self.Member._client_invite(self.client, "Jane", self.contact.email, self.viewer)
        self.task.action_client_unpublish()
        with self.assertRaisesRegex(UserError, "may not see"):
            self.share(self.task, member.partner_id)
        order = self.env["sale.order"].create({"partner_id": self.client.id})
        order.action_quotation_sent()
        with self.assertRaisesRegex(UserError, "may not see"):
            self.share(order, member.partner_id)

    def test_staff_of_several_companies_share(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.clerk.company_ids += second
        member = self.Member._client_invite(self.client, "Jane", self.contact.email, self.viewer)
        wizard = (
            self.env["portal.share"]
            .with_user(self.clerk)
            .with_context(
                active_model="project.task", active_id=self.task.id, allowed_company_ids=self.clerk.company_ids.ids
            )
        )
        wizard.create({"partner_ids": member.partner_id.ids}).action_send_mail()

    def test_suspended_member_counts_as_none(self):
        member = self.Member._client_invite(self.client, "Jane", self.contact.email, self.viewer)
        member._suspend("test")
        with self.assertRaisesRegex(UserError, "no member"):
            self.share(self.task, member.partner_id)

    def test_colleagues_may_be_shared_with(self):
        self.share(self.task, self.manager.partner_id)

    def test_sharing_stays_stock_for_others(self):
        task = self.env["project.task"].create({"name": "Stock job", "project_id": self.stock_project.id})
        wizard = self.share(task, self.stock_contact)
        self.assertIn("access_token=", wizard.share_link)

    # -- project sharing -------------------------------------------------------------------------------

    def share_project(self, project, partner, mode="read"):
        """Share a project the way its button does."""
        wizard = Form(
            self.env["project.share.wizard"]
            .with_user(self.clerk)
            .with_context(active_model="project.project", active_id=project.id)
        )
        with wizard.collaborator_ids.new() as line:
            line.partner_id = partner
            line.access_mode = mode
        return wizard.save()

    def test_project_sharing_requires_a_membership(self):
        for mode in ("read", "edit_limited", "edit"):
            with self.subTest(mode=mode), self.assertRaisesRegex(UserError, "Invite"):
                self.share_project(self.project, self.contact, mode)
        member = self.Member._client_invite(self.client, "Jane", self.contact.email, self.viewer)
        self.share_project(self.project, member.partner_id, "edit")
        self.assertEqual(self.project.collaborator_ids.partner_id, member.partner_id)

    def test_collaborators_cannot_be_slipped_in(self):
        with self.assertRaisesRegex(UserError, "Invite"):
            self.env["project.collaborator"].create({"project_id": self.project.id, "partner_id": self.contact.id})

    def test_project_sharing_stays_stock_for_others(self):
        self.share_project(self.stock_project, self.stock_contact, "edit")
        self.assertEqual(self.stock_project.collaborator_ids.partner_id, self.stock_contact)
