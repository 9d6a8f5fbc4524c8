"""Requests in a real browser, from the member's photo to the staff's project and back."""

from odoo.tests import tagged

from .requests_common import RequestHttpCase
from .test_request_pages import photo


@tagged("post_install", "-at_install", "client_portal")
class TestRequestTours(RequestHttpCase):
    def test_a_request_with_two_photos(self):
        self.start_tour("/my", "client_portal_request_with_photos", login="requester_a")
        task = self.env["project.task"].search([("client_request_number", "!=", False)])
        self.assertEqual((task.project_id, task.client_site_id), (self.desk, self.site_a_one))
        self.assertEqual(task.name, "Loose railing")
        files = {file.name: file.raw for file in task.message_ids.attachment_ids}
        self.assertEqual(files, {name: photo(name) for name in ("Canon_40D.jpg", "image01551.jpg")})
        self.desk.type_ids = self.stages
        self._staff_finds_it()
        self._member_answers(task)

    def _staff_finds_it(self):
        groups = self.env.ref("base.group_user") + self.env.ref("project.group_project_manager")
        self.env["res.users"].create({**self._login("planner", groups, self.companies), "name": "Paula Planner"})
        address = f"/odoo/{self.desk.id}/action-project.act_project_project_2_project_task_all"
        self.start_tour(address, "client_portal_staff_finds_request", login="planner")

    def _member_answers(self, task):
        task.invalidate_recordset()
        self.assertEqual((task.client_status, task.client_court), ("waiting", "client"))
        self.assertTrue(task.client_answered_on)
        other = self.raise_request(title="Second thoughts")
        self.start_tour("/my/requests", "client_portal_request_answered_and_cancelled", login="requester_a")
        (task + other).invalidate_recordset()
        self.assertEqual((task.client_status, task.client_court), ("requested", "operator"))
        self.assertEqual(other.state, "1_canceled")
        self.assertIn("We found the key.", str(other.message_ids.mapped("body")))
