"""The back office itself: forms, lists, bulk actions, counters, settings; and who may do what there."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .staff_common import StaffCase


@tagged("post_install", "-at_install")
class TestStaffViews(StaffCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project_user = cls.staff_user("pia", "project.group_project_user")
        cls.project_manager = cls.staff_user("pam", "project.group_project_manager")
        cls.salesperson = cls.staff_user("sam", "sales_team.group_sale_salesman", "base.group_partner_manager")
        cls.accountant = cls.staff_user("ann", "account.group_account_invoice")
        cls.project = cls.env["project.project"].create(
            {"name": "Grounds", "partner_id": cls.client.id, "privacy_visibility": "portal"}
        )
        cls.member = cls.Member._client_invite(cls.client, "Jane", "jane@alder.example", cls.viewer)

    def test_every_menu_opens(self):
        root = self.env.ref("client_portal.menu_client_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id), ("action", "!=", False)])
        self.assertGreaterEqual(len(menus), 6)
        for menu in menus:
            action = menu.action
            model = self.env[action.res_model]
            views = [(view_id, mode) for view_id, mode in action.views] or [(False, "list")]
            for view_id, mode in views:
                with self.subTest(menu=menu.complete_name, mode=mode):
                    model.get_view(view_id, mode)

    def test_only_managers_see_the_app(self):
        root = self.env.ref("client_portal.menu_client_root")
        self.assertIn(root.id, self.env["ir.ui.menu"].with_user(self.manager)._visible_menu_ids())
        for user in (self.project_manager, self.salesperson):
            self.assertNotIn(root.id, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())

    def test_publishing_from_the_task_form(self):
        task = (
            self.env["project.task"]
            .with_user(self.project_user)
            .create({"name": "Internal title", "project_id": self.project.id})
        )
        with Form(task) as form:
            form.client_publish = "no"
            form.client_title = "Pruning"
            form.client_summary = "We prune the reserve."
            form.client_site_id = self.site
        self.assertFalse(task.client_published)
        self.assertEqual((task.client_name, task.client_site_id), ("Pruning", self.site))

    def test_a_plain_project_user_works_as_before(self):
        Task = self.env["project.task"].with_user(self.project_user)
        with Form(Task.with_context(default_project_id=self.project.id)) as form:
            form.name = "New job"
        task = form.record
        task.write({"state": "1_done"})
        self.assertEqual(task.read(["client_status", "client_published"])[0]["client_status"], "completed")
        self.assertTrue(self.client.with_user(self.project_user).read(["is_client", "client_member_count"]))

    def test_a_plain_salesperson_works_as_before(self):
        with Form(self.env["sale.order"].with_user(self.salesperson)) as form:
            form.partner_id = self.client
        order = form.record
        order.action_quotation_sent()
        self.assertTrue(order.client_published)
        order.client_site_id = self.site
        partner = self.env["res.partner"].with_user(self.salesperson)
        with Form(partner) as form:
            form.name = "A new contact"
        self.assertTrue(form.record)

    def test_ordinary_staff_read_members_and_roles_but_change_none(self):
        for user in (self.project_manager, self.salesperson):
            member, role = self.member.with_user(user), self.viewer.with_user(user)
            self.assertTrue(member.role_id.name and role.name)
            for record, values in ((member, {"all_sites": False}), (role, {"can_see_invoices": True})):
                with self.assertRaises(AccessError):
                    record.write(values)
            with self.assertRaises(AccessError):
                member.create({"user_id": 1, "client_id": self.client.id, "role_id": role.id})

    def test_only_managers_decide_who_is_a_client(self):
        firm = self.env["res.partner"].create({"name": "Elm", "is_company": True})
        for values in ({"is_client": True}, {"client_company_ids": [(5,)]}):
            with self.assertRaises(AccessError):
                firm.with_user(self.salesperson).write(values)
        with self.assertRaises(AccessError):
            self.site.with_user(self.salesperson).is_client_site = False
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.salesperson).create({"name": "X", "is_client": True})
        with Form(self.site.with_user(self.salesperson)) as form:
            form.street = "2 Harbour Road"
        with Form(self.client.with_user(self.salesperson)) as form:
            form.street = "2 Office Road"
        firm.with_user(self.manager).is_client = True

    def test_a_duplicate_is_no_client(self):
        self.assertFalse(self.client.with_user(self.salesperson).copy().is_client)
        self.assertFalse(self.site.with_user(self.salesperson).copy().is_client_site)

    def test_bulk_actions_publish_and_hide(self):
        tasks = self.env["project.task"].create([{"name": f"Job {i}", "project_id": self.project.id} for i in range(3)])
        for xml_id, expected in (("task_action_unpublish", False), ("task_action_publish", True)):
            action = self.env.ref(f"client_portal.{xml_id}").with_user(self.project_user)
            action.with_context(active_model="project.task", active_ids=tasks.ids).run()
            self.assertEqual(set(tasks.mapped("client_published")), {expected})
        self.env.ref("client_portal.project_action_unpublish").with_user(self.project_manager).with_context(
            active_model="project.project", active_ids=self.project.ids
        ).run()
        self.assertFalse(self.project.client_published)

    def test_search_filters_find_what_they_say(self):
        shown, hidden = self.env["project.task"].create(
            [{"name": name, "project_id": self.project.id} for name in ("Shown", "Hidden")]
        )
        hidden.action_client_unpublish()
        found = self.filter("project.task", "project.view_task_search_form", "client_published")
        self.assertIn(shown, found)
        self.assertNotIn(hidden, found)
        found = self.filter("project.task", "project.view_task_search_form", "client_unpublished")
        self.assertIn(hidden, found)
        found = self.filter("client.member", "client_portal.client_member_view_search", "invited")
        self.assertIn(self.member, found)

    def filter(self, model, view, name):
        """Records a filter of a search view finds, for the client manager."""
        from lxml import etree

        arch = etree.fromstring(self.env[model].get_view(self.env.ref(view).id, "search")["arch"])
        domain = arch.xpath(f"//filter[@name='{name}']")[0].get("domain")
        from odoo.tools.safe_eval import safe_eval

        user = self.manager if model == "client.member" else self.project_user
        return self.env[model].with_user(user).search(safe_eval(domain))

    def test_partner_tab_and_counters(self):
        self.env["project.task"].create([{"name": f"Job {i}", "project_id": self.project.id} for i in range(2)])
        self.manager.group_ids += self.env.ref("project.group_project_user")
        client = self.client.with_user(self.manager)
        self.assertEqual((client.client_project_count, client.client_job_count), (1, 2))
        action = client.with_context(client_counter="client_job_count").action_client_published()
        self.assertEqual(self.env["project.task"].search_count(action["domain"]), 2)
        with Form(client) as form:
            with form.client_member_ids.edit(0) as line:
                line.role_id = self.approver
        self.assertEqual(self.member.role_id, self.approver)
        self.assertEqual(client.client_site_ids, self.site + self.other_site)

    def test_counters_of_what_a_manager_may_not_read_are_empty(self):
        self.assertEqual(self.client.with_user(self.manager).client_quote_count, 0)

    def test_site_switch_on_addresses(self):
        action = self.client.with_user(self.manager).action_client_sites()
        addresses = self.env["res.partner"].search(action["domain"])
        self.assertIn(self.site, addresses)
        self.assertNotIn(self.client, addresses)
        self.site.with_user(self.manager).is_client_site = False
        self.assertEqual(self.client.client_site_ids, self.other_site)

    def test_stage_mapping(self):
        stage = self.env["project.task.type"].create({"name": "On hold", "project_ids": self.project.ids})
        task = self.env["project.task"].create({"name": "J", "project_id": self.project.id, "stage_id": stage.id})
        stage.with_user(self.manager).client_status = "waiting"
        self.assertEqual(task.client_status, "waiting")

    def test_variation_on_the_order_form(self):
        order, quote = self.env["sale.order"].create([{"partner_id": self.client.id}] * 2)
        order.action_confirm()
        with Form(quote.with_user(self.staff_user("sue", "sales_team.group_sale_manager"))) as form:
            form.variation_of_id = order
        self.assertEqual(quote.variation_of_id, order)

    def test_updates_read_in_words_and_open_their_record(self):
        task = self.env["project.task"].create({"name": "Prune", "project_id": self.project.id})
        update = (
            self.env["client.update"]
            .search([("res_model", "=", "project.task"), ("res_id", "=", task.id)], limit=1)
            .with_user(self.manager)
        )
        self.assertIn("Prune", update.title)
        self.assertEqual(update.partner_id, self.client)
        self.assertEqual(update.action_client_open()["res_id"], task.id)
        grouped = self.env["client.update"].with_user(self.manager).search([("partner_id", "ilike", "Alder")])
        self.assertIn(update, grouped)

    def test_settings_are_kept_per_company(self):
        settings = Form(self.env["res.config.settings"])
        settings.client_contact_user_id = self.manager
        settings.client_support_text = "Call the office."
        settings.save().execute()
        self.assertEqual(self.env.company.client_contact_user_id, self.manager)
        self.assertEqual(self.env.company.client_support_text, "Call the office.")
