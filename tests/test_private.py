"""A job one person keeps to themselves: everything about it follows, for everybody else at the client."""

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged

from .doors_common import PNG, DoorsCase

COLLEAGUES = ("viewer_a", "approver_a", "administrator_a", "site_viewer_a", "both")


@tagged("post_install", "-at_install", "client_portal")
class TestPrivate(DoorsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.task_a_only_requester

    def test_updates_are_seen_by_nobody_else(self):
        update = self.env["client.update"]._append([self.job._client_update_vals("job_completed")])
        self.env.flush_all()
        for actor in COLLEAGUES:
            self.assertFalse(self.sees(actor, update), actor)
        self.assertTrue(self.sees("requester_a", update))
        self.job.client_only_user_id = False
        self.env.flush_all()
        self.assertTrue(self.sees("viewer_a", update), "it follows the job")
        self.task_a_one.client_only_user_id = self.users["viewer_a"]
        self.env.flush_all()
        told = self.env["client.update"].search(
            [("res_model", "=", "project.task"), ("res_id", "=", self.task_a_one.id)]
        )
        self.assertEqual({actor for actor in (*COLLEAGUES, "requester_a") if self.sees(actor, told[:1])}, {"viewer_a"})

    def test_words_and_files(self):
        file = self.file(self.job)
        message = self.say(self.job, attachment_ids=[(6, 0, file.ids)])
        for actor in COLLEAGUES:
            with self.subTest(actor):
                self.assertFalse(self.reads(actor, message))
                self.assertEqual(self.get(actor, f"/web/content/{file.id}").status_code, 404)
                self.assertEqual(self.get(actor, f"/my/jobs/{self.job.id}").status_code, 404)
                answer = self.rpc(actor, "/mail/chatter_fetch", thread_model="project.task", thread_id=self.job.id)
                self.assertIn("ClientNotFound", answer["error"]["data"]["name"])
        self.assertEqual(self.get("requester_a", f"/web/content/{file.id}").content, PNG)
        self.assertTrue(self.shows(self.get("requester_a", f"/my/jobs/{self.job.id}"), self.job))

    def test_numbers_and_lists(self):
        """Tiles, lists and a project's progress do not give a private job away."""
        jobs = {actor: self.as_user(actor)["project.task"].search_count([]) for actor in (*COLLEAGUES, "requester_a")}
        self.assertEqual(jobs["requester_a"], jobs["viewer_a"] + 1)
        pages = ("/my", "/my/jobs", f"/my/projects/{self.project_a_whole.id}", "/my/updates")
        for actor, shown in (("administrator_a", False), ("requester_a", True)):
            texts = [self.get(actor, page).text for page in pages]
            self.assertEqual(any("only-requester" in text for text in texts), shown, actor)
        tile = {
            actor: self.as_user(actor)["client.workspace"]._job_numbers(Domain("client_id", "=", self.client_a.id))
            for actor in ("viewer_a", "requester_a")
        }
        active = {actor: sum(n for name, n in numbers.items() if name != "mine") for actor, numbers in tile.items()}
        self.assertEqual(active["requester_a"], active["viewer_a"] + 1)

    def test_who_can_see_it(self):
        people = self.job._client_audience()[self.job.id]
        self.assertEqual([person["user"].login for person in people], ["requester_a"])
        self.assertIn("You and", self.job.with_env(self.as_user("requester_a"))._client_readers())
        users = self.env["res.users"].union(*(self.users[name] for name in ("viewer_a", "requester_a", "approver_a")))
        counts = self.env["project.task"]._client_count_as(users, [("client_id", "=", self.client_a.id)])
        seen = {user.id: len(self.seen(user.login, "project.task")) for user in users}
        self.assertEqual(counts, seen)

    def test_mail_reaches_nobody_else(self):
        for actor in ("requester_a", "viewer_a"):
            self.job.message_subscribe(self.users[actor].partner_id.ids)
        self.env.flush_all()
        inside = self.env["client.door"]._partners_inside(self.job, self.job.message_partner_ids.ids)
        self.assertIn(self.users["requester_a"].partner_id.id, inside)
        self.assertNotIn(self.users["viewer_a"].partner_id.id, inside)

    def test_who_opened_it_is_not_for_the_clients_administrator(self):
        self.env["client.access"]._append(
            [
                {
                    "kind": "open",
                    "user_id": self.users["requester_a"].id,
                    "res_model": "project.task",
                    "res_id": self.job.id,
                }
            ]
        )
        for actor, rows in (("administrator_a", 0), ("both", 0)):
            journal = self.as_user(actor)["client.access"]
            self.assertEqual(journal._client_count(self.client_a.ids), rows, actor)

    def test_parts_of_it_are_private_too(self):
        part = self.env["project.task"].create(
            {"name": "Part", "project_id": self.job.project_id.id, "parent_id": self.job.id, "client_publish": "yes"}
        )
        self.env.flush_all()
        self.assertEqual(part.client_only_user_id, self.users["requester_a"])
        self.assertFalse(self.sees("administrator_a", part))
        self.assertTrue(self.sees("requester_a", part))
        self.job.client_only_user_id = False
        self.assertTrue(part.client_only_user_id, "opened by hand only")

    def test_it_opens_nothing_to_its_own_person_either(self):
        """Without the role, the site or the membership a private job is gone for the one it is for, too."""
        self.task_a_two.client_only_user_id = self.users["site_viewer_a"]
        self.task_a_one.client_only_user_id = self.users["billing_a"]
        self.env.flush_all()
        self.assertFalse(self.sees("site_viewer_a", self.task_a_two))
        self.assertFalse(self.sees("billing_a", self.task_a_one))
        self.members["requester_a"].action_client_suspend()
        self.env.flush_all()
        self.assertFalse(self.sees("requester_a", self.job))

    def test_members_cannot_make_a_job_private(self):
        with self.assertRaises(AccessError):
            self.task_a_one.with_env(self.as_user("administrator_a")).write({"client_only_user_id": False})
