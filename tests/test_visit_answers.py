"""What members answer on the page about a visit: who may, twice, two at once, too late."""

from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from .visit_common import VisitCase


@tagged("post_install", "-at_install", "client_portal")
class TestVisitAnswers(VisitCase):
    """What members answer on the page."""

    def test_who_may_answer(self):
        self.job.client_visit_confirm = True
        for actor in ("viewer_a", "billing_a", "site_viewer_a", "administrator_b", "revoked", "suspended", "colleague"):
            with self.subTest(actor=actor):
                for reply in (
                    self.confirm(actor),
                    self.propose(actor, self.row(self.start + timedelta(days=1))),
                    self.withdraw(actor),
                    self.page(actor, self.job._client_visit_url()),
                ):
                    self.assertIn(reply.status_code, (403, 404))
                self.assertEqual(self.job.client_visit_state, "asked")
        self.assertIn("visit/confirmation", self.page("requester_a", self.job._client_url()).text)
        self.assertNotIn("visit/confirmation", self.page("viewer_a", self.job._client_url()).text)
        self.assertEqual(self.confirm("requester_a").status_code, 303)
        self.assertEqual(self.job.client_visit_state, "confirmed")

    def test_confirming(self):
        self.job.client_visit_confirm = True
        self.told = self.updates()
        self.assertIn("Confirm visit", self.page("approver_a", "/my").text)
        self.assertEqual(self.confirm("approver_a").status_code, 303)
        self.assertEqual(self.confirm("approver_a").status_code, 303, "a double click")
        self.assertEqual(self.confirm("requester_a").status_code, 303, "a colleague at the same moment")
        self.assertEqual(self.news(), ["job_visit_confirmed"])
        self.assertEqual(self.job.client_visit_answered_by, self.users["approver_a"].partner_id)
        self.assertFalse(self.job.client_court)
        self.assertNotIn("Confirm visit", self.page("approver_a", "/my").text)
        self.assertIn("Visit confirmed", self.job.message_ids.sorted("id")[-1].body)
        self.assertFalse(self.job.activity_ids, "nobody has to act")

    def test_confirming_what_moved_meanwhile(self):
        self.job.client_visit_confirm = True
        address = f"{self.job._client_visit_url()}/confirmation"
        seen = self.job._client_visit_key()
        self.job.write(self.moved())
        reply = self.send("approver_a", address, {"visit": seen})
        self.assertEqual(reply.status_code, 409)
        self.assertIn("was moved meanwhile", reply.text)
        self.assertEqual(self.job.client_visit_state, "asked")

    def test_nothing_to_confirm(self):
        self.assertEqual(self.confirm("approver_a").status_code, 409, "nobody asked")
        self.job.client_visit_confirm = True
        with self.at(self.start + timedelta(minutes=5)):
            self.assertEqual(self.confirm("approver_a").status_code, 409, "it has begun")
        self.propose("requester_a", self.row(self.start + timedelta(days=1)))
        reply = self.confirm("approver_a")
        self.assertEqual(reply.status_code, 409)
        self.assertIn("Contact requester_a has asked for another time", reply.text)
        self.stages.client_status = "completed"
        self.assertEqual(self.confirm("approver_a").status_code, 409)

    def test_asking_for_another_time(self):
        rows = [self.row(self.start + timedelta(days=day)) for day in (1, 2, 3)]
        self.assertEqual(self.propose("approver_a", *rows, comment="Please <b>").status_code, 303)
        self.assertEqual((self.job.client_visit_state, self.job.client_court), ("proposed", "operator"))
        self.assertEqual(self.news(), ["job_visit_another"])
        windows = self.proposals()._windows()
        self.assertEqual([start for start, _end in windows], [self.start + timedelta(days=day) for day in (1, 2, 3)])
        text = self.page("viewer_a", self.job._client_url()).text
        self.assertIn("Another time asked for", text)
        text = self.page("approver_a", self.job._client_url()).text
        self.assertIn("You asked for another time", text)
        self.assertIn("Please &lt;b&gt;", text)
        text = " ".join(self.page("requester_a", self.job._client_url()).text.split())
        self.assertIn("Contact approver_a asked for another time", text)

    def test_one_wish_at_a_time(self):
        row, other = self.row(self.start + timedelta(days=1)), self.row(self.start + timedelta(days=2))
        self.propose("approver_a", row)
        self.assertEqual(self.propose("approver_a", row).status_code, 303, "a double click")
        reply = self.propose("requester_a", other, comment="Mine is better")
        self.assertEqual(reply.status_code, 409)
        self.assertIn("Contact approver_a has asked for another time already", reply.text)
        self.assertEqual(len(self.proposals()), 1)
        self.assertEqual(len(self.job.activity_ids), 1)
        self.assertEqual(self.withdraw("requester_a").status_code, 303)
        self.assertEqual(self.withdraw("requester_a").status_code, 303)
        self.assertEqual((self.job.client_visit_state, self.proposals().state), ("told", "withdrawn"))
        self.assertFalse(self.job.activity_ids)
        self.assertEqual(self.propose("requester_a", other).status_code, 303)
        self.assertEqual(self.news(), ["job_visit_another", "job_visit_kept", "job_visit_another"])

    def test_a_time_for_a_job_without_a_visit(self):
        job = self.task_a_two
        self.assertEqual(self.propose("approver_a", self.row(self.start), job=job).status_code, 303)
        self.assertEqual((job.client_visit_state, job.client_visit_start), ("proposed", False))
        job.action_client_visit_accept()
        self.assertEqual((job.client_visit_state, job.client_visit_start), ("confirmed", self.start))

    def test_not_any_number_of_times(self):
        self.env["ir.config_parameter"].set_param("client_portal.messages_per_minute", "2")
        row = self.row(self.start + timedelta(days=1))
        self.propose("approver_a", row)
        self.propose("approver_a", row)
        self.assertEqual(self.propose("approver_a", row).status_code, 429)

    def test_a_job_that_is_over(self):
        self.stages.client_status = "cancelled"
        self.assertEqual(self.propose("approver_a", self.row(self.start)).status_code, 409)
        self.assertIn("This job is over", self.page("approver_a", self.job._client_visit_url()).text)
        self.assertFalse(self.proposals())

    def test_a_question_nobody_sees_waits_for_nobody(self):
        self.job.write({"client_visit_confirm": True, "client_publish": "no"})
        self.assertNotIn("Confirm visit", self.page("approver_a", "/my").text)
        self.assertEqual(self.confirm("approver_a").status_code, 404)

    def test_today_is_asked_of_the_clock(self):
        """Between two runs of the scheduled action pages look at the clock themselves."""
        self.job.client_visit_confirm = True
        with self.at(self.start + timedelta(minutes=5)):
            self.assertNotIn("visit/confirmation", self.page("approver_a", self.job._client_url()).text)
        self.assertLess(Datetime.now(), self.start)
