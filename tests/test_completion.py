"""Finishing a job: what is frozen, when, in which version, and what its client gets."""

import base64
import hashlib
from datetime import date, datetime

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .completion_common import NOTE, READINGS, CompletionCase


@tagged("post_install", "-at_install", "client_portal")
class TestCompletion(CompletionCase):
    def test_ordinary_ways_compose_a_record(self):
        """Done by its state, or by a stage that shows as completed; many at once; not twice."""
        self.stages[1].client_status = "completed"
        self.staff(self.job).write({"state": "1_done"})
        self.staff(self.task_a_two).write({"stage_id": self.stages[1].id})
        self.env.flush_all()
        for job in (self.job, self.task_a_two):
            self.assertEqual(self.versions(job).mapped("version"), [1])
            self.assertEqual(self.kinds(job)[-1], "job_completed")
        self.job.write({"state": "1_done", "stage_id": self.stages[1].id})
        self.assertEqual(len(self.versions(self.job)), 1, "it was finished before")
        jobs = self.env["project.task"].create(
            [{"name": f"J{n}", "project_id": self.project_a_whole.id, "partner_id": self.client_a.id} for n in range(5)]
        )
        jobs.write({"state": "1_done"})
        self.assertTrue(all(len(self.versions(job)) == 1 for job in jobs))

    def test_what_nobody_is_to_get_is_not_composed(self):
        imported = self.env["project.task"].create(
            {"name": "Old", "project_id": self.project_a_whole.id, "partner_id": self.client_a.id, "state": "1_done"}
        )
        (self.task_a_unpublished + self.task_stock + self.task_private).write({"state": "1_done"})
        for job in (imported, self.task_a_unpublished, self.task_stock, self.task_private):
            self.assertFalse(self.versions(job), job.name)
        self.job.write({"state": "1_canceled"})
        self.assertFalse(self.versions(self.job))

    def test_the_wizard_writes_freezes_and_finishes(self):
        self.wizard(self.job, note=NOTE, readings=READINGS, done_on="2026-03-05")
        record = self.versions(self.job)
        self.assertEqual((self.job.state, self.job.client_status), ("1_done", "completed"))
        self.assertEqual(self.job.client_done_on, date(2026, 3, 5))
        values = record.values
        self.assertEqual(values["note"], NOTE)
        self.assertEqual(values["readings"], [["Height", "12.5 m"], ["Wind", "20 km/h: gusts"], ["", "all clear"]])
        self.assertEqual((values["site"], values["done_on"]), ("Alder Harbour", "2026-03-05"))
        self.assertEqual(values["people"], [])
        self.assertEqual(hashlib.sha256(base64.b64decode(record.pdf)).hexdigest(), record.sha256)
        text = self.text(record)
        for words in (self.job.client_name, "Alder Estates", "Alder Harbour", "<b>left</b> & noted", "12.5 m"):
            self.assertIn(words, text)
        self.assertIn("March 5, 2026", text)
        self.assertIn("Oakline One", text, "the letterhead")
        self.assertNotIn("SECRET", text)
        self.assertEqual(self.kinds(self.job)[-1], "job_completed")

    def test_an_unpublished_job_is_composed_by_the_wizard_and_told_when_it_is_shown(self):
        self.wizard(self.task_a_unpublished, note=NOTE)
        self.assertEqual(self.versions(self.task_a_unpublished).mapped("version"), [1])
        self.assertEqual(self.kinds(self.task_a_unpublished), [])
        self.task_a_unpublished.action_client_publish()
        job = self.task_a_unpublished.with_env(self.as_user("viewer_a"))
        self.assertEqual(job._client_done()["note"], NOTE)

    def test_completing_again_makes_the_next_version_and_keeps_the_first(self):
        self.wizard(self.job, note="First")
        first = self.versions(self.job)
        paper = first.pdf
        self.wizard(self.job, note="Second")
        self.assertEqual(self.versions(self.job).mapped("version"), [2, 1])
        self.assertEqual((first.values["note"], first.pdf), ("First", paper))
        self.assertEqual(self.job.with_env(self.as_user("viewer_a"))._client_done()["note"], "Second")
        self.assertEqual(self.kinds(self.job)[-1], "job_record_updated")
        self.job.client_done_note = "Typed afterwards"
        self.assertEqual(self.job.with_env(self.as_user("viewer_a"))._client_done()["note"], "Second")

    def test_a_reopened_job_shows_nothing_done(self):
        self.wizard(self.job, note=NOTE)
        self.staff(self.job).write({"state": "01_in_progress"})
        self.assertIsNone(self.job.with_env(self.as_user("viewer_a"))._client_done())
        self.assertFalse(self.job.client_done_on)
        self.assertEqual(self.kinds(self.job)[-1], "job_reopened")
        self.wizard(self.job, note="Now really")
        self.assertEqual(self.versions(self.job).mapped("version"), [2, 1])

    def test_people_only_where_staff_show_them(self):
        project = self.job.sudo().project_id
        mara = ["Mara"]
        cases = [(False, False, []), (True, False, mara), (True, "no", []), (False, "yes", mara)]
        for by_project, by_job, shown in cases:
            project.client_show_people, self.job.client_show_people = by_project, by_job
            job = self.job.with_env(self.as_user("viewer_a"))
            self.assertEqual(job._client_people(), shown)
            facts = {fact["label"]: fact["value"] for fact in job._client_facts()["facts"]}
            self.assertEqual(facts["Who comes"], ", ".join(shown))
        self.wizard(self.job, note=NOTE)
        self.assertEqual(self.versions(self.job).values["people"], ["Mara"])
        self.assertIn("Mara", self.text(self.versions(self.job)))

    def test_a_record_is_kept_as_it_was_written(self):
        self.wizard(self.job, note=NOTE)
        record = self.versions(self.job)
        for act in (lambda: record.write({"values": {}}), lambda: record.write({"pdf": False}), record.unlink):
            with self.assertRaises(UserError):
                act()
        for statement in (
            "UPDATE client_completion SET sha256 = ''",
            "UPDATE client_completion SET values = NULL",
            "DELETE FROM client_completion",
            "TRUNCATE client_completion",
        ):
            with self.subTest(statement), mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.Error):
                with self.env.cr.savepoint():
                    self.env.cr.execute(statement)
        self.job.unlink()
        self.assertTrue(record.exists(), "evidence outlives the job")

    def test_who_reads_records_by_rpc(self):
        self.wizard(self.job, note=NOTE)
        record = self.versions(self.job)
        self.assertTrue(self.staff(record).read(["version", "filename"]))
        for actor in ("administrator_a", "site_viewer_a", "stock", "staff"):
            with self.assertRaises(AccessError):
                record.with_env(self.as_user(actor)).read(["version"])

    def test_the_crew_needs_the_right_to_write_the_job(self):
        self.job.project_id.privacy_visibility = "followers"
        self.job.project_id.message_unsubscribe(self.crew.partner_id.ids)
        self.job.user_ids = False
        self.env.flush_all()
        wizard = self.staff(self.env["client.complete.wizard"]).create({"task_id": self.job.id})
        with self.assertRaises(AccessError):
            wizard.action_complete()
        with self.assertRaises(AccessError):
            self.job.with_env(self.as_user("administrator_a")).action_client_complete()

    def test_the_papers_language_is_the_clients(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.client_a.lang = "fr_FR"
        self.wizard(self.job, note=NOTE, done_on="2026-03-05")
        self.assertIn("5 mars 2026", self.text(self.versions(self.job)))

    def test_letters_of_many_alphabets_are_on_paper(self):
        words = "Ελληνικά Кириллица Türkçe Łódź Tiếng Việt"
        self.wizard(self.job, note=words)
        text = self.text(self.versions(self.job))
        for word in words.split():
            self.assertIn(word, text)

    def test_long_notes_run_over_pages(self):
        self.wizard(self.job, note="\n".join(f"Line {n} of a long day." for n in range(300)))
        self.assertIn("Line 299 of", self.text(self.versions(self.job)))


@tagged("post_install", "-at_install", "client_portal")
class TestCompletionDay(CompletionCase):
    """The day is the day at the site; who reads it elsewhere reads the same day."""

    def finish(self, moment, site_tz, staff_tz):
        self.site_a_one.tz, self.crew.tz = site_tz, staff_tz
        self.env.flush_all()
        with freeze_time(moment):
            self.staff(self.job).write({"state": "1_done"})
        return self.job.client_done_on

    def test_the_sites_clock_counts(self):
        for moment, site, crew, day in (
            (datetime(2026, 6, 30, 23, 30), "Australia/Sydney", "America/New_York", date(2026, 7, 1)),
            (datetime(2026, 6, 30, 2, 30), "America/New_York", "Europe/Berlin", date(2026, 6, 29)),
            (datetime(2026, 6, 30, 23, 30), False, "Asia/Tokyo", date(2026, 7, 1)),
            # the nights the clocks change: 23:59 of a day of 23 hours, 00:30 after a day of 25
            (datetime(2026, 3, 29, 21, 59), "Europe/Berlin", "UTC", date(2026, 3, 29)),
            (datetime(2026, 10, 25, 23, 30), "Europe/Berlin", "UTC", date(2026, 10, 26)),
            (datetime(2026, 10, 25, 22, 30), "Europe/Berlin", "UTC", date(2026, 10, 25)),
        ):
            with self.subTest(moment=moment, site=site):
                self.assertEqual(self.finish(moment, site, crew), day)
                self.assertEqual(self.versions(self.job)[0].values["done_on"], day.isoformat())
                self.job.state = "01_in_progress"

    def test_every_reader_reads_the_same_day(self):
        self.finish(datetime(2026, 6, 30, 23, 30), "Australia/Sydney", "America/New_York")
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"):
            env = self.env(user=self.users["viewer_a"].id, su=False, context={"lang": "en_US", "tz": zone})
            with freeze_time("2026-12-01 12:00:00"):
                self.assertEqual(self.job.with_env(env)._client_done()["day"], "Jul 1", zone)

    def test_the_wizard_offers_the_sites_day(self):
        self.site_a_one.tz = "Australia/Sydney"
        with freeze_time("2026-06-30 23:30:00"):
            wizard = self.staff(self.env["client.complete.wizard"]).create({"task_id": self.job.id})
            self.assertEqual(wizard.done_on, date(2026, 7, 1))
