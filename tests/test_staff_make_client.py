"""Making a partner a client: who is listed, what they gain and lose, and that the forecast comes true."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .staff_common import StaffCase

SEEN = ("project.project", "project.task", "sale.order", "account.move")


@tagged("post_install", "-at_install")
class TestStaffMakeClient(StaffCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.partner"].create({"name": "Elm Holdings", "is_company": True})
        cls.jane = cls.portal_user("jane", cls.firm)
        cls.paul = cls.portal_user("paul", cls.firm)
        cls.outsider = cls.portal_user("olga", cls.env["res.partner"].create({"name": "Fir Ltd", "is_company": True}))
        cls.no_login = cls.env["res.partner"].create(
            {"name": "Nina", "parent_id": cls.firm.id, "email": "nina@elm.example"}
        )
        cls.project = cls.env["project.project"].create(
            {"name": "Elm grounds", "partner_id": cls.firm.id, "privacy_visibility": "portal"}
        )
        cls.tasks = cls.env["project.task"].create(
            [{"name": f"Job {i}", "project_id": cls.project.id, "partner_id": cls.firm.id} for i in range(3)]
        )
        cls.hidden = cls.tasks[2]
        cls.hidden.action_client_unpublish()
        cls.order = cls.env["sale.order"].create({"partner_id": cls.jane.partner_id.id})
        cls.order.action_quotation_sent()
        cls.tasks.message_subscribe(cls.paul.partner_id.ids + cls.no_login.ids)
        cls.env["project.collaborator"].create({"project_id": cls.project.id, "partner_id": cls.outsider.partner_id.id})

    def open_wizard(self):
        """The wizard as a client manager opens it from the partner."""
        action = self.firm.with_user(self.manager).action_client_make()
        return Form(self.env["client.make.wizard"].with_user(self.manager).with_context(**action["context"]))

    def lines(self, wizard):
        """Lines of a saved wizard by contact name."""
        return {line.partner_id.name: line for line in wizard.line_ids}

    def seen(self, user, model):
        """How many records of a model a login sees by the rules in force."""
        records = self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return records.search_count([]) if records.has_access("read") else 0

    def test_lists_logins_collaborators_and_followers(self):
        lines = self.lines(self.open_wizard().save())
        self.assertEqual(set(lines), {"Jane", "Paul", "Olga", "Nina"})
        self.assertIn("portal login", lines["Jane"].reason)
        self.assertIn("shared project", lines["Olga"].reason)
        self.assertIn("follower", lines["Nina"].reason)

    def test_proposes_the_least_role_that_fits(self):
        lines = self.lines(self.open_wizard().save())
        proposed = {name: line.role_id.name for name, line in lines.items()}
        self.assertEqual(proposed, {"Jane": "Approver", "Paul": "Viewer", "Olga": "Requester", "Nina": "Viewer"})

    def test_nothing_changes_before_confirming(self):
        self.open_wizard().save()
        self.assertFalse(self.firm.is_client)
        self.assertFalse(self.env["client.member"].search([("client_id", "=", self.firm.id)]))
        self.assertFalse(self.mails())

    def test_forecast_comes_true(self):
        wizard = self.open_wizard().save()
        before = {user: {model: self.seen(user, model) for model in SEEN} for user in (self.jane, self.paul)}
        self.assertTrue(before[self.paul]["project.task"], "stock shows followed jobs, or the test says nothing")
        forecast = {
            line.user_id: line._client_changes() for line in wizard.line_ids if line.user_id in self.jane + self.paul
        }
        wizard.action_client_confirm()
        self.assertTrue(self.firm.is_client)
        for user, (today, gains, loses) in forecast.items():
            self.assertEqual(today, before[user])
            for model in SEEN:
                expected = today[model] + gains[model] - loses[model]
                self.assertEqual(self.seen(user, model), expected, f"{user.login} {model}")
        self.assertEqual(forecast[self.paul][2]["project.task"], 1, "the hidden job is lost")

    def test_says_gains_and_losses_in_words_and_follows_the_role(self):
        form = self.open_wizard()
        index = [i for i in range(len(form.line_ids)) if form.line_ids.edit(i).partner_id == self.paul.partner_id][0]
        with form.line_ids.edit(index) as line:
            self.assertIn("job", line.before_text)
            line.role_id = self.env.ref("client_portal.client_role_billing")
            self.assertFalse(line.gain_text, "quotes of the company are seen today already")
            self.assertIn("job", line.lose_text)
            line.role_id = self.env["client.role"]
            self.assertIn("all portal access", line.lose_text)

    def test_person_without_role_ends_with_nothing(self):
        form = self.open_wizard()
        for index in range(len(form.line_ids)):
            with form.line_ids.edit(index) as line:
                if line.partner_id == self.paul.partner_id:
                    line.role_id = self.env["client.role"]
        form.save().action_client_confirm()
        self.assertTrue(self.paul._is_client_governed())
        self.assertEqual([self.seen(self.paul, model) for model in SEEN], [0, 0, 0, 0])

    def test_outsider_without_role_loses_this_client_and_nothing_else(self):
        other = self.env["project.project"].create({"name": "Fir grounds", "privacy_visibility": "portal"})
        task = self.env["project.task"].create({"name": "Fir job", "project_id": other.id})
        task.message_subscribe(self.outsider.partner_id.ids)
        form = self.open_wizard()
        for index in range(len(form.line_ids)):
            with form.line_ids.edit(index) as line:
                if line.partner_id == self.outsider.partner_id:
                    line.role_id = self.env["client.role"]
                    self.assertEqual(line.lose_text, "3 jobs")
        self.assertEqual(self.seen(self.outsider, "project.task"), 4)
        form.save().action_client_confirm()
        self.assertFalse(self.outsider._is_client_governed())
        self.assertEqual(self.env["project.task"].with_user(self.outsider).search([]), task)

    def test_invites_people_without_a_login_on_request_only(self):
        form = self.open_wizard()
        for index in range(len(form.line_ids)):
            with form.line_ids.edit(index) as line:
                if line.partner_id == self.no_login:
                    self.assertIn("nothing changes", line.lose_text)
                    line.invite = True
                    self.assertIn("job", line.gain_text)
        form.save().action_client_confirm()
        self.assertEqual(self.no_login.user_ids.login, "nina@elm.example")
        self.assertEqual(len(self.mails()), 1, "existing logins are not written to unasked")
        self.assertEqual(len(self.firm.client_member_ids), 4)

    def test_one_failure_undoes_everything(self):
        self.no_login.email = self.manager.email
        form = self.open_wizard()
        for index in range(len(form.line_ids)):
            with form.line_ids.edit(index) as line:
                if line.partner_id == self.no_login:
                    line.invite = True
        wizard = form.save()
        with self.assertRaisesRegex(Exception, "internal user"), self.env.cr.savepoint():
            wizard.action_client_confirm()
        self.env.invalidate_all()
        self.assertFalse(self.firm.is_client)
        self.assertFalse(self.firm.client_member_ids)

    def test_login_that_is_no_address_becomes_a_member(self):
        """Odoo's demo portal user signs in as "portal"."""
        self.jane.login = "portal-jane"
        self.open_wizard().save().action_client_confirm()
        self.assertEqual(self.firm.client_member_ids.filtered(lambda m: m.user_id == self.jane).role_id, self.approver)

    def test_from_the_clients_list_the_company_is_chosen_in_the_wizard(self):
        form = Form(self.env["client.make.wizard"].with_user(self.manager))
        form.partner_id = self.firm
        self.assertEqual(len(form.line_ids), 4)
        form.save().action_client_confirm()
        self.assertTrue(self.firm.is_client)

    def test_ending_a_client_suspends_everybody_and_making_it_again_resumes(self):
        self.open_wizard().save().action_client_confirm()
        members = self.firm.client_member_ids
        members.filtered(lambda member: member.user_id == self.jane).role_id = self.viewer
        self.firm.with_user(self.manager).action_client_unmake()
        self.assertEqual(set(members.mapped("state")), {"suspended"})
        self.open_wizard().save().action_client_confirm()
        self.assertNotIn("suspended", members.mapped("state"))
        jane = members.filtered(lambda member: member.user_id == self.jane)
        self.assertEqual(jane.role_id, self.viewer, "what staff had chosen, not a new guess")

    def test_forecast_knows_the_sites_of_a_former_member(self):
        self.open_wizard().save().action_client_confirm()
        site = self.env["res.partner"].create(
            {"name": "Elm Yard", "parent_id": self.firm.id, "type": "delivery", "is_client_site": True}
        )
        self.tasks[0].client_site_id = site
        paul = self.firm.client_member_ids.filtered(lambda member: member.user_id == self.paul)
        paul.write({"all_sites": False, "site_ids": [(6, 0, site.ids)]})
        self.firm.with_user(self.manager).action_client_unmake()
        line = self.lines(self.open_wizard().save())["Paul"]
        self.assertIn("former member", line.reason)
        self.assertEqual(line._client_changes()[1]["project.task"], 1)

    def test_private_person_as_client_administers_themselves(self):
        person = self.portal_user("solo", self.env["res.partner"])
        wizard = Form(
            self.env["client.make.wizard"].with_user(self.manager).with_context(default_partner_id=person.partner_id.id)
        ).save()
        self.assertEqual(wizard.line_ids.role_id.name, "Administrator")

    def test_only_managers(self):
        plain = self.staff_user("plain", "project.group_project_manager", "sales_team.group_sale_manager")
        with self.assertRaises(AccessError):
            self.env["client.make.wizard"].with_user(plain).create({"partner_id": self.firm.id})
