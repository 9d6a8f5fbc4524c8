"""Client status: what a client sees of stages and states that are nobody's business."""

from odoo.tests import tagged

from .common import ClientPortalCommon

# (stage maps to, state of the job, shown before) -> shown now
STORIES = [
    ("scheduled", "01_in_progress", None, "scheduled"),
    ("in_progress", "01_in_progress", "scheduled", "in_progress"),
    ("waiting", "02_changes_requested", "in_progress", "waiting"),
    (None, "01_in_progress", "waiting", "waiting"),
    (None, "03_approved", "scheduled", "scheduled"),
    ("in_progress", "1_done", "in_progress", "completed"),
    ("scheduled", "1_canceled", "scheduled", "cancelled"),
    (None, "1_done", "waiting", "completed"),
    (None, "1_canceled", "in_progress", "cancelled"),
    ("completed", "01_in_progress", "in_progress", "completed"),
]


@tagged("post_install", "-at_install", "client_portal")
class TestScopedStatus(ClientPortalCommon):
    def _status(self, job):
        self.env.flush_all()
        job.invalidate_recordset()
        return job.client_status

    def test_mapping_table(self):
        before, now = self.stages
        for stage_status, state, shown, expected in STORIES:
            with self.subTest(stage=stage_status, state=state, shown=shown):
                before.client_status, now.client_status = shown, stage_status
                job = self.env["project.task"].create(
                    {"name": "Job", "project_id": self.project_a_whole.id, "stage_id": before.id}
                )
                if shown:
                    self.assertEqual(self._status(job), shown)
                job.write({"stage_id": now.id, "state": state})
                self.assertEqual(self._status(job), expected)

    def test_reopened_job_goes_on_where_its_stage_says(self):
        self.stages[0].client_status = "in_progress"
        self.task_a_one.state = "1_done"
        self.assertEqual(self._status(self.task_a_one), "completed")
        self.task_a_one.state = "01_in_progress"
        self.assertEqual(self._status(self.task_a_one), "in_progress")

    def test_reopened_job_without_mapping_is_not_completed(self):
        self.task_a_one.state = "1_done"
        self._status(self.task_a_one)
        self.task_a_one.state = "01_in_progress"
        self.assertNotIn(self._status(self.task_a_one), ("completed", "cancelled", False))

    def test_changing_the_mapping_changes_the_jobs_in_the_stage(self):
        self.stages[0].client_status = "waiting"
        self.assertEqual(self._status(self.task_a_one), "waiting")
        self.stages[0].client_status = False
        self.assertEqual(self._status(self.task_a_one), "waiting", "the last known status stays")

    def test_since_moves_only_with_the_status(self):
        self.stages[0].client_status = self.stages[1].client_status = "scheduled"
        self._status(self.task_a_one)
        self.env.cr.execute(
            "UPDATE project_task SET client_status_since = '2020-01-01' WHERE id = %s", self.task_a_one.ids
        )
        self.task_a_one.invalidate_recordset()
        self.task_a_one.stage_id = self.stages[1]
        self._status(self.task_a_one)
        self.assertEqual(self.task_a_one.client_status_since.year, 2020, "another stage, the same status")
        self.task_a_one.state = "1_done"
        self._status(self.task_a_one)
        self.assertGreater(self.task_a_one.client_status_since.year, 2020)

    def test_every_job_has_a_status(self):
        self.assertTrue(all(self._status(self.records[key]) for key in ("task_a_one", "task_b_one", "task_private")))

    def test_title_for_the_client(self):
        job = self.task_a_one
        self.assertEqual(job.client_name, job.name)
        job.write({"name": "SECRET working title", "client_title": "Hedges at the harbour"})
        self.env.flush_all()
        env = self.as_user("viewer_a")
        self.assertEqual(job.with_env(env).display_name, "Hedges at the harbour")
        self.assertEqual(job.with_env(env).client_name, "Hedges at the harbour")
        self.assertFalse(self.reads("viewer_a", job, ["name"]), "the working title is internal")
        job.client_title = False
        self.env.flush_all()
        self.assertEqual(job.client_name, "SECRET working title")
