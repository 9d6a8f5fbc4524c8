"""Who can see this? The answer is held to what each user really finds."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import MEMBERS, ClientPortalCommon
from .common_records import SCOPED


@tagged("post_install", "-at_install", "client_portal")
class TestWhoCanSee(ClientPortalCommon, HttpCase):
    def names(self, record):
        """Logins of the people the answer names."""
        return {person["user"].login for person in record._client_audience()[record.id]}

    def test_the_answer_is_what_everybody_really_sees(self):
        actors = [*MEMBERS, "both"]
        for model in SCOPED:
            records = self.env[model].browse(r.id for r in self.records.values() if r._name == model)
            audience = records._client_audience()
            seen = {actor: self.seen(actor, model) for actor in actors}
            for record in records:
                with self.subTest(record=record.display_name):
                    expected = {actor for actor in actors if record.id in seen[actor]}
                    self.assertEqual({p["user"].login for p in audience[record.id]}, expected)

    def test_reasons_in_plain_words(self):
        audience = self.task_a_one._client_audience()[self.task_a_one.id]
        people = {person["user"].login: person for person in audience}
        self.assertEqual(people["approver_a"]["reason"], "Approver, all sites")
        self.assertEqual(people["site_viewer_a"]["reason"], "Viewer, site Alder Harbour")
        self.assertEqual(people["site_viewer_a"]["short"], "Contact site_viewer_a (Viewer, Alder Harbour)")
        self.assertEqual(audience[0]["name"], "Contact site_viewer_a")

    def test_queries_do_not_grow_with_members_of_the_same_view(self):
        self.task_a_one._client_audience()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            self.task_a_one._client_audience()
        portal = [Command.set(self.env.ref("base.group_portal").ids)]
        users = self.env["res.users"].create(
            [{"login": f"extra{i}", "name": f"Extra {i}", "group_ids": portal} for i in range(20)]
        )
        self.env["client.member"].create(
            [{"user_id": user.id, "client_id": self.client_a.id, "role_id": self.roles["viewer"].id} for user in users]
        )
        self.assertEqual(len(self.names(self.task_a_one)), len(self.task_a_one._client_audience()[self.task_a_one.id]))
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            self.task_a_one._client_audience()

    def test_page_names_colleagues_to_those_who_may_see_it(self):
        self.authenticate("viewer_a", "viewer_a")
        page = self.url_open(f"/my/jobs/{self.task_a_one.id}").text
        self.assertIn("Contact site_viewer_a (Viewer, Alder Harbour)", page)
        self.assertIn("Approver, all sites", page)
        self.assertNotIn("Contact viewer_b", page)
        self.assertNotIn("Contact billing_a", page)
        self.assertNotIn("Contact revoked", page)

    def test_staff_get_it_as_a_dialog(self):
        action = self.task_a_one.with_env(self.as_user("manager")).action_client_audience()
        audience = self.env["client.audience"].browse(action["res_id"])
        self.assertEqual(len(audience.line_ids), len(self.names(self.task_a_one)))
        line = audience.line_ids.filtered(lambda one: "site_viewer_a" in one.name)
        self.assertEqual(line.reason, "Viewer, site Alder Harbour")
        with self.assertRaises(AccessError):
            self.task_a_one.with_env(self.as_user("viewer_a")).action_client_audience()
        with self.assertRaises(AccessError):
            self.order_a_sent.with_env(self.as_user("staff")).action_client_audience()

    def test_followers_without_membership_are_told_of(self):
        """Odoo's own portal shows a job to a follower of a company that is no client."""
        self.task_a_one.message_subscribe(self.no_client.ids)
        self.env.flush_all()
        expected = self.users["stock"] if self.sees("stock", self.task_a_one) else self.env["res.users"]
        self.assertEqual(self.task_a_one._client_outsiders(), expected)
