"""The screen of everything that waits: what is on it, whose turn, how long, and who of the staff sees what."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ClientPortalCommon

NOW = "2026-03-16 09:00:00"


@tagged("post_install", "-at_install", "client_portal")
class TestWaiting(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = ("project.group_project_manager", "sales_team.group_sale_salesman_all_leads")
        accounts = ("account.group_account_invoice", *groups)
        for login, rights, companies in (
            ("boss", accounts, cls.companies),
            ("boss_one", accounts, cls.company_one),
            ("planner", ("project.group_project_manager",), cls.companies),
        ):
            group = cls.env["res.groups"].concat(*(cls.env.ref(xml_id) for xml_id in rights))
            values = cls._login(login, group + cls.env.ref("base.group_user"), companies, name=login.title())
            cls.users[login] = cls.env["res.users"].create(values)
        cls.overdue = cls.invoice_a_one
        cls.overdue.invoice_date_due = fields.Date.to_date(NOW) - timedelta(days=3)
        cls.env.flush_all()

    def waiting(self, actor="boss", domain=()):
        """{(model, id): row} of the fixture's records on the screen of ``actor``."""
        self.env.flush_all()
        self.env.invalidate_all()
        env = self.as_staff(actor)
        mine = {(record._name, record.id): key for key, record in self.records.items()}
        clients = self.client_a + self.client_b + self.no_client
        rows = env["client.waiting"].search([("client_id", "in", clients.ids), *domain])
        return {mine[row.res_model, row.res_id]: row for row in rows if (row.res_model, row.res_id) in mine}

    def as_staff(self, actor):
        """Environment of a member of staff in all their companies."""
        env = self.as_user(actor)
        return env(context={**env.context, "allowed_company_ids": self.users[actor].company_ids.ids})

    def turn(self, job, status):
        job.stage_id = self.env["project.task.type"].create(
            {"name": status, "client_status": status, "project_ids": job.project_id.ids}
        )

    @freeze_time(NOW)
    def test_sent_quotes_and_overdue_invoices_wait_for_their_client(self):
        rows = self.waiting()
        sent = {"order_a_sent", "order_a_whole", "order_a_shipped_to_site_of_b", "order_b_sent"}
        self.assertEqual({key for key in rows if key.startswith("order")}, sent, "no drafts, no stock customers")
        self.assertEqual({rows[key].client_court for key in sent}, {"client"})
        self.assertEqual({key for key in rows if key.startswith(("invoice", "refund", "bill"))}, {"invoice_a_one"})
        row = rows["invoice_a_one"]
        self.assertEqual((row.client_court, row.deadline, row.late), ("client", self.overdue.invoice_date_due, True))
        self.assertAlmostEqual(row.days, 2 + 9 / 24, places=1, msg="since the day after it was due")
        self.assertEqual(row.user_id, self.users["manager"])

    @freeze_time(NOW)
    def test_rows_say_what_the_record_says(self):
        self.turn(self.task_a_one, "waiting")
        row = self.waiting()["task_a_one"]
        job = self.task_a_one
        self.assertEqual(row.name, job.name)
        self.assertEqual(row.client_id, job.client_id)
        self.assertEqual(row.client_site_id, job.client_site_id)
        self.assertEqual(row.project_id, job.project_id)
        self.assertEqual(row.since, job.client_court_since)
        self.assertEqual(row.user_id, job.user_ids)
        self.assertEqual(row.company_id, job.company_id)
        self.assertAlmostEqual(row.days_client, job.client_days_client, places=4)
        self.assertEqual(row.action_client_open()["res_id"], job.id)
        self.assertEqual(dict(row._fields["res_model"]._description_selection(self.env))["project.task"], "Job")

    def test_a_row_comes_and_goes_with_the_turn(self):
        with freeze_time("2026-03-10 09:00:00"):
            self.turn(self.task_a_one, "requested")
            self.assertEqual(self.waiting()["task_a_one"].client_court, "operator")
        with freeze_time("2026-03-12 09:00:00"):
            self.turn(self.task_a_one, "waiting")
            self.env.flush_all()
        with freeze_time(NOW):
            row = self.waiting()["task_a_one"]
            self.assertEqual(row.client_court, "client")
            self.assertEqual((row.days_client, row.days_operator), (4, 2), "days on each side's clock")
            self.turn(self.task_a_one, "in_progress")
            self.assertNotIn("task_a_one", self.waiting())

    def test_both_sides_may_have_a_turn(self):
        """What waits for the client, and what the client wrote about it, are a row in either court."""
        with freeze_time("2026-03-10 09:00:00"):
            self.turn(self.task_a_one, "waiting")
            self.env.flush_all()
        with freeze_time("2026-03-14 09:00:00"):
            for record in (self.task_a_one, self.overdue):
                record.message_post(
                    body="Which colour?",
                    author_id=self.users["requester_a"].partner_id.id,
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                )
        with freeze_time(NOW):
            ours = self.waiting(domain=[("client_court", "=", "operator")])
            theirs = self.waiting(domain=[("client_court", "=", "client")])
            for key, days in (("task_a_one", 6), ("invoice_a_one", 2 + 9 / 24)):
                with self.subTest(record=key):
                    self.assertEqual((ours[key].days, ours[key].wrote), (2, True))
                    self.assertAlmostEqual(theirs[key].days, days, places=4)
                    self.assertFalse(theirs[key].wrote)
                    self.assertEqual(ours[key].days_operator, theirs[key].days_operator)
                    self.assertNotEqual(ours[key].id, theirs[key].id)
            self.assertEqual(self.waiting(domain=[("wrote", "=", True)]).keys(), {"task_a_one", "invoice_a_one"})

    def test_a_project_gives_its_two_clocks_as_a_file(self):
        """What Odoo's own export of the project's list holds: whose turn, since when, the days on each side."""
        with freeze_time("2026-03-12 09:00:00"):
            self.turn(self.task_a_one, "requested")
            self.env.flush_all()
        with freeze_time("2026-03-14 09:00:00"):
            self.turn(self.task_a_one, "waiting")
            self.turn(self.task_b_one, "waiting")
            self.env.flush_all()
        with freeze_time(NOW):
            action = self.project_a_whole.with_env(self.as_staff("boss")).action_client_waiting()
            view = self.env["client.waiting"].get_view(action["views"][0][0], "list")["arch"]
            columns = ["name", "client_court", "since", "days_client", "days_operator"]
            for column in columns:
                self.assertIn(f'name="{column}"', view)
            self.users["boss"].group_ids += self.env.ref("base.group_allow_export")
            rows = self.as_staff("boss")["client.waiting"].search(action["domain"]).export_data(columns)["datas"]
            [row] = [row for row in rows if row[0] == self.task_a_one.name]
            self.assertEqual(row[1:], ["The client", fields.Datetime.to_datetime("2026-03-14 09:00:00"), 2.0, 2.0])
            self.assertNotIn(self.task_b_one.name, [row[0] for row in rows])

    def test_hidden_from_the_client_is_not_waited_for(self):
        self.turn(self.task_a_unpublished, "waiting")
        self.assertNotIn("task_a_unpublished", self.waiting())
        self.turn(self.task_a_one, "waiting")
        self.task_a_one.action_client_unpublish()
        self.assertNotIn("task_a_one", self.waiting())

    def test_staff_see_what_they_may_read(self):
        self.turn(self.task_a_one, "waiting")
        self.turn(self.task_a_company_two, "waiting")
        self.order_a_company_two.state = "sent"
        self.project_a_whole.privacy_visibility = "followers"
        self.task_a_one.write({"client_publish": "yes", "user_ids": False})
        rows = {actor: set(self.waiting(actor)) for actor in ("boss", "boss_one", "planner", "staff")}
        self.assertLessEqual({"task_a_one", "task_a_company_two", "order_a_sent", "order_a_company_two"}, rows["boss"])
        self.assertEqual(rows["boss"] - rows["boss_one"], {"task_a_company_two", "order_a_company_two"}, "one company")
        self.assertEqual({key for key in rows["planner"] if key.startswith("invoice")}, set(), "no accounts")
        self.assertIn("task_a_one", rows["planner"], "a project manager reads it")
        self.assertNotIn("task_a_one", rows["staff"], "others do not, unless they follow it")
        for actor, seen in rows.items():
            env = self.as_staff(actor)
            readable = {key for key in rows["boss"] if self.records[key].with_env(env).has_access("read")}
            self.assertEqual(seen, readable, actor)

    def test_nobody_outside_has_the_screen_and_nobody_writes_it(self):
        for actor in ("administrator_a", "stock", "public"):
            with self.refused(actor):
                self.as_user(actor)["client.waiting"].search([])
        self.turn(self.task_a_one, "waiting")
        row = self.waiting()["task_a_one"]
        with self.assertRaises(AccessError):
            row.with_user(self.users["boss"]).write({"name": "other"})

    def test_it_groups_counts_and_searches(self):
        self.turn(self.task_a_one, "waiting")
        self.turn(self.task_a_two, "requested")
        self.env.flush_all()
        screen = self.as_user("boss")["client.waiting"]
        mine = [("client_id", "=", self.client_a.id), ("res_model", "=", "project.task")]
        groups = screen.formatted_read_group(mine, ["client_court"], ["__count", "days:avg"])
        self.assertEqual({group["client_court"]: group["__count"] for group in groups}, {"client": 1, "operator": 1})
        self.assertEqual(screen.search_count([*mine, ("late", "=", True)]), 0)
        at_site = screen.search([*mine, ("client_site_id", "ilike", "Hill")])
        self.assertEqual(at_site.res_id, self.task_a_two.id)
        self.assertTrue(screen.search([("user_id", "=", self.users["manager"].id), ("days", ">=", 0)]))

    def test_a_model_joins_by_inheriting(self):
        names = self.env["client.waiting"]._sources()
        self.assertLessEqual({"project.task", "project.project", "sale.order", "account.move"}, set(names))
        self.assertNotIn("client.court", names)
        self.assertEqual(len({row.id for row in self.waiting().values()}), len(self.waiting()))

    def test_queries_do_not_grow(self):
        self.turn(self.task_a_one, "waiting")
        self.waiting("boss")

        def cost():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            screen = self.as_user("boss")["client.waiting"]
            screen.search_fetch([], ["name", "client_id", "since", "days_client"], limit=80)
            return self.cr.sql_log_count - before

        cost()
        few = cost()
        stage = self.task_a_one.stage_id.id
        job = {"project_id": self.project_a_whole.id, "partner_id": self.client_a.id, "stage_id": stage}
        self.env["project.task"].create([{**job, "name": f"More {n}"} for n in range(30)])
        self.env.flush_all()
        self.assertEqual(cost(), few)
