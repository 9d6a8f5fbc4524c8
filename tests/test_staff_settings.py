"""What staff set reaches the pages: the contact person and the words for people without access."""

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .staff_common import StaffCase


@tagged("post_install", "-at_install")
class TestStaffSettings(StaffCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jane = cls.portal_user("jane", cls.client)
        cls.jane.password = "jane-password"
        company = cls.client.client_company_ids
        company.client_support_text = "Call the office on 555-0100."
        company.client_contact_user_id = cls.manager

    def page(self):
        """The workspace as Jane gets it."""
        self.authenticate("jane", "jane-password")
        return self.url_open("/my")

    def test_support_text_is_read_by_people_without_access(self):
        self.assertIn("Call the office on 555-0100.", self.page().text)

    def test_contact_person_of_the_company_stands_in_for_a_salesperson(self):
        self.Member._client_invite_membership(self.client, self.jane, self.viewer, None)
        self.assertIn("Mara", self.page().text)
        self.client.user_id = self.staff_user("sonja")
        text = self.page().text
        self.assertIn("Sonja", text)
        self.assertNotIn("Mara", text)

    def test_days_of_reminders(self):
        settings, approvals = self.env["res.config.settings"], self.env["client.approval"]
        shown = settings.get_values()
        self.assertEqual((shown["client_remind_before"], shown["client_remind_after"]), ("3, 0", "4"))
        for before, after, days in (("7, 1", "", [-7, -1]), ("", "", []), (" 0,2 ", "10", [-2, 0, 10])):
            settings.create({"client_remind_before": before, "client_remind_after": after}).set_values()
            self.assertEqual(approvals._reminder_days(), days)
        for odd in ("soon", "-3", "1.5", "9999", "٣ days"):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                settings.create({"client_remind_before": odd, "client_remind_after": ""}).set_values()
        self.assertEqual(approvals._reminder_days(), [-2, 0, 10], "what is no number changes nothing")
