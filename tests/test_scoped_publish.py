"""``client_published``: by policy or by hand, and never what is a draft."""

from odoo.tests import tagged

from .common import ClientPortalCommon


@tagged("post_install", "-at_install", "client_portal")
class TestScopedPublish(ClientPortalCommon):
    def _shown(self, record):
        self.env.flush_all()
        record.invalidate_recordset()
        self.assertEqual(record.client_published, self.sees("administrator_a", record), "the rule reads the column")
        return record.client_published

    def _job(self, **values):
        return self.env["project.task"].create(
            {
                "name": "Job",
                "project_id": self.project_a_whole.id,
                "partner_id": self.client_a.id,
                "stage_id": self.stages[0].id,
                **values,
            }
        )

    def test_project_follows_its_visibility(self):
        for visibility, shown in (
            ("portal", True),
            ("followers", False),
            ("invited_users", True),
            ("employees", False),
        ):
            self.project_a_one.privacy_visibility = visibility
            self.assertEqual(self._shown(self.project_a_one), shown, visibility)

    def test_hand_beats_policy(self):
        for record, hidden in ((self.project_a_one, self.project_a_hidden), (self.task_a_one, self.task_a_subtask)):
            record.action_client_unpublish()
            hidden.action_client_publish()
            self.assertFalse(self._shown(record))
            self.assertTrue(self._shown(hidden))
            (record + hidden).write({"client_publish": "auto"})
            self.assertTrue(self._shown(record))
            self.assertFalse(self._shown(hidden))

    def test_publishing_many_at_once(self):
        jobs = self._job() + self._job() + self.task_a_one
        jobs.action_client_unpublish()
        self.assertEqual([self._shown(job) for job in jobs], [False] * 3)
        jobs.action_client_publish()
        self.assertEqual([self._shown(job) for job in jobs], [True] * 3)

    def test_jobs_of_a_project(self):
        job = self._job()
        for policy, shown in (("auto", True), ("manual", False), ("auto", True)):
            self.project_a_whole.client_publish_jobs = policy
            self.assertEqual(self._shown(job), shown, policy)

    def test_jobs_from_a_stage_on(self):
        self.project_a_whole.write({"client_publish_jobs": "stage", "client_publish_stage_id": self.stages[1].id})
        job = self._job()
        self.assertFalse(self._shown(job))
        job.stage_id = self.stages[1]
        self.assertTrue(self._shown(job))
        job.stage_id = self.stages[0]
        self.assertFalse(self._shown(job))
        self.project_a_whole.client_publish_stage_id = self.stages[0]
        self.assertTrue(self._shown(job))

    def test_new_project_takes_its_policy_from_what_staff_said(self):
        for visibility, policy in (("portal", "auto"), ("followers", "manual"), ("employees", "manual")):
            project = self.env["project.project"].create({"name": "P", "privacy_visibility": visibility})
            self.assertEqual(project.client_publish_jobs, policy, visibility)

    def test_subtasks_by_hand_only(self):
        job = self._job()
        child = self._job(parent_id=job.id)
        self.assertFalse(self._shown(child))
        child.parent_id = False
        self.assertTrue(self._shown(child))
        job.parent_id = self.task_a_one
        self.assertFalse(self._shown(job), "a job that becomes a sub-task is a sub-task")

    def test_job_without_project_is_nobodys(self):
        self.task_private.partner_id = self.client_a
        self.task_private.client_publish = "yes"
        self.assertFalse(self._shown(self.task_private))

    def test_quotes(self):
        quote = self.order_a_draft
        self.assertFalse(self._shown(quote))
        for state, shown in (
            ("sent", True),
            ("cancel", True),
            ("draft", False),
            ("cancel", False),
            ("draft", False),
            ("sent", True),
            ("sale", True),
            ("cancel", True),
        ):
            quote.state = state
            self.assertEqual(self._shown(quote), shown, f"after {state}")

    def test_never_sent_quotes_cannot_be_published_by_hand(self):
        for order in (self.order_a_draft, self.order_a_draft_then_cancelled):
            order.action_client_publish()
            self.assertFalse(self._shown(order))

    def test_hiding_a_cancelled_quote_can_be_undone(self):
        self.order_a_sent_then_cancelled.action_client_unpublish()
        self.assertFalse(self._shown(self.order_a_sent_then_cancelled))
        self.order_a_sent_then_cancelled.action_client_publish()
        self.assertTrue(self._shown(self.order_a_sent_then_cancelled))

    def test_invoices(self):
        invoice = self.invoice_a_draft
        self.assertFalse(self._shown(invoice))
        invoice.action_client_publish()
        self.assertFalse(self._shown(invoice), "a draft never leaves")
        invoice.action_post()
        self.assertTrue(self._shown(invoice))
        invoice.button_draft()
        self.assertFalse(self._shown(invoice))
        invoice.button_cancel()
        self.assertFalse(self._shown(invoice))

    def test_vendor_bills_never_leave(self):
        self.bill_a.action_client_publish()
        self.assertFalse(self._shown(self.bill_a))

    def test_archived_records_never_leave(self):
        for record in (self.project_a_one, self.task_a_one):
            record.action_client_publish()
            record.action_archive()
            self.env.flush_all()
            self.assertFalse(record.client_published)
            self.assertFalse(self.reads("administrator_a", record))
            record.action_unarchive()
            self.assertTrue(self._shown(record))

    def test_templates_never_leave(self):
        self.project_a_one.action_client_publish()
        self.project_a_one.is_template = True
        self.assertFalse(self._shown(self.project_a_one))

    def test_copies_start_with_the_policy(self):
        self.task_a_unpublished.client_publish = "yes"
        self.assertEqual(self.task_a_unpublished.copy().client_publish, "auto")
        self.assertFalse(self._shown(self.order_a_sent.copy()), "a copied quote is a draft again")
