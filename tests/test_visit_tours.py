"""A visit that does not suit, and a job that gets done, in a real browser, by both sides."""

from odoo.tests import tagged

from .visit_common import VisitCase


@tagged("post_install", "-at_install", "client_portal")
class TestVisitTours(VisitCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = cls.env.ref("base.group_user") + cls.env.ref("project.group_project_manager")
        cls.env["res.users"].create({**cls._login("planner", groups, cls.companies), "name": "Paula Planner"})
        cls.job.client_visit_confirm = True

    def form_of(self, job):
        return f"/odoo/{job.project_id.id}/action-project.act_project_project_2_project_task_all/{job.id}"

    def test_another_time(self):
        self.start_tour("/my/jobs", "client_portal_visit_another_time", login="requester_a")
        self.job.invalidate_recordset()
        self.assertEqual((self.job.client_visit_state, self.job.client_court), ("proposed", "operator"))
        self.start_tour(self.form_of(self.job), "client_portal_staff_moves_visit", login="planner")
        self.job.invalidate_recordset()
        self.assertNotEqual(self.job.client_visit_start, self.start)
        self.assertIn("job_visit_moved", self.news())
        words = self.job.with_env(self.as_user("requester_a"))._client_visit_text()
        self.assertIn(words, self.page("requester_a", self.job._client_url()).text)

    def test_complete_with_a_record(self):
        self.stages[-1:].client_status = "completed"
        self.start_tour(self.form_of(self.job), "client_portal_staff_completes", login="planner")
        self.job.invalidate_recordset()
        self.assertEqual(self.job.client_status, "completed")
        self.start_tour("/my/jobs", "client_portal_reads_record", login="viewer_a")
        response = self.page("viewer_a", f"{self.job._client_url()}/completion")
        self.assertTrue(response.content.startswith(b"%PDF"))
