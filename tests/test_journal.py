"""The access journal: what gets in, that nothing goes out but by age, and who may look."""

from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ClientPortalCommon
from .rpc_common import REFUSED, RpcCase


class JournalCase(ClientPortalCommon):
    def note(self, actor, record, **values):
        """A row as a page of ``actor`` would write it."""
        row = {"kind": "open", "user_id": self.users[actor].id, "res_model": record._name, "res_id": record.id}
        return self.env["client.access"]._append([{**row, "ip": "192.0.2.7", **values}])


@tagged("post_install", "-at_install", "client_portal")
class TestJournal(JournalCase):
    def test_row_is_completed_from_the_record(self):
        row = self.note("site_viewer_a", self.task_a_one, user_agent="x" * 999)
        self.assertEqual(row.client_id, self.client_a.id)
        self.assertEqual(row.member_id, self.members["site_viewer_a"].id)
        self.assertEqual(row.company_id, self.task_a_one.company_id.id)
        self.assertEqual(len(row.user_agent), 200)

    def test_nobody_changes_or_deletes_a_row(self):
        row = self.note("viewer_a", self.task_a_one)
        for act in (lambda: row.write({"ip": ""}), row.unlink):
            with self.assertRaises(UserError):
                act()
        for statement in (
            "UPDATE client_access SET user_id = 1",
            "UPDATE client_access SET date = now()",
            "DELETE FROM client_access",
            "TRUNCATE client_access",
        ):
            with self.subTest(statement), mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.Error):
                with self.env.cr.savepoint():
                    self.env.cr.execute(statement)
        self.assertTrue(row.exists())

    def test_retention_is_the_only_way_out(self):
        old = self.note("viewer_a", self.task_a_one, date=fields.Datetime.now() - timedelta(days=800))
        young = self.note("viewer_a", self.task_a_one, date=fields.Datetime.now() - timedelta(days=600))
        self.env["client.access"]._purge()
        self.assertFalse(old.exists())
        self.assertTrue(young.exists())
        self.env["ir.config_parameter"].set_param("client_portal.access_months", "0")
        self.env["client.access"]._purge()
        self.assertTrue(young.exists(), "0 keeps everything")
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
            self.env.cr.execute("DELETE FROM client_access WHERE id = %s", [young.id])

    def test_a_merge_keeps_a_journal_whole(self):
        row = self.note("viewer_a", self.task_a_one)
        self.env["client.access"]._move_partner(self.client_a, self.client_b)
        self.assertEqual(row.client_id, self.client_b.id)

    def test_last_opened_is_by_members_themselves(self):
        self.note("viewer_a", self.task_a_one, date="2026-01-01 10:00:00")
        self.note("viewer_a", self.task_a_one, date="2026-02-01 10:00:00", kind="download")
        self.note("viewer_a", self.task_a_one, date="2026-03-01 10:00:00", kind="preview", staff_id=self.env.uid)
        last = self.env["client.access"]._last_opened(self.task_a_one + self.task_a_two)
        february = fields.Datetime.to_datetime("2026-02-01 10:00:00")
        self.assertEqual(last, {(self.task_a_one.id, self.users["viewer_a"].id): february})

    def test_staff_see_it_per_record_member_and_client(self):
        row = self.note("viewer_a", self.task_a_one)
        self.note("viewer_b", self.task_b_one)
        env = self.as_user("manager")
        for record in (self.task_a_one, self.members["viewer_a"], self.client_a):
            action = record.with_env(env).action_client_journal()
            self.assertEqual(env["client.access"].search(action["domain"]).ids, row.ids)
        shown = row.with_env(env)
        self.assertEqual((shown.visitor_id, shown.partner_id), (self.users["viewer_a"], self.client_a))
        self.assertEqual(shown.record_name, self.task_a_one.display_name)
        for domain in (
            [("visitor_id", "ilike", "viewer_a"), ("partner_id", "ilike", "Alder")],
            [("visitor_id", "=", self.users["viewer_a"].id)],
        ):
            self.assertEqual(env["client.access"].search(domain).ids, row.ids)
        with self.assertRaises(AccessError):
            row.with_env(self.as_user("staff")).read(["ip"])

    def test_an_administrator_sees_what_they_may_see(self):
        self.note("viewer_a", self.task_a_one)
        self.note("viewer_a", self.task_a_unpublished)
        self.note("viewer_b", self.task_b_one)
        self.note("viewer_a", self.task_a_two, kind="preview", staff_id=self.users["manager"].id)
        both = (self.client_a + self.client_b).ids

        def titles(actor):
            days = self.as_user(actor)["client.access"]._client_days(both, 80)
            return [row["title"] for day in days for row in day["rows"]]

        self.assertEqual(titles("administrator_a"), [self.task_a_one.client_name])
        self.assertEqual(titles("viewer_a"), [])
        self.assertEqual(set(titles("both")), {self.task_a_one.client_name, self.task_b_one.client_name})

    def test_a_failing_journal_is_only_logged(self):
        journal = self.env["client.access"]
        with self.assertLogs("odoo.addons.client_portal.models.client_access", "ERROR"):
            with patch.object(self.registry, "cursor", side_effect=psycopg2.OperationalError("down")):
                journal._beside([{}])


@tagged("post_install", "-at_install", "client_portal")
class TestJournalPages(JournalCase, HttpCase):
    """In a test no second cursor can write, so what pages hand over is caught; tests/live has the real thing."""

    def opened(self, path, status=200, **options):
        """Rows that a page hands to the journal."""
        rows = []
        with patch.object(self.registry["client.access"], "_later", lambda _self, row: rows.append(row)):
            with mute_logger("odoo.http"):
                reply = self.url_open(path, allow_redirects=False, headers={"User-Agent": "Tester"}, **options)
        self.assertEqual(reply.status_code, status)
        return [(row["kind"], row["user_id"], row["res_model"], row["res_id"]) for row in rows]

    def test_record_pages_are_noted_and_nothing_else(self):
        self.authenticate("administrator_a", "administrator_a")
        uid = self.users["administrator_a"].id
        for path, record in (
            ("/my/jobs/%s", self.task_a_one),
            ("/my/projects/%s", self.project_a_one),
            ("/my/orders/%s", self.order_a_sent),
            ("/my/invoices/%s", self.invoice_a_one),
        ):
            self.assertEqual(self.opened(path % record.id), [("open", uid, record._name, record.id)])
        self.assertEqual(self.opened(f"/my/jobs/{self.task_b_one.id}", 404), [])
        for path in ("/my", "/my/jobs", "/my/access"):
            self.assertEqual(self.opened(path), [])

    def test_downloads_are_noted_as_such(self):
        self.authenticate("administrator_a", "administrator_a")
        path = f"/my/orders/{self.order_a_sent.id}?report_type=html"
        uid = self.users["administrator_a"].id
        self.assertEqual(self.opened(path), [("download", uid, "sale.order", self.order_a_sent.id)])

    def test_files_of_a_record_are_noted_as_downloads(self):
        files = self.env["ir.attachment"].create(
            [
                {"name": "plan.txt", "raw": b"plan", "res_model": record._name, "res_id": record.id}
                for record in (self.task_a_one, self.task_b_one)
            ]
        )
        self.task_a_one.message_post(
            body="See", message_type="comment", subtype_xmlid="mail.mt_comment", attachment_ids=files[:1].ids
        )
        self.authenticate("administrator_a", "administrator_a")
        uid = self.users["administrator_a"].id
        noted = [("download", uid, "project.task", self.task_a_one.id)]
        self.assertEqual(self.opened(f"/web/content/{files[0].id}"), noted)
        self.assertEqual(self.opened(f"/web/content/{files[1].id}", 404), [])

    def test_page_of_the_journal_is_for_administrators(self):
        self.note("viewer_a", self.task_a_one)
        self.authenticate("administrator_a", "administrator_a")
        page = self.url_open("/my/access").text
        self.assertIn(self.task_a_one.client_name, page)
        self.assertIn("Contact viewer_a", page)
        self.assertIn('href="/my/access"', self.url_open("/my").text)
        for path, holds in (
            (f"?of=project.task&id={self.task_a_one.id}", True),
            (f"?of=project.task&id={self.task_a_two.id}", False),
            (f"?of=project.task&id={self.task_b_one.id}", False),
            (f"?by={self.users['viewer_a'].id}", True),
            (f"?by={self.users['approver_a'].id}", False),
            ("?by=x&of=nothing.here&id=-1", False),
        ):
            for address in ("/my/access", "/my/access/file"):
                with self.subTest(address=address + path):
                    reply = self.url_open(address + path)
                    self.assertEqual((reply.status_code, self.task_a_one.client_name in reply.text), (200, holds))
        self.assertIn("text/csv", reply.headers["Content-Type"])
        self.assertNotIn("What is older", self.url_open("/my/access/file").text)
        self.note("approver_a", self.task_a_one)
        self.env["ir.config_parameter"].sudo().set_param("client_portal.export_rows", "1")
        lines = self.url_open("/my/access/file").text.strip().splitlines()
        self.assertEqual((len(lines), "newest 1 lines" in lines[-1]), (3, True), lines)
        page = self.url_open(self.task_a_one._client_url()).text
        self.assertIn(f"/my/access?of=project.task&amp;id={self.task_a_one.id}", page)
        self.authenticate("viewer_a", "viewer_a")
        self.assertEqual(self.url_open("/my/access").status_code, 404)
        self.assertEqual(self.url_open("/my/access/file").status_code, 404)
        self.assertNotIn("/my/access?of=", self.url_open(self.task_a_one._client_url()).text)
        self.assertNotIn('href="/my/access"', self.url_open("/my").text)


@tagged("post_install", "-at_install", "client_portal")
class TestJournalRpc(JournalCase, RpcCase):
    def test_members_reach_nothing_of_it_by_rpc(self):
        row = self.note("administrator_a", self.task_a_one)
        self.sign_in("administrator_a")
        calls = (
            ("client.access", "search", [[]]),
            ("client.access", "search_count", [[]]),
            ("client.access", "read", [row.ids]),
            ("client.access", "formatted_read_group", [[], ["user_id"], ["__count"]]),
            ("client.access", "create", [[{"kind": "open"}]]),
            ("client.access", "action_client_open", [row.ids]),
            ("project.task", "action_client_journal", [self.task_a_one.ids]),
            ("project.task", "action_client_audience", [self.task_a_one.ids]),
            ("client.audience", "search", [[]]),
            ("client.audience.line", "search", [[]]),
            ("client.member", "action_client_preview", [self.members["viewer_a"].ids]),
            ("client.member", "action_client_journal", [self.members["viewer_a"].ids]),
        )
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.models"):
            for model, method, args in calls:
                with self.subTest(model=model, method=method):
                    self.assertEqual(self.call(model, method, *args), REFUSED)
