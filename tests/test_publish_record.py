"""Showing and hiding: at once, recorded with who and when, and nothing of it told to the client."""

from datetime import datetime

from freezegun import freeze_time

from odoo.tests import Form, tagged

from .completion_common import CompletionCase


@tagged("post_install", "-at_install", "client_portal")
class TestPublishRecord(CompletionCase):
    def notes(self, record):
        """Internal notes on showing and hiding, oldest first: [(text, author)]."""
        notes = record.message_ids.sorted("id").filtered(lambda m: "the client." in (m.body or ""))
        return [(str(note.body).replace("<p>", "").replace("</p>", ""), note.author_id.name) for note in notes]

    def test_hiding_is_at_once_and_recorded(self):
        told = self.kinds(self.job)
        self.assertTrue(self.sees("viewer_a", self.job))
        with freeze_time("2026-05-05 10:00:00"):
            self.staff(self.job).action_client_unpublish()
        self.env.flush_all()
        self.assertFalse(self.sees("viewer_a", self.job))
        self.assertEqual(self.job.client_publish_uid, self.crew)
        self.assertEqual(self.job.client_publish_on, datetime(2026, 5, 5, 10))
        self.assertEqual(self.notes(self.job), [("Hidden from the client.", "Mara")])
        self.assertEqual(self.kinds(self.job), told, "the client is told nothing")
        feed = self.as_user("administrator_a")["client.update"]
        self.assertFalse(feed.search([("res_model", "=", "project.task"), ("res_id", "=", self.job.id)]))
        self.staff(self.job).action_client_publish()
        texts = [text for text, _author in self.notes(self.job)]
        self.assertEqual(texts, ["Hidden from the client.", "Shown to the client."])

    def test_members_do_not_read_the_record_of_it(self):
        self.staff(self.job).action_client_unpublish()
        self.staff(self.job).action_client_publish()
        self.env.flush_all()
        env = self.as_user("administrator_a")
        messages = env["mail.message"].search([("model", "=", "project.task"), ("res_id", "=", self.job.id)])
        self.assertFalse([m for m in messages if "client." in (m.body or "")])
        for name in ("client_publish_uid", "client_publish_on", "client_publish", "client_shown"):
            self.assertFalse(self.reads("administrator_a", self.job, [name]), name)

    def test_hidden_by_archiving_or_by_its_stage_is_recorded_too(self):
        self.staff(self.task_a_two).action_archive()
        self.assertEqual(self.notes(self.task_a_two), [("Hidden from the client.", "Mara")])
        project = self.job.sudo().project_id
        project.write({"client_publish_jobs": "stage", "client_publish_stage_id": self.stages[1].id})
        self.job.stage_id = self.stages[1]
        self.staff(self.job).stage_id = self.stages[0]
        self.assertEqual(self.notes(self.job)[-1], ("Hidden from the client.", "Mara"))

    def test_the_toggle(self):
        with Form(self.staff(self.job)) as form:
            self.assertTrue(form.client_shown)
            form.client_shown = False
        self.assertEqual((self.job.client_publish, self.job.client_published), ("no", False))
        self.staff(self.job).client_shown = True
        self.assertEqual((self.job.client_publish, self.job.client_published), ("yes", True))

    def test_many_at_once_with_an_answer(self):
        archived = self.task_a_two
        archived.active = False
        jobs = self.job + self.task_a_whole + archived
        for name, words in (
            ("task_action_publish", ("Shown to the client: 2", "archived or templates: 1")),
            ("task_action_unpublish", ("Hidden from the client: 3",)),
        ):
            action = self.env.ref(f"client_portal.{name}").with_user(self.crew)
            answer = action.with_context(active_model="project.task", active_ids=jobs.ids).run()
            for part in words:
                self.assertIn(part, answer["params"]["message"])
        self.assertEqual(jobs.mapped("client_publish_uid"), self.crew)
        actions = self.env["ir.actions.actions"].with_user(self.crew)._get_bindings("project.task")["action"]
        bound = {action["name"]: action["binding_view_types"] for action in actions if "Client" in action["name"]}
        self.assertEqual(bound["Hide from the Client"], "list,kanban,form")

    def test_staff_find_what_was_hidden_by_hand(self):
        self.staff(self.job).action_client_unpublish()
        by_hand = [("client_publish", "=", "no"), ("client_publish_uid", "=", self.crew.id)]
        self.assertEqual(self.env["project.task"].search(by_hand), self.job)

    def test_drafts_are_answered_for(self):
        answer = self.order_a_draft.action_client_publish()
        self.assertEqual(answer["params"]["type"], "warning")
