"""The visit of a job: what staff tell and ask, what the client answers, whose turn it is."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .visit_common import VisitCase


@tagged("post_install", "-at_install", "client_portal")
class TestVisitState(VisitCase):
    """The state follows what staff enter."""

    def test_state_follows_the_window(self):
        job, ask = self.job, {"client_visit_confirm": True}
        story = [
            (self.window, "told", []),
            (ask, "asked", ["job_visit_asked"]),
            (ask, "asked", []),
            (self.moved(1), "asked", ["job_visit_moved"]),
            ({"client_visit_end": self.start + timedelta(days=1, hours=9)}, "asked", ["job_visit_moved"]),
            ({"client_visit_confirm": False}, "told", []),
            ({"client_visit_start": False, "client_visit_end": False}, False, ["job_visit_off"]),
            (self.window, "told", ["job_visit_set"]),
        ]
        for vals, state, news in story:
            with self.subTest(vals=vals):
                self.told = self.updates()
                job.write(vals)
                self.assertEqual((job.client_visit_state, self.news()), (state, news))

    def test_a_moved_visit_was_confirmed_by_nobody(self):
        self.job.client_visit_confirm = True
        self.confirm("approver_a")
        self.assertEqual(self.job.client_visit_state, "confirmed")
        self.assertEqual(self.job.client_visit_answered_by, self.users["approver_a"].partner_id)
        before = self.job.client_visit_sequence
        self.job.write({**self.window, "client_title": "Same time"})
        self.assertEqual(self.job.client_visit_state, "confirmed", "the same window is no move")
        self.job.write(self.moved())
        self.assertEqual(self.job.client_visit_state, "asked")
        self.assertFalse(self.job.client_visit_answered_by or self.job.client_visit_answered_on)
        self.assertGreater(self.job.client_visit_sequence, before)

    def test_projects_may_always_ask(self):
        project = self.project_a_whole
        project.client_visit_confirm = True
        vals = {"name": "Alder new.", "project_id": project.id, "client_site_id": self.site_a_one.id}
        made, planned = self.env["project.task"].create([{**vals, **self.window}, vals])
        planned.write(self.window)
        for job in made + planned:
            self.assertEqual((job.client_visit_state, job.client_court), ("asked", "client"))
        planned.client_visit_confirm = False
        planned.write(self.moved())
        self.assertEqual(planned.client_visit_state, "told", "whoever decided for this job is not overruled")

    def test_several_jobs_at_once(self):
        jobs = self.task_a_one + self.task_a_two
        self.task_a_one.client_visit_confirm = True
        jobs.write(self.moved(2))
        self.assertEqual(jobs.mapped("client_visit_state"), ["asked", "told"])
        self.assertEqual(self.updates(self.task_a_two), ["job_visit_set"])

    def test_whose_turn(self):
        job = self.job
        for status, state, court in (
            ("scheduled", "told", False),
            ("scheduled", "asked", "client"),
            ("scheduled", "proposed", "operator"),
            ("requested", "asked", "client"),
            ("in_progress", "asked", "client"),
            ("waiting", "proposed", "client"),
            ("waiting", "asked", "client"),
            ("requested", "told", "operator"),
            ("completed", "asked", False),
            ("cancelled", "proposed", False),
        ):
            with self.subTest(status=status, state=state):
                self.stages.client_status = status
                job.client_visit_state = state
                self.env.flush_all()
                self.assertEqual(job.client_court, court)

    def test_a_copy_has_no_visit(self):
        self.job.client_visit_confirm = True
        copy = self.job.copy()
        self.assertFalse(copy.client_visit_start or copy.client_visit_state or copy.client_visit_confirm)

    def test_time_ends_questions(self):
        self.job.client_visit_confirm = True
        self.propose("approver_a", self.row(self.start + timedelta(days=1)), job=self.task_a_two)
        self.env["project.task"]._client_visit_lapse()
        self.assertEqual(self.job.client_visit_state, "asked")
        self.assertEqual(self.task_a_two.client_visit_state, "proposed")
        with self.at(self.start + timedelta(minutes=1)):
            self.stages.client_status = "completed"
            self.env["project.task"]._client_visit_lapse()
        self.assertEqual(self.job.client_visit_state, "told")
        self.assertEqual(self.proposals(self.task_a_two).state, "lapsed")
        self.assertFalse(self.task_a_two.activity_ids)


@tagged("post_install", "-at_install", "client_portal")
class TestVisitStaff(VisitCase):
    """What staff see and do on the task."""

    def setUp(self):
        super().setUp()
        self.propose(
            "approver_a",
            self.row(self.start + timedelta(days=1)),
            self.row(self.start + timedelta(days=2)),
            comment="The gate is locked.\nSorry!",
        )
        self.told = self.updates()
        self.staff_job = self.job.with_user(self.users["manager"])
        self.users["manager"].group_ids |= self.env.ref("project.group_project_user")

    def test_the_wish_is_where_staff_work(self):
        job = self.staff_job.with_context(tz="UTC")
        self.assertEqual(job.client_visit_wish, "Contact approver_a\nThe gate is locked.\nSorry!")
        self.assertTrue(job.client_visit_option_1 and job.client_visit_option_2)
        self.assertFalse(job.client_visit_option_3)
        note = self.job.message_ids.sorted("id")[-1]
        self.assertIn("The gate is locked.", note.body)
        self.assertEqual(note.author_id, self.users["approver_a"].partner_id)
        self.assertFalse(self.as_user("approver_a")["mail.message"].search([("id", "=", note.id)]), "a note for staff")
        activity = self.job.activity_ids
        self.assertEqual(activity.user_id, self.users["manager"])
        self.assertIn("The gate is locked.", activity.note)
        with Form(self.staff_job) as form:
            self.assertEqual(form.client_visit_state, "proposed")

    def test_accepting_one_of_the_times(self):
        self.staff_job.with_context(client_visit_option=2).action_client_visit_accept()
        job = self.job
        self.assertEqual(job.client_visit_start, self.start + timedelta(days=2))
        self.assertEqual(job.client_visit_state, "confirmed")
        self.assertEqual(job.client_visit_answered_by, self.users["approver_a"].partner_id)
        self.assertEqual(self.proposals().state, "accepted")
        self.assertFalse(job.activity_ids)
        self.assertFalse(job.client_court)
        self.assertEqual(self.news(), ["job_visit_moved"])
        text = self.page("viewer_a", "/my/updates").text
        self.assertIn("you asked for another time", text)
        self.assertNotIn("Mara", text, "of staff no name is told")

    def test_only_what_is_there_is_accepted(self):
        for option in (0, 3, -1):
            with self.assertRaises(UserError):
                self.staff_job.with_context(client_visit_option=option).action_client_visit_accept()
        with self.at(self.start + timedelta(days=3)), self.assertRaisesRegex(UserError, "has passed"):
            self.staff_job.action_client_visit_accept()
        self.withdraw("approver_a")
        with self.assertRaisesRegex(UserError, "not asking"):
            self.staff_job.action_client_visit_accept()

    def test_another_window_by_hand_answers_too(self):
        self.job.client_visit_confirm = True
        self.job.write(self.moved(4))
        self.assertEqual((self.job.client_visit_state, self.proposals().state), ("asked", "moved"))
        self.assertFalse(self.job.activity_ids)

    def test_keeping_the_time(self):
        wizard = Form.from_action(self.staff_job.env, self.staff_job.action_client_visit_keep())
        wizard.reply = "The crane comes only on that day. <b>"
        wizard.save().action_keep()
        self.assertEqual((self.job.client_visit_state, self.proposals().state), ("told", "kept"))
        self.assertEqual(self.job.client_visit_start, self.start)
        self.assertFalse(self.job.activity_ids)
        self.assertEqual(self.news(), ["job_visit_kept"])
        text = self.page("approver_a", self.job._client_url()).text
        self.assertIn("The crane comes only on that day. &lt;b&gt;", text)

    def test_asking_needs_a_visit(self):
        self.staff_job.action_client_visit_ask()
        with self.assertRaises(UserError):
            self.task_a_two.action_client_visit_ask()

    def test_without_rights_on_the_task_nothing_is_answered(self):
        job = self.job.with_user(self.users["staff"])
        for act in (
            job.action_client_visit_accept,
            job.action_client_visit_ask,
            lambda: job._client_visit_keep("no"),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertEqual(self.job.client_visit_state, "proposed")

    def test_somebody_always_answers(self):
        """Without an assignee, a project manager, an account manager and a contact a manager of clients is asked."""
        job = self.task_a_two
        job.user_ids = False
        job.project_id.user_id = self.client_a.user_id = False
        self.company_one.client_contact_user_id = False
        self.propose("approver_a", self.row(self.start), job=job)
        self.assertTrue(job.activity_ids.user_id._is_internal())

    def test_rows_are_closed(self):
        """Nobody reads proposals by RPC, members nothing at all about them."""
        for actor in ("approver_a", "manager", "staff"):
            with self.refused(actor):
                self.as_user(actor)["client.visit.proposal"].search_count([])
        for name in ("client_visit_wish", "client_visit_option_1", "client_visit_answered_by", "client_visit_sequence"):
            self.assertFalse(self.reads("approver_a", self.job, [name]), name)
        self.assertTrue(self.reads("approver_a", self.job, ["client_visit_state"]))
