"""Project updates: published by one button, what leaves and what stays inside, and where the project goes they go."""

from odoo import fields
from odoo.tests import Form, HttpCase, tagged

from .common import ClientPortalCommon

TITLE = "Handrails are on their way"


@tagged("post_install", "-at_install", "client_portal")
class TestProjectUpdate(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls.env["res.users"].create(
            cls._login("planner", cls.env.ref("project.group_project_user"), cls.companies, name="Planner")
        )
        cls.users["planner"] = cls.planner
        cls.draft = cls.env["project.update"].create(
            {"name": "SECRET", "project_id": cls.project_a_one.id, "status": "at_risk", "client_title": TITLE}
        )
        cls.env.flush_all()

    def news(self, record):
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.env["client.update"].search(domain)

    def test_it_leaves_by_the_button_alone(self):
        self.assertFalse(self.draft.client_published)
        self.assertFalse(self.news(self.draft))
        self.draft.with_user(self.planner).action_client_publish()
        self.env.flush_all()
        self.assertTrue(self.sees("viewer_a", self.draft))
        row = self.news(self.draft)._client_rows()[0]
        self.assertEqual((row["title"], row["tone"]), (f"Project at risk: {TITLE}", "warning"))
        self.assertEqual(row["url"], f"/my/projects/updates/{self.draft.id}")
        self.assertIn(self.project_a_one.client_name, row["detail"])
        self.draft.with_user(self.planner).action_client_unpublish()
        self.env.flush_all()
        self.assertFalse(self.sees("viewer_a", self.draft))
        self.assertFalse(self.news(self.draft).client_published, "its row in the feed goes with it")

    def test_the_form_of_staff(self):
        Update = self.env["project.update"].with_user(self.planner).with_context(active_id=self.project_a_one.id)
        with Form(Update.with_context(default_project_id=self.project_a_one.id)) as form:
            form.name = "Weekly review"
            form.client_text = "All well."
        self.assertFalse(form.record.client_published)
        form.record.action_client_publish()
        self.assertTrue(form.record.client_published)

    def test_the_next_update_starts_hidden_and_empty(self):
        self.draft.write({"client_publish": "yes", "client_text": "Words"})
        copied = self.draft.copy()
        self.assertFalse(copied.client_published)
        self.assertEqual(copied.client_publish, "auto")

    def test_it_goes_where_its_project_goes(self):
        self.draft.client_publish = "yes"
        self.env.flush_all()
        self.project_a_one.client_site_id = self.site_a_two
        self.env.flush_all()
        self.assertFalse(self.sees("site_viewer_a", self.draft))
        self.assertTrue(self.sees("viewer_a", self.draft))
        self.project_a_one.action_client_unpublish()
        self.env.flush_all()
        self.assertFalse(self.sees("viewer_a", self.draft))
        self.assertFalse(self.news(self.draft).client_published)
        self.project_a_one.action_client_publish()
        self.project_a_one.partner_id = self.client_b
        self.env.flush_all()
        self.assertFalse(self.sees("viewer_a", self.draft))
        self.assertTrue(self.sees("viewer_b", self.draft))
        self.assertEqual(self.news(self.draft).mapped("client_id"), self.client_b.ids)

    def test_its_thread_stays_inside(self):
        self.draft.client_publish = "yes"
        member = self.users["administrator_a"]
        self.draft.message_subscribe(member.partner_id.ids)
        message = self.draft.message_post(
            body="SECRET words",
            author_id=self.users["manager"].partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.env.flush_all()
        self.assertFalse(self.sees("administrator_a", message))
        self.assertNotIn(member.partner_id, message.notified_partner_ids, "no mail either")
        with self.refused():
            self.draft.with_env(self.as_user("administrator_a")).message_post(body="Hello")

    def test_latest_status_of_many_projects_in_one_query(self):
        today = fields.Date.today()
        values = {"name": "n", "client_publish": "yes", "date": today}
        self.env["project.update"].create(
            [
                {**values, "project_id": self.project_a_whole.id, "status": "on_track"},
                {**values, "project_id": self.project_a_whole.id, "status": "off_track", "date": "2020-01-01"},
                {**values, "project_id": self.project_a_whole.id, "status": "done", "client_publish": "no"},
            ]
        )
        self.env.flush_all()
        env = self.as_user("viewer_a")
        projects = env["project.project"].search([])
        projects._client_news_notes()  # rules are cached now
        with self.assertQueryCount(1):
            latest = projects._client_news_notes()
        self.assertEqual(latest[self.project_a_whole.id], "On Track", "the latest by date, and published")
        self.assertEqual(latest[self.project_a_two.id], "At Risk")
        self.assertNotIn(self.project_a_hidden.id, latest)


@tagged("post_install", "-at_install", "client_portal")
class TestProjectUpdatePage(ClientPortalCommon, HttpCase):
    def test_page(self):
        self.update_a_one.write({"client_text": "First line\nSecond <b>line</b>", "progress": 140})
        self.authenticate("viewer_a", "viewer_a")
        text = self.url_open(f"/my/projects/updates/{self.update_a_one.id}").text
        self.assertIn(self.update_a_one.client_name, text)
        self.assertIn("At Risk", text)
        self.assertIn("100 % done", text)
        self.assertIn("Second &lt;b&gt;line&lt;/b&gt;", text)
        self.assertNotIn("SECRET", text)
        self.assertIn(self.project_a_one._client_url(), text)
        for other in (self.update_a_unpublished, self.update_a_withdrawn, self.update_a_two):
            self.assertNotIn(other.client_name, text, "another project's, or not published")
