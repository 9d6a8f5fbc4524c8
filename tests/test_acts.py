"""What the client did is on the record: when, whether it waits for an answer, and who is asked to give one."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import ClientPortalCommon

START = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install", "client_portal")
class TestActs(ClientPortalCommon):
    def say(self, record, actor, day=0, **values):
        """A message that both sides read, written by ``actor`` on a day counted from START."""
        author = self.users[actor].partner_id
        with freeze_time(START + timedelta(days=day)):
            values = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment", **values}
            record.message_post(body="Words", author_id=author.id, **values)
            self.env.flush_all()

    def test_a_message_of_the_client_waits_for_an_answer(self):
        for record in (self.task_a_one, self.order_a_confirmed, self.invoice_a_one, self.project_a_one):
            with self.subTest(model=record._name):
                self.assertFalse(record.client_acted_on)
                self.say(record, "requester_a")
                self.say(record, "administrator_a", day=1)
                self.assertEqual(record.client_wrote_on, START, "since the first one")
                self.assertEqual(record.client_acted_on, START + timedelta(days=1), "the last one")
                self.assertEqual(record.client_court, "operator")
                self.assertIn("Client wrote", record.client_turn)
                self.say(record, "manager", day=2)
                self.assertFalse(record.client_wrote_on)
                self.assertNotEqual(record.client_court, "operator")
                self.assertEqual(record.client_acted_on, START + timedelta(days=1))

    def test_the_clock_runs_on_the_side_that_was_written_to(self):
        job = self.task_a_one
        self.say(job, "requester_a", day=2)
        self.say(job, "manager", day=3)
        self.assertEqual((job.client_spent_client, job.client_spent_operator), (0, 86400))

    def test_a_remark_takes_nothing_off_the_clients_list(self):
        """A question back, or a colleague's word, is no decision: both sides have a turn."""
        job = self.task_a_one
        with freeze_time(START):
            self.stages.client_status = "waiting"
            self.env.flush_all()
        self.say(job, "requester_a", day=2)
        self.assertEqual((job.client_court, job.client_wrote_on), ("client", START + timedelta(days=2)))
        with freeze_time(START + timedelta(days=4)):
            job.invalidate_recordset()
            self.assertEqual(job.client_turn, "Client wrote, 2 days", "what staff see first")

    def test_what_is_no_message_of_the_client_starts_nothing(self):
        job = self.task_a_one
        self.say(job, "manager")
        self.say(job, "requester_a", subtype_xmlid="mail.mt_note")
        self.say(job, "requester_a", message_type="notification")
        self.say(job, "requester_a", message_type="out_of_office")
        self.say(job, "administrator_b")
        self.assertFalse(job.client_acted_on)
        self.assertFalse(job.client_wrote_on)

    def test_a_contact_without_login_is_the_client_too(self):
        contact = self.env["res.partner"].create({"name": "Jane", "parent_id": self.client_a.id})
        self.task_a_one.message_post(
            body="By mail", author_id=contact.id, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        self.assertTrue(self.task_a_one.client_wrote_on)

    def test_a_note_of_staff_is_no_answer(self):
        self.say(self.task_a_one, "requester_a")
        self.say(self.task_a_one, "manager", day=1, subtype_xmlid="mail.mt_note")
        self.assertTrue(self.task_a_one.client_wrote_on)

    def test_staff_say_that_no_answer_is_needed(self):
        self.say(self.task_a_one, "requester_a")
        with self.refused("members"):
            self.task_a_one.with_env(self.as_user("administrator_a")).action_client_answered()
        self.assertTrue(self.task_a_one.client_wrote_on)
        self.task_a_one.action_client_answered()
        self.assertFalse(self.task_a_one.client_wrote_on)

    def test_an_activity_only_where_nobody_hears(self):
        """Whoever follows the job gets the message itself; without such a person one is asked."""
        job = self.task_a_one
        job.message_subscribe(self.users["manager"].partner_id.ids)
        self.say(job, "requester_a")
        self.assertFalse(job.activity_ids, "the assignee follows and was told")
        job.action_client_answered()
        job.message_unsubscribe(job.message_partner_ids.ids)
        self.say(job, "requester_a", day=1)
        self.say(job, "requester_a", day=2)
        self.assertEqual(len(job.activity_ids), 1, "one to answer, however much is written")
        self.assertEqual(job.activity_ids.user_id, self.users["manager"])
        self.say(job, "manager", day=3)
        self.assertFalse(job.activity_ids, "answered")

    def test_acts_that_make_news_are_acts_of_the_client(self):
        order = self.order_a_sent
        member = order.with_env(self.as_user("approver_a"))
        member.env["client.update"].sudo()._append([order._client_update_vals("quote_approved")])
        self.assertTrue(order.client_acted_on)
        staff = self.order_a_whole
        self.env["client.update"]._append([staff._client_update_vals("quote_approved")])
        self.assertFalse(staff.client_acted_on)

    def test_the_filter_finds_what_the_client_did(self):
        self.say(self.task_a_one, "requester_a")
        Task = self.env["project.task"]
        self.assertIn(self.task_a_one, Task.search([("client_acted_on", "!=", False)]))
        with freeze_time(START + timedelta(days=6)):
            self.assertIn(self.task_a_one, Task.search([("client_acted_on", ">=", "now -7d")]))
        with freeze_time(START + timedelta(days=8)):
            self.assertNotIn(self.task_a_one, Task.search([("client_acted_on", ">=", "now -7d")]))

    def test_turns_in_words(self):
        job = self.task_a_one
        self.assertFalse(job.client_turn)
        with freeze_time(START):
            self.stages.client_status = "waiting"
            self.env.flush_all()
        for day, words in ((0, "Waiting for the client, today"), (1, "Waiting for the client, 1 day"), (5, "5 days")):
            with freeze_time(START + timedelta(days=day)):
                job.invalidate_recordset()
                self.assertIn(words, job.client_turn)

    def test_members_read_none_of_it(self):
        for name in ("client_acted_on", "client_wrote_on", "client_turn"):
            self.assertFalse(self.reads("administrator_a", self.task_a_one, [name]), name)
