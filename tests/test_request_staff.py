"""Requests between the two sides: answers, questions, taking back, quotes, and what the back office shows."""

from ast import literal_eval
from datetime import datetime, timedelta

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .requests_common import RequestCase

MONDAY = datetime(2026, 3, 2, 9, 0)


class TalkCase(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls.env["res.users"].create(
            {
                **cls._login("planner", cls.env.ref("project.group_project_manager"), cls.companies),
                "name": "Paula Planner",
                "email": "planner@example.com",
            }
        )
        cls.users["planner"] = cls.planner
        cls.planner.group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")

    def say(self, actor, task, body="A word."):
        """A message in the conversation, as ``actor`` sends it."""
        record = task.with_env(self.as_user(actor))
        if actor in self.members:  # the route posts in sudo, behind the gate
            record = record.sudo()
        record.message_post(
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.users[actor].partner_id.id,
        )
        self.env.flush_all()
        task.invalidate_recordset()


@tagged("post_install", "-at_install", "client_portal")
class TestRequestTalk(TalkCase):
    def test_first_answer_stops_the_clock(self):
        with freeze_time(MONDAY):
            task = self.raise_request()
        self.assertFalse(task.client_answered_on)
        self.say("approver_a", task, "We too.")
        self.assertFalse(task.client_answered_on, "the client's own words are no answer")
        with freeze_time(MONDAY + timedelta(hours=2)):
            self.say("planner", task, "We come on Friday.")
        self.assertEqual(task.client_answered_on, MONDAY + timedelta(hours=2))
        self.assertFalse(task.activity_ids, "the call for an answer is done")
        self.assertEqual(self.told(task), ["request_received", "request_answered"])
        with freeze_time(MONDAY + timedelta(hours=9)):
            self.say("planner", task)
        self.assertEqual(task.client_answered_on, MONDAY + timedelta(hours=2))

    def test_a_note_is_no_answer(self):
        task = self.raise_request()
        task.with_env(self.as_user("planner")).message_post(body="Internal.", subtype_xmlid="mail.mt_note")
        self.assertFalse(task.client_answered_on)
        self.assertTrue(task.activity_ids)

    def test_the_first_step_is_an_answer(self):
        self.stages[0].client_status = "scheduled"
        task, other = self.raise_request(), self.raise_request()
        task.with_env(self.as_user("planner")).stage_id = self.stages[0]
        self.assertTrue(task.client_answered_on)
        other.with_env(self.as_user("planner")).write({"client_visit_start": datetime(2099, 1, 2, 8)})
        self.assertTrue(other.client_answered_on)

    def test_an_answer_reaches_the_requester(self):
        task = self.raise_request(only="me")
        self.say("planner", task, "We come on Friday.")
        message = task.message_ids.filtered(lambda m: "Friday" in str(m.body))
        self.assertIn(self.users["requester_a"].partner_id, message.notified_partner_ids)
        self.assertTrue(self.reads("requester_a", message))
        self.assertFalse(self.reads("administrator_a", message))

    def test_a_question_and_its_answer(self):
        self.stages[1].client_status = "in_progress"
        task = self.raise_request()
        question = self.env["client.question"].with_env(self.as_user("planner"))
        dialog = question.browse(task.with_env(self.as_user("planner")).action_client_question()["res_id"])
        self.assertIn("Contact requester_a", dialog.readers)
        with self.assertRaises(UserError):
            dialog.action_client_ask()
        dialog.body = "<p>Which colour?</p>"
        dialog.action_client_ask()
        self.env.flush_all()
        self.assertEqual((task.client_status, task.client_court), ("waiting", "client"))
        waiting = self.as_user("requester_a")["client.workspace"]._values(self.client_a)["waiting"]
        self.assertIn(f"/my/jobs/{task.id}", [row["url"] for row in waiting])
        self.say("planner", task, "Or send a picture.")
        self.assertEqual(task.client_court, "client", "our own words end nothing")
        self.say("requester_a", task, "Blue.")
        self.assertEqual((task.client_status, task.client_court), ("in_progress", "operator"))
        self.assertEqual(task.activity_ids.user_id, self.users["staff"])
        self.assertIn("Loose railing", task.activity_ids.summary)
        self.assertEqual(self.told(task)[-2:], ["request_answered", "job_question"])
        self.say("planner", task, "Thank you.")
        self.assertFalse(task.client_court)
        self.assertFalse(task.activity_ids)

    def test_a_question_outlives_a_stage_and_can_be_withdrawn(self):
        task = self.task_a_one
        task.with_env(self.as_user("planner"))._client_ask("When?")
        self.stages[1].client_status = "scheduled"
        task.stage_id = self.stages[1]
        self.assertEqual(task.client_status, "waiting")
        task.with_env(self.as_user("planner")).action_client_question_over()
        self.assertEqual((task.client_status, task.client_asked_on), ("scheduled", False))
        task.with_env(self.as_user("planner"))._client_ask("When?")
        task.state = "1_done"
        self.assertEqual(task.client_status, "completed")
        self.assertFalse(task.client_court)

    def test_who_may_ask(self):
        with self.assertRaises(UserError):
            self.task_a_unpublished.with_env(self.as_user("planner"))._client_ask("Hello?")
        for actor in ("staff", "requester_a"):
            with self.assertRaises(AccessError):
                self.task_a_one.with_env(self.as_user(actor))._client_ask("Hello?")


@tagged("post_install", "-at_install", "client_portal")
class TestRequestCancel(TalkCase):
    def cancel(self, actor, task, reason="Found the key."):
        task.with_env(self.as_user(actor))._client_cancel(reason)
        self.env.flush_all()

    def test_taken_back(self):
        task = self.raise_request()
        self.cancel("requester_a", task)
        self.assertEqual((task.state, task.client_status), ("1_canceled", "cancelled"))
        self.assertIn("Found the key.", str(task.message_ids.mapped("body")))
        self.assertEqual(task.activity_ids.user_id, self.users["staff"])
        self.assertIn("cancelled", task.activity_ids.summary)
        self.assertEqual(self.told(task), ["request_received", "job_cancelled"])
        self.assertFalse(task.client_court)

    def test_by_whom_and_until_when(self):
        task = self.raise_request()
        for actor in ("viewer_a", "site_viewer_a"):
            with self.assertRaises(UserError):
                self.cancel(actor, task)
        asked = self.raise_request()
        asked.with_env(self.as_user("planner"))._client_ask("Which key?")
        self.cancel("approver_a", asked)
        self.assertEqual(asked.client_status, "cancelled")
        task.client_visit_start = datetime(2099, 1, 2, 8)
        with self.assertRaises(UserError):
            self.cancel("requester_a", task)
        under_way = self.raise_request()
        self.stages[0].client_status = "in_progress"
        under_way.stage_id = self.stages[0]
        with self.assertRaises(UserError):
            self.cancel("requester_a", under_way)
        with self.assertRaises(UserError):
            self.cancel("requester_a", self.task_a_one)


@tagged("post_install", "-at_install", "client_portal")
class TestRequestQuote(TalkCase):
    def quote(self, task, actor="planner"):
        """A quotation as the button of the task opens it, saved and sent."""
        action = task.with_env(self.as_user(actor)).action_client_quote()
        form = Form(self.env["sale.order"].with_env(self.as_user(actor)).with_context(**action["context"]))
        order = form.save().sudo()
        order.order_line = [(0, 0, {"product_id": self.product.id, "name": "New railing", "tax_ids": False})]
        order.state = "sent"
        self.env.flush_all()
        return order

    def test_a_quote_leads_back_to_the_request(self):
        task = self.raise_request()
        order = self.quote(task)
        self.assertEqual((order.partner_id, order.client_site_id), (self.client_a, self.site_a_one))
        self.assertEqual(order.client_request_id, task)
        self.assertEqual(task.client_quote_count, 1)
        facts = {fact["label"]: fact for fact in order.with_env(self.as_user("approver_a"))._client_facts()["facts"]}
        self.assertEqual(facts["Your request"]["value"], task.client_request_number)
        self.assertEqual(facts["Your request"]["url"], f"/my/jobs/{task.id}")
        for actor, seen in (("approver_a", True), ("requester_a", False), ("viewer_a", False)):
            labels = [fact["value"] for fact in task.with_env(self.as_user(actor))._client_facts()["facts"]]
            self.assertEqual(order.name in labels, seen, actor)

    def test_a_quote_names_no_request_its_reader_may_not_see(self):
        order = self.quote(self.raise_request(only="me"))
        for actor in ("approver_a", "billing_a"):
            facts = order.with_env(self.as_user(actor))._client_facts()["facts"]
            self.assertNotIn("Your request", [fact["label"] for fact in facts], actor)

    def test_of_the_same_client_only(self):
        task = self.raise_request()
        with self.assertRaises(ValidationError):
            self.order_b_draft.client_request_id = task
        with self.assertRaises(AccessError):
            task.with_env(self.as_user("staff")).action_client_quote()


@tagged("post_install", "-at_install", "client_portal")
class TestRequestBackOffice(TalkCase):
    def test_form_list_and_card_show_it(self):
        tasks = self.env["project.task"].with_env(self.as_user("planner"))
        for view, names in {
            "form": (
                "client_request_number",
                "client_request_type_id",
                "client_requester_id",
                "client_promise_deadline",
            ),
            "list": ("client_request_number", "client_promise_deadline"),
            "kanban": ("client_request_number", "client_promise_late"),
        }.items():
            found = {
                node.get("name") for node in etree.fromstring(tasks.get_view(view_type=view)["arch"]).iter("field")
            }
            self.assertLessEqual(set(names), found, view)

    def test_filters_find_requests(self):
        task = self.raise_request()
        arch = etree.fromstring(self.env["project.task"].get_view(view_type="search")["arch"])
        filters = {node.get("name"): node for node in arch.iter("filter")}
        for name in ("client_requests", "client_acted"):
            found = self.env["project.task"].search(literal_eval(filters[name].get("domain")))
            self.assertIn(task, found, name)
            self.assertNotIn(self.task_a_one, found, name)
        self.assertIn("client_request_type", filters)

    def test_kinds_are_set_up_by_managers(self):
        kinds = self.env["client.request.type"]
        self.planner.group_ids += self.env.ref("client_portal.group_client_manager")
        with Form(kinds.with_env(self.as_user("planner")).with_context(allowed_company_ids=self.companies.ids)) as form:
            form.name = "Idea"
            form.project_id = self.desk
        with self.assertRaises(AccessError):
            self.repair.with_env(self.as_user("staff")).write({"name": "x"})
        for actor in ("requester_a", "administrator_a", "stock"):
            with self.assertRaises(AccessError):
                kinds.with_env(self.as_user(actor)).search([])

    def test_what_the_button_of_a_kind_lists(self):
        task = self.raise_request()
        action = self.repair.with_env(self.as_user("manager")).action_client_requests()
        self.assertEqual(self.env["project.task"].search(action["domain"]), task)
        self.assertEqual(self.repair.request_count, 1)
        seen = self.repair.with_env(self.as_user("manager"))  # who may see no task at all
        seen.invalidate_recordset()
        self.assertEqual(seen.request_count, 0)
