"""Completion records and certificates of decisions file themselves: once, versioned, for whom they are."""

import base64
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.client_portal.tests.approval_common import LedgerCase
from odoo.addons.client_portal.tests.common import ClientPortalCommon

from ..models.client_document_filing import COMPLETION, DECISION, SINCE


def run(env):
    """The scheduled action, as it runs after the transaction that queued it."""
    env.flush_all()
    with patch.object(type(env["ir.cron"]), "_commit_progress", return_value=60.0):
        env["client.document"]._cron_file()
    env.flush_all()
    env.invalidate_all()


def start(env):
    """From now on papers are filed."""
    moment = fields.Datetime.to_string(fields.Datetime.now() - timedelta(minutes=1))
    env["ir.config_parameter"].set_param(SINCE, moment)


@tagged("post_install", "-at_install", "client_portal")
class TestCompletion(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        start(cls.env)
        cls.job = cls.task_a_one

    def complete(self, note="Hung the gate."):
        return self.job._client_complete({"client_done_note": note})

    def filed(self, job=None):
        mine = [("source_model", "=", COMPLETION), ("source_id", "=", (job or self.job).id)]
        return self.env["client.document"].search(mine)

    def test_filed_once_and_versioned(self):
        triggers = self.env["ir.cron.trigger"].search_count([])
        record = self.complete()
        self.assertGreater(self.env["ir.cron.trigger"].search_count([]), triggers, "nothing is queued")
        self.assertFalse(self.filed(), "filed within the act")
        run(self.env)
        document = self.filed()
        self.assertEqual(len(document), 1)
        self.assertEqual(document.record_ref, self.job)
        self.assertEqual(document.current_id.sha256, record.sha256)
        self.assertEqual(document.current_id.attachment_id.raw, base64.b64decode(record.pdf))
        self.assertTrue(self.sees("site_viewer_a", document))
        self.assertFalse(self.sees("viewer_b", document))
        run(self.env)
        self.assertEqual(document.version_count, 1)
        second = self.complete("Hung the gate, and oiled it.")
        run(self.env)
        self.assertEqual(self.filed(), document)
        self.assertEqual(document.version_count, 2)
        self.assertEqual(document.current_id.sha256, second.sha256)

    def test_the_client_is_told_once(self):
        self.complete()
        run(self.env)
        told = self.env["client.update"].search([("res_model", "=", "client.document")])
        self.assertNotIn(self.filed().id, told.mapped("res_id"), "that the job is completed was told already")

    def test_what_staff_withdrew_stays_withdrawn(self):
        self.complete()
        run(self.env)
        self.filed().action_client_unpublish()
        self.complete("Again.")
        run(self.env)
        self.assertEqual(self.filed().state, "withdrawn")
        self.assertEqual(self.filed().version_count, 2)

    def test_history_is_not_filed(self):
        past = fields.Datetime.now() - timedelta(days=3)
        self.job.with_context(client_update_date=past)._client_complete({"client_done_note": "Long ago."})
        run(self.env)
        self.assertFalse(self.filed())

    def test_one_that_fails_comes_again_and_keeps_no_other_up(self):
        other = self.task_a_two
        self.complete()
        other._client_complete({"client_done_note": "Swept."})
        real = type(self.env["client.completion"])._file

        def fails(paper):
            if paper.task_id == self.job.id:
                raise ValueError("no")
            return real(paper)

        with patch.object(type(self.env["client.completion"]), "_file", fails), mute_logger(
            "odoo.addons.client_portal_docs.models.client_document_filing"
        ):
            run(self.env)
        self.assertFalse(self.filed())
        self.assertTrue(self.filed(other))
        run(self.env)
        self.assertTrue(self.filed())
        self.assertEqual(self.filed(other).version_count, 1)


@tagged("post_install", "-at_install", "client_portal")
class TestDecision(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        start(cls.env)

    def test_certificates_are_for_those_who_may_decide(self):
        rows = self.fill()
        self.assertFalse(self.env["client.document"].search([("source_model", "=", DECISION)]), "within the answer")
        run(self.env)
        found = self.env["client.document"].search([("source_model", "=", DECISION)])
        self.assertEqual(len(found), len(self.env["client.decision"].search([("id", "in", found.mapped("source_id"))])))
        document = found.filtered(lambda one: one.source_id == rows[0].id)
        self.assertEqual(document.current_id.mimetype, "application/pdf")
        for actor, seen in (
            ("approver_a", True),
            ("administrator_a", True),
            ("billing_a", False),
            ("viewer_a", False),
            ("approver_b", False),
        ):
            with self.subTest(actor=actor):
                self.assertEqual(self.sees(actor, document), seen)
        self.roles["approver"].can_approve = False
        self.env.flush_all()
        self.assertFalse(self.sees("approver_a", document))
        run(self.env)
        self.assertEqual(document.version_count, 1)
