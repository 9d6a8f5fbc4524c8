"""What the line of a finished job says of its photos: as many as its reader sees now."""

from odoo.tests import tagged

from odoo.addons.client_portal.tests.common import ClientPortalCommon

from .photo_common import HARBOUR, PhotoMixin, picture


@tagged("post_install", "-at_install", "client_portal")
class TestPhotoLines(PhotoMixin, ClientPortalCommon):
    def setUp(self):
        super().setUp()
        self.make_place()
        self.set = self.make_set()

    def beside(self, actor):
        """What stands below the line of the finished job, as somebody reads it."""
        updates = self.as_user(actor)["client.update"].search([("kind", "=", "job_completed")])
        return [row["detail"] for row in updates._client_rows() if "/jobs/" in row["url"]]

    def test_a_finished_job_tells_of_the_photos_its_reader_sees(self):
        first = self.add(self.set, picture(at=HARBOUR))
        self.task_a_one.state = "1_done"
        site = self.site_a_one.name
        self.assertEqual(self.beside("viewer_a"), [site], "nothing is shared yet")
        self.set.action_client_publish()
        self.assertEqual(self.beside("viewer_a"), [f"1 geo-tagged photo · {site}"])
        self.add(self.set, picture(at=None))
        self.set.action_client_publish()
        said = f"2 photos, 1 of them geo-tagged · {site}"
        self.assertEqual(self.beside("viewer_a"), [said])
        self.assertEqual(self.beside("site_viewer_a"), [said])
        self.roles["viewer"].can_see_documents = False
        self.assertEqual(self.beside("viewer_a"), [site], "who sees no documents hears of none")
        self.roles["viewer"].can_see_documents = True
        first.state = "withdrawn"
        self.assertEqual(self.beside("viewer_a"), [f"1 photo · {site}"])
        self.set.client_publish = "no"
        self.assertEqual(self.beside("viewer_a"), [site])

    def test_photos_of_many_jobs_are_counted_in_one_query(self):
        self.add(self.set, picture(at=HARBOUR))
        self.set.action_client_publish()
        jobs = self.task_a_one + self.task_a_two
        jobs.state = "1_done"
        self.env.flush_all()
        documents = self.as_user("viewer_a")["client.document"]
        documents._client_photo_numbers("project.task", jobs.ids)
        with self.assertQueryCount(1):
            numbers = documents._client_photo_numbers("project.task", jobs.ids)
        self.assertEqual(numbers, {self.task_a_one.id: (1, 1)})
