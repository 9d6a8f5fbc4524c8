"""The overview: numbers from what is known already, alike for staff and for the client's administrator."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .doors_common import DoorsCase
from .test_response import ResponseCase


@tagged("post_install", "-at_install", "client_portal")
class TestOverview(ResponseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["client.update"]._append([cls.job._client_update_vals("job_completed") for _n in range(2)])
        cls.env.flush_all()

    def opened(self, actor, record, kind="open", days=0):
        row = {"kind": kind, "user_id": self.users[actor].id, "res_model": record._name, "res_id": record.id}
        row["date"] = fields.Datetime.now() - timedelta(days=days)
        self.env["client.access"]._append([row])
        self.env.flush_all()

    def row(self, actor, reader="manager"):
        domain = [("member_id", "=", self.members[actor].id)]
        rows = self.as_user(reader)["client.overview"].search(domain)
        rows.invalidate_recordset()
        return rows

    def test_opened_and_read(self):
        before = self.row("viewer_a").updates_read
        self.opened("viewer_a", self.job)
        self.opened("viewer_a", self.job)
        self.opened("viewer_a", self.job, "download")
        self.opened("viewer_a", self.task_a_two, days=200)
        self.opened("viewer_a", self.job, "preview")
        row = self.row("viewer_a")
        told = self.env["client.update"].search_count(
            [("res_model", "=", "project.task"), ("res_id", "=", self.job.id)]
        )
        self.assertEqual((before, row.opened), (0, 3), "old rows and previews of staff do not count")
        self.assertEqual(row.updates_read, told, "each update once")
        self.assertTrue(row.last_opened)
        self.assertFalse(self.row("requester_a").opened)

    def test_what_they_did_themselves_is_no_mail_saved(self):
        updates = self.as_user("viewer_a")["client.update"].sudo()
        before = self.row("viewer_a").updates_read
        updates._append([self.task_a_two._client_update_vals("visit_confirmed")])
        self.opened("viewer_a", self.task_a_two)
        mine = self.row("viewer_a").updates_read - before
        self.opened("requester_a", self.task_a_two)
        self.assertEqual(self.row("requester_a").updates_read, mine + 1)

    def test_answers(self):
        now = fields.Datetime.now() - timedelta(days=1)
        self.ask(on=now)
        self.assertEqual((self.row("requester_a").questions, self.row("requester_a").questions_open), (1, 1))
        self.write_back(now + timedelta(hours=4))
        row = self.row("requester_a")
        self.assertEqual((row.questions_open, row.response_hours), (0, 4))

    def test_sign_ins(self):
        self.assertFalse(self.row("viewer_a").last_sign_in)
        self.env["res.users.log"].with_user(self.users["viewer_a"]).sudo().create({})
        self.env.flush_all()
        self.assertTrue(self.row("viewer_a").last_sign_in)

    def test_what_waits_is_the_clients_row(self):
        self.ask()
        self.env.flush_all()
        rows = self.env["client.overview"].search([("client_id", "=", self.client_a.id), ("member_id", "=", False)])
        waiting = self.env["client.waiting"].search([("client_id", "=", self.client_a.id)])
        for court, field in (("client", "waits_client"), ("operator", "waits_operator")):
            self.assertEqual(rows[field], len(waiting.filtered(lambda w, c=court: w.client_court == c)))
        self.assertTrue(rows.waits_operator)
        [group] = self.env["client.overview"].formatted_read_group(
            [("client_id", "=", self.client_a.id)],
            ["client_id"],
            ["members:sum", "waits_operator:sum", "questions:sum"],
        )
        self.assertEqual(group["waits_operator:sum"], rows.waits_operator)
        self.assertEqual(group["members:sum"], len(self.client_a.client_member_ids))

    def test_who_reads_it(self):
        for actor in ("staff", "administrator_a", "viewer_a", "stock"):
            self.assertFalse(self.as_user(actor)["client.overview"].has_access("read"), actor)
        client = self.env["res.partner"].create(
            {"name": "Elder", "is_company": True, "is_client": True, "company_id": self.company_two.id}
        )
        self.env.flush_all()
        for company, seen in ((self.company_one, False), (self.company_two, True)):
            rows = self.as_user("manager")["client.overview"].with_context(allowed_company_ids=company.ids)
            self.assertEqual(bool(rows.search([("client_id", "=", client.id)])), seen)

    def test_the_administrator_reads_the_same(self):
        self.opened("viewer_a", self.job)
        self.ask(on=fields.Datetime.now() - timedelta(days=1))
        own = self.as_user("administrator_a")["client.member"]._client_team(self.client_a)
        page = own._client_team_activity()
        rows = {row["name"]: row for row in page["rows"]}
        for actor in ("viewer_a", "requester_a", "site_viewer_a"):
            row = self.row(actor)
            shown = rows[self.users[actor].name]
            with self.subTest(actor=actor):
                self.assertEqual(
                    (shown["opened"], shown["read"], shown["waits"]), (row.opened, row.updates_read, row.questions_open)
                )
        self.assertNotIn("Contact viewer_b", rows)
        self.assertEqual(page["tiles"][1]["value"], sum(row["opened"] for row in rows.values()))


@tagged("post_install", "-at_install", "client_portal")
class TestActivityPage(DoorsCase, HttpCase):
    def test_page(self):
        self.get("viewer_a", f"/my/jobs/{self.task_a_one.id}")
        for actor, status in (("administrator_a", 200), ("viewer_a", 404), ("administrator_b", 200), ("stock", 303)):
            with self.subTest(actor=actor):
                page = self.get(actor, "/my/team/activity")
                self.assertEqual(page.status_code, status)
                self.assertEqual("Contact requester_a" in page.text, actor == "administrator_a")
