"""A finished job that waits for its client's sign-off: who is asked, who answers, what follows."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .completion_common import NOTE, CompletionCase


@tagged("post_install", "-at_install", "client_portal")
class TestSignOff(CompletionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job.sudo().project_id.client_sign_off = True
        cls.member = cls.members["approver_a"]

    def stands(self, job):
        """What is stored of where a job stands."""
        self.env.flush_all()
        job.invalidate_recordset()
        return (job.state, job.client_status, job.client_court, job.client_sign_off_state)

    def test_who_is_asked(self):
        """The project says; the job says otherwise; a job nobody sees asks nobody."""
        project = self.job.sudo().project_id
        cases = [(True, False, True), (True, "no", False), (False, "yes", True), (False, False, False)]
        for by_project, by_job, asked in cases:
            project.client_sign_off, self.job.client_sign_off = by_project, by_job
            self.staff(self.job).write({"state": "1_done"})
            expected = ("1_done", "waiting", "client", "asked") if asked else ("1_done", "completed", False, False)
            with self.subTest(project=by_project, job=by_job):
                self.assertEqual(self.stands(self.job), expected)
            self.job.state = "01_in_progress"
        project.client_sign_off = True
        self.wizard(self.task_a_unpublished, note=NOTE)
        self.assertEqual(self.stands(self.task_a_unpublished), ("1_done", "completed", False, False))

    def test_asked_and_signed(self):
        self.staff(self.job).write({"state": "1_done"})
        self.assertEqual(self.versions(self.job).mapped("version"), [1])
        self.job._client_signed_off(self.member)
        self.assertEqual(self.stands(self.job), ("1_done", "completed", False, "signed"))
        self.assertEqual(self.job.client_signed_by, "Contact approver_a")
        self.assertEqual(self.kinds(self.job)[-2:], ["job_sign_off", "job_signed_off"])
        titles = self.env["client.update"].search([("res_id", "=", self.job.id), ("kind", "=", "job_signed_off")])
        self.assertIn("signed off by Contact approver_a", titles._client_rows()[0]["title"])
        note = self.job.message_ids[0]
        self.assertEqual((note.author_id, note.subtype_id), (self.member.partner_id, self.env.ref("mail.mt_note")))

    def test_refusing_reopens_with_a_reason_and_somebody_to_see_to_it(self):
        self.stages[1].client_status = "completed"
        for way in ({"state": "1_done"}, {"state": "1_done", "stage_id": self.stages[1].id}):
            self.staff(self.job).write(way)
            self.assertEqual(self.stands(self.job)[1:], ("waiting", "client", "asked"))
            with self.assertRaises(UserError):
                self.job._client_sign_off_refused(self.member, " ")
            self.job._client_sign_off_refused(self.member, "The <b>gate</b> is still broken")
            state = ("02_changes_requested", "in_progress", False, "refused")
            self.assertEqual(self.stands(self.job), state, "also in a stage that shows as completed")
            activity = self.job.activity_ids.sorted("id")[-1:]
            self.assertEqual(activity.user_id, self.crew)
            self.assertIn("&lt;b&gt;gate", activity.note)
            self.assertIn("gate", self.job.message_ids[0].body)
            self.assertEqual(self.kinds(self.job)[-1], "job_reopened")
            self.assertIsNone(self.job.with_env(self.as_user("viewer_a"))._client_done())
        self.staff(self.job).write({"state": "1_done"})
        self.assertEqual(self.stands(self.job)[1:], ("waiting", "client", "asked"))
        self.assertEqual(self.versions(self.job).mapped("version"), [3, 2, 1])

    def test_an_answer_to_what_is_not_asked_is_refused(self):
        for job in (self.job, self.task_a_two):
            with self.assertRaises(UserError):
                job._client_signed_off(self.member)
            with self.assertRaises(UserError):
                job._client_sign_off_refused(self.member, "No")
        self.job.state = "1_done"
        self.job._client_signed_off(self.member)
        with self.assertRaises(UserError):
            self.job._client_signed_off(self.member)

    def test_reopening_forgets_what_was_asked(self):
        """A stage without a mapping shows the last known status, and that is not the client's turn."""
        self.job.state = "1_done"
        self.staff(self.job).write({"state": "01_in_progress"})
        self.assertEqual(self.stands(self.job), ("01_in_progress", "in_progress", False, False))
        self.job.state = "1_done"
        self.stages[1].client_status = "waiting"
        self.staff(self.job).write({"state": "01_in_progress", "stage_id": self.stages[1].id})
        self.assertEqual(self.stands(self.job)[1:], ("waiting", "client", False))
        self.job.write({"state": "1_done", "stage_id": self.stages[0].id})
        self.staff(self.job).write({"state": "1_canceled"})
        self.assertEqual(self.stands(self.job), ("1_canceled", "cancelled", False, False))

    def test_a_turn_of_the_client_for_another_reason_is_left_alone(self):
        self.stages[0].client_status = "waiting"
        self.assertEqual(self.stands(self.job)[1:], ("waiting", "client", False))
        self.stages[0].client_status = False
        self.job.client_title = "Still waiting"
        self.assertEqual(self.stands(self.job)[1:], ("waiting", "client", False))

    def test_staff_record_an_answer_or_ask_no_more(self):
        self.job.state = "1_done"
        with Form(self.staff(self.env["client.sign.off.wizard"]).with_context(default_task_id=self.job.id)) as form:
            form.name = "Pat Gardener"
            form.note = "on paper"
        form.record.action_record()
        self.assertEqual(self.stands(self.job)[3], "signed")
        self.assertEqual(self.job.client_signed_by, "Pat Gardener")
        self.assertIn("on paper", self.job.message_ids[0].body)
        self.task_a_two.state = "1_done"
        self.staff(self.task_a_two).action_client_waive_sign_off()
        self.assertEqual(self.stands(self.task_a_two), ("1_done", "completed", False, "waived"))
        self.assertEqual(self.kinds(self.task_a_two)[-1], "job_completed")
        self.staff(self.task_a_two).action_client_ask_sign_off()
        self.assertEqual(self.stands(self.task_a_two)[1:], ("waiting", "client", "asked"))

    def test_completing_again_asks_again(self):
        self.wizard(self.job, note="First")
        self.job._client_signed_off(self.member)
        self.wizard(self.job, note="Second")
        self.assertEqual(self.stands(self.job), ("1_done", "waiting", "client", "asked"))
        self.assertFalse(self.job.client_signed_by)
        self.assertEqual(self.kinds(self.job)[-2:], ["job_record_updated", "job_sign_off"])

    def test_the_wizards_switch_is_for_this_job(self):
        self.wizard(self.job, note=NOTE, sign_off=False)
        self.assertEqual(self.stands(self.job)[1], "completed")
        self.assertEqual(self.job.client_sign_off, "no")

    def test_members_do_not_answer_by_rpc(self):
        self.job.state = "1_done"
        job = self.job.with_env(self.as_user("administrator_a"))
        for act in (job.action_client_waive_sign_off, job.action_client_ask_sign_off, job.action_client_complete):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(AccessError):
            job.env["client.sign.off.wizard"].create({"task_id": job.id, "name": "me"})
        self.assertEqual(self.stands(self.job)[3], "asked")

    def test_the_page_asks_and_has_no_dead_buttons(self):
        self.job.state = "1_done"
        self.env.flush_all()
        facts = {actor: self.job.with_env(self.as_user(actor))._client_facts() for actor in ("approver_a", "viewer_a")}
        for actor, values in facts.items():
            asks = {ask["template"]: ask for ask in values["asks"]}
            self.assertEqual(asks["client_portal.ask_approval"]["can"], actor == "approver_a")
            self.assertFalse(values["waits"], "one card is enough")
            now = next(step for step in values["track"] if step["state"] == "now")
            self.assertEqual((now["label"], now["note"]), ("Your sign-off", "since today"))
        self.job._client_signed_off(self.member)
        self.env.flush_all()
        values = self.job.with_env(self.as_user("viewer_a"))._client_facts()
        self.assertEqual([step["state"] for step in values["track"]], ["done"] * 5)
        self.assertEqual(values["track"][3]["label"], "Your sign-off")
        self.assertEqual(values["done"]["signed"], "Contact approver_a, Today")
        self.assertFalse(values["asks"])
