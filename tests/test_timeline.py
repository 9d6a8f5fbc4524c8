"""The timeline of a project: days as the client knows them, where the reader is, and nothing that stays inside."""

import json
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import ClientPortalCommon

TODAY = date(2026, 3, 16)  # a Monday
NOW = "2026-03-16 12:00:00"


@tagged("post_install", "-at_install", "client_portal")
class TestTimeline(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls.project_a_two
        cls.env["project.milestone"].search([("project_id", "=", cls.project.id)]).unlink()
        cls.stage = {
            status: cls.env["project.task.type"].create(
                {"name": f"SECRET {status}", "client_status": status, "project_ids": cls.project.ids}
            )
            for status in ("requested", "scheduled", "in_progress", "waiting", "completed")
        }

    def job(self, name, status="scheduled", visit=None, **values):
        """A job whose status is reached on a day counted from today."""
        if visit:
            values["client_visit_start"], values["client_visit_end"] = visit
        values = {"project_id": self.project.id, "partner_id": self.client_a.id, "client_publish": "yes", **values}
        return self.env["project.task"].create({"name": name, "stage_id": self.stage[status].id, **values})

    def move(self, job, status, day):
        with freeze_time(datetime(2026, 3, 16, 12) + timedelta(days=day)):
            job.stage_id = self.stage[status]
            self.env.flush_all()

    def drawn(self, actor="viewer_a", tz="UTC"):
        """What the page of ``actor`` draws, or None."""
        self.env.flush_all()
        self.env.invalidate_all()
        env = self.as_user(actor)
        project = env(context={**env.context, "tz": tz})["project.project"].browse(self.project.id)
        with freeze_time(NOW):
            timeline = project._client_timeline()
        return timeline and json.loads(timeline["json"])

    def bars(self, **asked):
        """{label: (first day, last day)} of what is drawn."""
        drawn = self.drawn(**asked)
        return {
            row["label"]: (date.fromordinal(row["from"]), date.fromordinal(row["to"] - 1))
            for row in (drawn["rows"] if drawn else ())
        }

    def test_no_day_no_drawing(self):
        self.assertIsNone(self.drawn())
        self.job("requested", "requested")
        self.job("scheduled without a visit")
        self.env["project.milestone"].create({"name": "some day", "project_id": self.project.id})
        self.assertIsNone(self.drawn(), "jobs and milestones without a day make no empty box")

    def test_days_by_status(self):
        at = TODAY + timedelta(days=4)
        self.job("planned", visit=(datetime(2026, 3, 20, 9), datetime(2026, 3, 21, 15)))
        started = self.job("running")
        self.move(started, "in_progress", -5)
        waits = self.job("waits")
        self.move(waits, "in_progress", -8)
        self.move(waits, "waiting", -2)
        done = self.job("done")
        self.move(done, "in_progress", -10)
        self.move(done, "completed", -7)
        at_once = self.job("done at once")
        self.move(at_once, "completed", -3)
        off = self.job("called off", visit=(datetime(2026, 3, 20, 9), datetime(2026, 3, 20, 10)))
        off.state = "1_canceled"
        days = {
            "planned": (at, at + timedelta(days=1)),
            "running": (TODAY - timedelta(days=5), TODAY),
            "waits": (TODAY - timedelta(days=8), TODAY),
            "done": (TODAY - timedelta(days=10), TODAY - timedelta(days=7)),
            "done at once": (TODAY - timedelta(days=3),) * 2,
        }
        self.assertEqual(self.bars(), days)
        tones = {row["label"]: row["tone"] for row in self.drawn()["rows"]}
        self.assertEqual((tones["planned"], tones["running"], tones["done"]), ("info", "accent", "success"))

    def test_days_are_the_readers(self):
        """Late in the evening here is the next day there; the night the clocks change makes no difference."""
        self.job("evening", visit=(datetime(2026, 3, 20, 23, 30), datetime(2026, 3, 21, 1)))
        self.job("clocks", visit=(datetime(2026, 3, 28, 23, 30), datetime(2026, 3, 29, 1, 30)))
        self.assertEqual(self.bars(tz="UTC")["evening"], (date(2026, 3, 20), date(2026, 3, 21)))
        self.assertEqual(self.bars(tz="Europe/Berlin")["evening"], (date(2026, 3, 21),) * 2)
        self.assertEqual(self.bars(tz="America/New_York")["evening"], (date(2026, 3, 20),) * 2)
        self.assertEqual(self.bars(tz="Europe/Berlin")["clocks"], (date(2026, 3, 29),) * 2)

    def test_nothing_internal_has_a_place(self):
        """Deadlines, plans and hidden jobs neither show nor stretch the axis."""
        self.job("visible", visit=(datetime(2026, 3, 20, 9), datetime(2026, 3, 20, 10)))
        before = self.drawn()
        far = datetime(2027, 8, 1)
        self.job("SECRET hidden", visit=(far, far), client_publish="no")
        self.job("no date of ours", date_deadline=far, date_end=far)
        foreign = self.job("Birch job", visit=(far, far), partner_id=self.client_b.id)
        self.assertTrue(foreign.client_published)
        self.assertEqual(self.drawn(), before)

    def test_members_of_one_site_see_their_jobs(self):
        visit = (datetime(2026, 3, 20, 9), datetime(2026, 3, 20, 10))
        self.project = self.project_a_one
        self.env["project.milestone"].search([("project_id", "=", self.project.id)]).unlink()
        self.job("here", visit=visit, client_site_id=self.site_a_one.id)
        self.job("there", visit=visit, client_site_id=self.site_a_two.id)
        self.assertEqual(set(self.bars(actor="site_viewer_a")), {"here"})
        self.assertEqual(set(self.bars(actor="viewer_a")), {"here", "there"})

    def test_starts_that_the_reader_may_not_know(self):
        """The day work started comes from updates the reader sees: none were made while the job was hidden."""
        job = self.job("late shown", client_publish="no")
        self.move(job, "in_progress", -20)
        self.move(job, "completed", -10)
        job.client_publish = "yes"
        self.assertEqual(self.bars()["late shown"], (TODAY - timedelta(days=10),) * 2)

    def test_milestones_period_and_today(self):
        self.project.write({"date_start": "2026-03-01", "date": "2026-04-30"})
        self.env["project.milestone"].create(
            [
                {"name": "planned", "project_id": self.project.id, "deadline": "2026-04-10"},
                {"name": "undated", "project_id": self.project.id},
            ]
        )
        drawn = self.drawn()
        self.assertEqual([row["label"] for row in drawn["rows"]], ["planned"])
        day = date.fromordinal
        self.assertEqual((day(drawn["start"]), day(drawn["end"] - 1)), (date(2026, 3, 1), date(2026, 4, 30)))
        self.assertEqual(drawn["period"], {"from": drawn["start"], "to": drawn["end"]})
        self.assertEqual(drawn["today"]["at"], TODAY.toordinal() + 0.5)
        self.assertLessEqual(len(drawn["ticks"]), 8)
        self.assertEqual(drawn["ticks"][0]["label"], "Mar 1")

    def test_an_old_project_is_not_squeezed_by_today(self):
        with freeze_time("2020-05-04 12:00:00"):
            self.job("old", "completed")
            self.env.flush_all()
        self.project.write({"date_start": "2020-05-01", "date": "2020-05-20"})
        drawn = self.drawn()
        self.assertIsNone(drawn["today"])
        self.assertLess(drawn["end"] - drawn["start"], 40)

    def test_ticks_fit_any_length(self):
        for days in (1, 9, 30, 90, 200, 400, 1200, 9000, 40000):
            first = date(2026, 3, 4)
            with self.subTest(days=days):
                ticks = self.project._client_timeline_ticks(first, first + timedelta(days=days))
                self.assertLessEqual(len(ticks), 9)
                self.assertGreaterEqual(len(ticks), 1)
                self.assertEqual(len({tick["label"] for tick in ticks}), len(ticks))

    def test_many_jobs_are_capped(self):
        visit = (datetime(2026, 3, 20, 9), datetime(2026, 3, 20, 10))
        for number in range(20):
            self.job(f"done {number}", "completed")
        self.assertEqual(len(self.bars()), 14)
        for number in range(10):
            self.job(f"planned {number}", visit=visit)
        labels = set(self.bars())
        self.assertEqual(len(labels), 14)
        self.assertEqual(len([label for label in labels if label.startswith("planned")]), 10, "what comes is first")
