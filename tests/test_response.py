"""Questions of clients: on the clock of a promise, seen by both sides, ended by an answer."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import http
from odoo.exceptions import UserError
from odoo.modules.module import load_script
from odoo.tests import HttpCase, tagged
from odoo.tools.misc import file_path

from .common import ClientPortalCommon
from .doors_common import DoorsCase

MONDAY = datetime(2026, 3, 2, 9, 0)
ANSWER = "client_portal.mail_activity_answer"


class ResponseCase(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.task_a_one
        cls.job.user_ids = cls.users["manager"]

    def ask(self, actor="requester_a", text="When do you come?", on=MONDAY, record=None):
        record = self.job if record is None else record
        with freeze_time(on):
            record.with_env(self.as_user(actor))._client_question({"text": text}, self.env["ir.attachment"])
            self.env.flush_all()
        record.invalidate_recordset()

    def write_back(self, on, record=None):
        record = (self.job if record is None else record).with_user(self.users["manager"]).sudo()
        with freeze_time(on):
            record.message_post(body="On Friday.", message_type="comment", subtype_xmlid="mail.mt_comment")

    def rows(self, record=None):
        record = self.job if record is None else record
        return self.env["client.response"].search([("res_model", "=", record._name), ("res_id", "=", record.id)])


@tagged("post_install", "-at_install", "client_portal")
class TestResponse(ResponseCase):
    def test_a_question_is_a_todo_with_a_promise(self):
        self.ask()
        row = self.rows()
        self.assertEqual(
            (row.question, row.user_id, row.author_id),
            (True, self.users["manager"], self.users["requester_a"].partner_id),
        )
        self.assertEqual(row.due_on, self.env["client.response"]._promise(self.job, MONDAY))
        self.assertGreater(row.due_on, MONDAY + timedelta(days=1), "two working days")
        todo = self.job.activity_search([ANSWER])
        self.assertEqual((todo.user_id, "When do you come?" in todo.summary), (self.users["manager"], True))
        self.assertEqual(todo.date_deadline, row.due_on.date())
        self.assertEqual(self.job.client_answer_due, row.due_on)
        self.assertTrue(self.job.client_wrote_on)

    def test_an_answer_ends_it_on_both_sides(self):
        self.ask()
        self.write_back(MONDAY + timedelta(hours=5))
        row = self.rows()
        self.assertEqual((row.outcome, row.hours, row.ended_by_id), ("answered", 5, self.users["manager"]))
        self.assertFalse(self.job.activity_search([ANSWER]) or self.job.client_answer_due or self.job.client_wrote_on)
        self.assertFalse(self.job.with_env(self.as_user("viewer_a"))._client_talk()["questions"])

    def test_no_answer_needed(self):
        self.ask()
        self.job.with_user(self.users["manager"]).sudo().action_client_answered()
        self.assertEqual((self.rows().outcome, self.rows().hours), ("not_needed", 0))
        self.assertFalse(self.job.activity_search([ANSWER]))

    def test_settings(self):
        for hours, expected in (("0", False), ("8", True), ("x", True)):
            self.env["ir.config_parameter"].set_param("client_portal.answer_hours", hours)
            with self.subTest(hours=hours):
                self.assertEqual(bool(self.env["client.response"]._promise(self.job, MONDAY)), expected)

    def test_members_read_the_same_clock(self):
        self.ask()
        with freeze_time(MONDAY + timedelta(hours=1)):
            [mine] = self.job.with_env(self.as_user("requester_a"))._client_talk()["questions"]
            [theirs] = self.job.with_env(self.as_user("viewer_a"))._client_talk()["questions"]
        self.assertTrue(mine["promise"])
        self.assertFalse(mine["late"])
        self.assertIn("Contact requester_a", theirs["words"])
        with freeze_time(MONDAY + timedelta(days=30)):
            self.rows().invalidate_recordset()
            [late] = self.job.with_env(self.as_user("requester_a"))._client_talk()["questions"]
            self.assertEqual(self.env["client.response"].search([("late", "=", True)]), self.rows())
        self.assertTrue(late["late"])

    def test_a_message_starts_a_clock_without_a_promise(self):
        with freeze_time(MONDAY):
            self.job.with_env(self.as_user("requester_a")).sudo().message_post(
                body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
        self.assertEqual(self.rows().mapped("due_on"), [False])
        self.ask(on=MONDAY + timedelta(hours=1))
        self.ask(on=MONDAY + timedelta(hours=2), text="And how many?")
        self.ask(on=MONDAY + timedelta(hours=2), text="And how many?")
        self.assertEqual(self.rows().mapped("question"), [True, True, False], "sent twice is one question")
        self.write_back(MONDAY + timedelta(hours=3))
        self.assertEqual(self.rows().mapped("hours"), [1, 2, 3])

    def test_taken_back(self):
        self.ask()
        row = self.rows()
        task = self.job.with_env(self.as_user("requester_a"))
        with freeze_time(row.message_id.create_date):
            task._message_update_content(row.message_id.with_env(task.env).sudo(), body="", attachment_ids=[])
        self.assertEqual(row.outcome, "withdrawn")
        self.assertFalse(self.job.client_wrote_on or self.job.activity_search([ANSWER]))

    def test_form(self):
        values = self.job.with_env(self.as_user("requester_a"))._client_question_form()
        self.assertTrue(values["promise"])

    def test_nothing_and_too_much(self):
        for text in ("", "x" * 5001):
            with self.assertRaises(UserError):
                self.ask(text=text)
        self.assertFalse(self.rows())

    def test_whoever_waited_before_the_upgrade(self):
        self.job.client_wrote_on = MONDAY
        self.ask(record=self.task_a_two)
        self.env.flush_all()
        path = file_path("client_portal/migrations/19.0.1.2.0/post-response.py")
        for _twice in range(2):
            load_script(path, "client_portal_post_response").migrate(self.env.cr, "19.0.1.1.0")
        row = self.rows()
        self.assertEqual((row.asked_on, row.client_id, row.ended_on), (MONDAY, self.client_a, False))
        self.assertEqual(len(self.rows(self.task_a_two)), 1)
        self.write_back(MONDAY + timedelta(hours=2))
        self.assertEqual(row.hours, 2)

    def test_staff_see_those_they_look_after(self):
        self.ask()
        row = self.rows()
        for actor, sees in (("manager", True), ("staff", False)):
            self.assertEqual(bool(row.with_env(self.as_user(actor)).search([("id", "=", row.id)])), sees)
        self.assertFalse(self.as_user("administrator_a")["client.response"].has_access("read"))


@tagged("post_install", "-at_install", "client_portal")
class TestQuestionPages(DoorsCase, HttpCase):
    def test_asking_on_a_page(self):
        url = f"/my/ask/project.task/{self.task_a_one.id}"
        self.assertIn(f'href="{url}"', self.get("requester_a", f"/my/jobs/{self.task_a_one.id}").text)
        self.assertNotIn("/my/ask/", self.get("viewer_a", f"/my/jobs/{self.task_a_one.id}").text)
        form = self.get("requester_a", url)
        self.assertIn("You have our answer by", form.text)
        data = {"csrf_token": http.Request.csrf_token(self), "text": "Which gate?"}
        bad = self.get("requester_a", url, data=data, files={"files": ("run.exe", b"MZ\x90\x00")})
        self.assertEqual(bad.status_code, 415)
        self.assertIn("Which gate?", bad.text, "nothing typed is lost")
        self.assertFalse(self.env["client.response"].search([]))
        sent = self.get("requester_a", url, data=data, files={"files": ("a.txt", b"the gate")})
        self.assertEqual(sent.status_code, 303)
        row = self.env["client.response"].search([])
        self.assertEqual(row.message_id.attachment_ids.name, "a.txt")
        self.assertIn("You asked a question", self.get("requester_a", f"/my/jobs/{self.task_a_one.id}").text)

    def test_an_approval_shows_the_conversation_of_its_record(self):
        approval = self.order_a_sent.client_approval_id
        page = self.get("administrator_a", approval._client_url())
        self.assertIn(f'data-res_model="sale.order" data-res_id="{self.order_a_sent.id}"', " ".join(page.text.split()))
        self.assertEqual(self.get("administrator_a", f"/my/ask/client.approval/{approval.id}").status_code, 404)

    def test_only_where_one_may_write(self):
        for actor, record, status in (
            ("viewer_a", self.task_a_one, 404),
            ("requester_a", self.task_b_one, 404),
            ("requester_a", self.order_a_sent, 404),
            ("administrator_a", self.invoice_a_one, 200),
            ("administrator_a", self.task_a_unpublished, 404),
            ("administrator_a", self.client_a, 404),
        ):
            with self.subTest(actor=actor, record=record):
                self.assertEqual(self.get(actor, f"/my/ask/{record._name}/{record.id}").status_code, status)
