"""Projects as ordinary project staff make them."""

from odoo.tests import tagged

from .staff_common import StaffCase


@tagged("post_install", "-at_install", "client_portal")
class TestStaffProject(StaffCase):
    def test_staff_without_project_stages_create_projects(self):
        """Stages of projects are off by default, and then nobody may read them."""
        planner = self.staff_user("planner", "project.group_project_manager")
        self.assertFalse(planner.has_group("project.group_project_stages"))
        for visibility, jobs in (("portal", "auto"), ("followers", "manual")):
            project = (
                self.env["project.project"]
                .with_user(planner)
                .create({"name": "Grounds", "partner_id": self.client.id, "privacy_visibility": visibility})
            )
            self.assertEqual(project.client_publish_jobs, jobs)
