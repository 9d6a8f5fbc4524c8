"""Raising a request: what becomes of it on both sides."""

from datetime import datetime, timedelta

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.client_gate import ClientNotFound
from ..models.client_request_form import RequestRefused
from .requests_common import RequestCase

MONDAY = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install", "client_portal")
class TestRequest(RequestCase):
    def test_becomes_a_task_of_the_staff(self):
        task = self.raise_request(dates=["2099-05-02", "2099-05-01", "2099-05-01"])
        self.assertEqual(
            (task.project_id, task.stage_id, task.user_ids), (self.desk, self.stages[1], self.users["staff"])
        )
        self.assertEqual((task.partner_id, task.client_id), (self.client_a, self.client_a))
        self.assertEqual(task.client_site_id, self.site_a_one)
        self.assertEqual((task.name, task.client_title, task.priority), ("Loose railing", "Loose railing", "3"))
        self.assertIn("The third panel.<br>Please look.", str(task.description))
        self.assertEqual(task.client_request_type_id, self.repair)
        self.assertEqual(task.client_requester_id, self.members["requester_a"])
        self.assertEqual(task.client_request_dates, ["2099-05-01", "2099-05-02"])
        self.assertRegex(task.client_request_number, r"^R-\d{5}$")
        self.assertEqual(task.client_status, "requested")
        self.assertEqual(task.client_court, "operator")

    def test_is_seen_by_its_client_whatever_the_project_shows(self):
        task = self.raise_request()
        self.assertTrue(task.client_published)
        for actor in ("viewer_a", "requester_a", "administrator_a", "site_viewer_a", "both"):
            self.assertTrue(self.sees(actor, task), actor)
        for actor in ("billing_a", "administrator_b", "revoked", "suspended", "colleague", "stock"):
            self.assertFalse(self.sees(actor, task), actor)
        task.action_client_unpublish()
        self.env.flush_all()
        self.assertFalse(self.sees("requester_a", task), "staff may still hide it")

    def test_only_me(self):
        task = self.raise_request(only="me")
        for actor in ("viewer_a", "administrator_a", "site_viewer_a", "both"):
            self.assertFalse(self.sees(actor, task), actor)
        self.assertTrue(self.sees("requester_a", task))
        updates = self.env["client.update"].search([("res_model", "=", "project.task"), ("res_id", "=", task.id)])
        self.assertTrue(updates)
        self.assertFalse(any(self.sees("administrator_a", update) for update in updates))
        self.assertTrue(all(self.sees("requester_a", update) for update in updates))

    def test_is_told_once_and_in_words(self):
        task = self.raise_request()
        self.assertEqual(self.told(task), ["request_received"])
        update = self.as_user("viewer_a")["client.update"].search([("res_id", "=", task.id)], limit=1)
        row = update._client_rows()[0]
        self.assertEqual(row["title"], f"Request {task.client_request_number} received: Loose railing")
        self.assertEqual(update.sudo().actor_partner_id, self.users["requester_a"].partner_id.id)

    def test_staff_get_an_activity_and_the_words(self):
        task = self.raise_request()
        activity = task.activity_ids
        self.assertEqual((activity.user_id, len(activity)), (self.users["staff"], 1))
        self.assertIn(task.client_request_number, activity.summary)
        said = task.message_ids.filtered(lambda m: m.message_type == "comment")
        self.assertEqual(said.author_id, self.users["requester_a"].partner_id)
        self.assertIn("The third panel.", said.body)
        self.assertFalse(said.is_internal)
        self.assertIn(self.users["requester_a"].partner_id, task.message_partner_ids)

    def test_words_are_shown_as_they_were_typed(self):
        task = self.raise_request(title="<b>x</b>", text="<script>alert(1)</script>")
        self.assertEqual(task.client_name, "<b>x</b>")
        self.assertNotIn("<script>", str(task.description) + str(task.message_ids.mapped("body")))

    def test_thanks_go_to_the_member_alone(self):
        self.repair.promise_hours = 4
        task = self.raise_request()
        mails = self.env["mail.mail"].search([("model", "=", "project.task"), ("res_id", "=", task.id)])
        mail = mails.filtered(lambda mail: mail.recipient_ids == self.users["requester_a"].partner_id)
        self.assertEqual((mails - mail).recipient_ids, self.users["staff"].partner_id, "one mail each")
        self.assertEqual(len(mails), 2)
        self.assertIn(task.client_request_number, mail.subject)
        self.assertIn(f"/my/jobs/{task.id}", mail.body_html)
        for word in ("access_token", "SECRET", "pid=", "hash="):
            self.assertNotIn(word, mail.body_html)

    def test_numbers_differ(self):
        one, two = self.raise_request(), self.raise_request()
        self.assertNotEqual(one.client_request_number, two.client_request_number)
        copy = one.copy()
        self.assertFalse(copy.client_request_number or copy.client_request_key or copy.client_requester_id)

    def test_who_acts_first(self):
        """The assignee of the kind, else the project's manager, else the client's contact."""
        self.repair.user_id = False
        self.assertEqual(self.raise_request().activity_ids.user_id, self.users["manager"])
        self.desk.user_id = False
        self.client_a.user_id = self.users["staff"]
        self.assertEqual(self.raise_request().activity_ids.user_id, self.users["staff"])


@tagged("post_install", "-at_install", "client_portal")
class TestRequestOnce(RequestCase):
    def test_the_same_form_makes_one(self):
        member, sent = self.requester(), self.typed()
        task = member._client_raise(self.repair.with_env(member.env), sent, member.env["ir.attachment"].sudo())
        self.assertEqual(member._client_raised(dict(sent)), task)
        self.assertFalse(self.requester("approver_a")._client_raised(dict(sent)), "a key is one's own")

    def test_the_form_with_other_words_is_another_one(self):
        member, sent = self.requester(), self.typed()
        kind, none = self.repair.with_env(member.env), member.env["ir.attachment"].sudo()
        member._client_raise(kind, dict(sent), none)
        changed = {**sent, "text": "And the fourth one."}
        self.assertFalse(member._client_raised(changed))
        with self.assertRaises(RequestRefused) as refusal:
            member._client_raise(kind, changed, none)
        self.assertEqual(refusal.exception.http_status, 409)
        self.assertFalse(changed["key"], "it comes back as a new form")

    def test_the_database_refuses_a_second_one(self):
        task = self.raise_request()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            other = self.raise_request()
            other.client_request_key = task.client_request_key
            other.flush_recordset()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            other = self.raise_request()
            other.client_request_number = task.client_request_number
            other.flush_recordset()


@tagged("post_install", "-at_install", "client_portal")
class TestRequestForm(RequestCase):
    def errors(self, actor="requester_a", kind=None, **typed):
        """Names of the fields that are refused."""
        before = self.requests_made()
        with self.assertRaises(RequestRefused) as refusal:
            self.raise_request(actor, kind, **typed)
        self.assertEqual(self.requests_made(), before)
        return set(refusal.exception.errors)

    def test_what_is_refused(self):
        for field, typed in (
            ("title", {"title": "  "}),
            ("title", {"title": "x" * 121}),
            ("text", {"text": ""}),
            ("text", {"text": "x" * 5001}),
            ("site", {"site": ""}),
            ("site", {"site": str(self.site_b_one.id)}),
            ("site", {"site": str(self.client_a.id)}),
            ("site", {"site": "x"}),
            ("urgency", {"urgency": "yesterday"}),
            ("dates", {"dates": ["yesterday"]}),
            ("dates", {"dates": ["2001-01-01"]}),
            ("asset", {"asset": "x"}),
            ("asset", {"asset": str(self.asset_b_one.id)}),
        ):
            with self.subTest(**typed):
                self.assertEqual(self.errors(**typed), {field})
        self.assertEqual(self.errors(title="", text="", site=""), {"title", "text", "site"})

    def test_what_a_kind_insists_on(self):
        self.repair.write({"ask_files": "required", "ask_dates": "required", "ask_asset": "required"})
        self.assertEqual(self.errors(), {"files", "dates", "asset"})

    def test_what_is_not_asked_is_not_taken(self):
        task = self.raise_request(
            kind=self.quick, dates=["2099-01-01"], urgency="urgent", asset=str(self.asset_a_one.id)
        )
        self.assertFalse(
            task.client_site_id or task.client_request_dates or task.client_urgency or task.client_asset_ids
        )

    def test_an_asset_tells_its_site(self):
        task = self.raise_request(site="", asset=str(self.asset_a_one.id))
        self.assertEqual((task.client_site_id, task.client_asset_ids), (self.site_a_one, self.asset_a_one))
        self.assertEqual(self.errors(site=str(self.site_a_two.id), asset=str(self.asset_a_one.id)), {"asset"})

    def test_a_member_of_one_site_names_it(self):
        """Whatever the kind asks: else the member would not see their own request."""
        self.members["site_viewer_a"].role_id = self.roles["requester"]
        self.assertEqual(self.errors("site_viewer_a", self.quick, site=""), {"site"})
        self.assertEqual(self.errors("site_viewer_a", site=str(self.site_a_two.id)), {"site"})
        task = self.raise_request("site_viewer_a", self.quick)
        self.assertTrue(self.sees("site_viewer_a", task))


@tagged("post_install", "-at_install", "client_portal")
class TestRequestType(RequestCase):
    def offered(self, actor):
        try:
            return set(self.requester(actor)._client_request_types().mapped("name"))
        except ClientNotFound:
            return None

    def test_who_may_request(self):
        """The capability table: roles with *Request work* that see jobs too."""
        both = {"Repair", "Quick word"}
        self.assertEqual(
            {
                actor: self.offered(actor)
                for actor in ("viewer_a", "billing_a", "revoked", "suspended", "colleague", "stock")
            },
            dict.fromkeys(("viewer_a", "billing_a", "revoked", "suspended", "colleague", "stock")),
        )
        for actor in ("requester_a", "approver_a", "administrator_a", "requester_b"):
            self.assertEqual(self.offered(actor), both, actor)
        self.roles["requester"].can_see_jobs = False
        self.assertIsNone(self.offered("requester_a"), "nobody raises what they cannot see")

    def test_for_whom_a_kind_is(self):
        self.repair.client_ids = self.client_b
        self.quick.role_ids = self.roles["administrator"]
        self.assertEqual(self.offered("requester_a"), set())
        self.assertEqual(self.offered("administrator_a"), {"Quick word"})
        self.assertEqual(self.offered("requester_b"), {"Repair"})
        with self.assertRaises(ClientNotFound):
            self.requester()._client_request_type(self.repair.id)

    def test_kinds_that_lead_nowhere_are_not_offered(self):
        self.repair.active = False
        self.assertEqual(self.offered("requester_a"), {"Quick word"})
        self.repair.active = True
        self.client_a.client_company_ids = self.company_two
        self.assertEqual(self.offered("requester_a"), set(), "a company that does not serve the client")
        self.client_a.client_company_ids = self.companies
        self.desk.active = False
        self.assertEqual(self.offered("requester_a"), set())

    def test_where_it_may_land(self):
        with self.assertRaises(ValidationError):
            self.repair.project_id = self.env["project.project"].create(
                {"name": "No customers", "allow_billable": False}
            )
        with self.assertRaises(ValidationError):
            self.repair.stage_id = self.env["project.task.type"].create({"name": "Of nobody"})

    def test_promise_in_working_hours(self):
        """Four hours from Friday 15:00 of a 9 to 17 week end on Monday; a holiday does not count."""
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Nine to five",
                "tz": "UTC",
                "attendance_ids": [
                    (0, 0, {"name": str(day), "dayofweek": str(day), "hour_from": 9, "hour_to": 17}) for day in range(5)
                ],
            }
        )
        self.company_one.resource_calendar_id = calendar
        friday = datetime(2026, 3, 6, 15, 0)
        self.assertEqual(self.repair._client_promise(friday), datetime(2026, 3, 9, 11, 0))
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "company_id": self.company_one.id,
                "date_from": "2026-03-09 00:00:00",
                "date_to": "2026-03-09 23:59:59",
            }
        )
        self.assertEqual(self.repair._client_promise(friday), datetime(2026, 3, 10, 11, 0))
        self.repair.promise_hours = 0
        self.assertFalse(self.repair._client_promise(friday))

    def test_promise_is_kept_with_the_request(self):
        with freeze_time(MONDAY):
            task = self.raise_request()
            self.assertGreater(task.client_promise_deadline, MONDAY)
            self.assertFalse(task.client_promise_late)
        with freeze_time(MONDAY + timedelta(days=9)):
            task.invalidate_recordset()
            self.assertTrue(task.client_promise_late)
            self.assertIn(task, self.env["project.task"].search([("client_promise_late", "=", True)]))
