"""Whose turn it is on a job, and how long each side has had it."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import ClientPortalCommon

START = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install", "client_portal")
class TestCourt(ClientPortalCommon):
    def turn(self, status, day):
        """Bring the job to ``status`` on a day counted from START; its court then."""
        with freeze_time(START + timedelta(days=day)):
            self.stages.client_status = status
            self.env.flush_all()
        self.task_a_one.invalidate_recordset()
        return self.task_a_one.client_court

    def test_turns_and_clocks(self):
        """A job that goes to and fro: each side's days add up, nobody's turn counts for nobody."""
        story = [("requested", 0, "operator"), ("scheduled", 2, False), ("waiting", 5, "client")]
        story += [("in_progress", 9, False), ("waiting", 10, "client"), ("requested", 13, "operator")]
        for status, day, court in story:
            self.assertEqual(self.turn(status, day), court, f"{status} on day {day}")
        job = self.task_a_one
        self.assertEqual(job.client_court_since, START + timedelta(days=13))
        self.assertEqual(job.client_spent_client, (4 + 3) * 24 * 3600)
        self.assertEqual(job.client_spent_operator, 2 * 24 * 3600)
        self.assertAlmostEqual(job.client_days_client, 7, places=1)
        self.assertGreater(job.client_days_operator, 2, "the turn that runs is counted too")

    def test_nothing_starts_again_when_nothing_changes(self):
        self.turn("waiting", 1)
        self.turn("waiting", 4)
        self.assertEqual(self.task_a_one.client_court_since, START + timedelta(days=1))
        self.assertFalse(self.task_a_one.client_spent_client)

    def test_members_know_whose_turn_it_is_and_no_clock(self):
        job = self.task_a_one
        self.assertTrue(self.reads("viewer_a", job, ["client_court"]))
        for name in ("client_court_since", "client_spent_operator", "client_days_operator", "client_days_client"):
            self.assertFalse(self.reads("viewer_a", job, [name]), name)
