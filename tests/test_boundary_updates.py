"""``client.update``: written once, seen by whoever may see its record now, and by the capability it names."""

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ClientPortalCommon

CONTENT = {
    "date": "2001-01-01 00:00:00",
    "kind": "forged",
    "values": {"name": "forged"},
    "res_model": "sale.order",
    "res_id": 1,
    "capability": "see_invoices",
    "actor_partner_id": 1,
}


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryUpdates(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.update = cls._say(cls.task_a_one)

    @classmethod
    def _say(cls, record, kind="job_completed"):
        update = cls.env["client.update"]._append([record._client_update_vals(kind)])
        cls.env.flush_all()
        return update

    def test_content_is_never_rewritten(self):
        for column, value in CONTENT.items():
            with self.subTest(door="orm", column=column), self.assertRaises(UserError):
                self.update.sudo().write({column: value})
            value = '{"name": "forged"}' if column == "values" else value
            with (
                self.subTest(door="sql", column=column),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.Error),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(f'UPDATE client_update SET "{column}" = %s WHERE id = %s', (value, self.update.id))

    def test_rows_are_never_deleted(self):
        with self.assertRaises(UserError):
            self.update.sudo().unlink()
        for statement in (
            "DELETE FROM client_update WHERE id = %s",
            "DELETE FROM client_update WHERE id >= %s",
            "TRUNCATE client_update -- %s",
        ):
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.Error),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(statement, (self.update.id,))

    def test_nobody_but_the_suite_writes_updates(self):
        values = self.task_a_one._client_update_vals("job_completed")
        for actor in ("administrator_a", "manager", "staff", "stock"):
            with self.subTest(actor=actor), self.refused():
                self.as_user(actor)["client.update"].create({**values, "date": "2001-01-01 00:00:00"})

    def test_seen_by_whom_the_record_is_seen(self):
        order, invoice = self._say(self.order_a_sent, "quote_sent"), self._say(self.invoice_a_one, "invoice_posted")
        expected = {
            self.update: {"viewer_a", "requester_a", "approver_a", "administrator_a", "site_viewer_a", "both"},
            order: {"approver_a", "billing_a", "administrator_a", "both"},
            invoice: {"billing_a", "administrator_a", "both"},
        }
        actors = (
            "viewer_a",
            "requester_a",
            "approver_a",
            "billing_a",
            "administrator_a",
            "site_viewer_a",
            "both",
            "administrator_b",
            "site_viewer_b",
            "revoked",
            "suspended",
            "colleague",
            "stock",
            "public",
        )
        for update, allowed in expected.items():
            self.assertEqual({actor for actor in actors if self.sees(actor, update)}, allowed, update.res_model)

    def test_scope_follows_the_record(self):
        self.task_a_one.client_site_id = self.site_a_two
        self.env.flush_all()
        self.assertFalse(self.sees("site_viewer_a", self.update), "moved to another site")
        self.assertTrue(self.sees("viewer_a", self.update))
        self.task_a_one.action_client_unpublish()
        self.env.flush_all()
        self.assertFalse(self.sees("viewer_a", self.update), "unpublished")
        self.task_a_one.action_client_publish()
        self.env.flush_all()
        self.assertTrue(self.sees("viewer_a", self.update), "published again")

    def test_scope_follows_to_another_client_and_company(self):
        self.order_a_sent.partner_id = self.client_b
        update = self.env["client.update"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", self.order_a_sent.id)], limit=1
        ) or self._say(self.order_a_sent)
        self.env.flush_all()
        self.assertFalse(self.sees("administrator_a", update))
        self.assertTrue(self.sees("administrator_b", update))

    def test_updates_of_a_deleted_record_are_gone_for_members(self):
        update = self._say(self.task_a_whole)
        self.assertTrue(self.sees("viewer_a", update))
        self.task_a_whole.unlink()
        self.env.flush_all()
        self.assertFalse(self.sees("viewer_a", update))
        self.assertTrue(update.exists(), "the row itself stays")

    def test_updates_follow_a_merge_of_clients(self):
        self.env["base.partner.merge.automatic.wizard"]._merge((self.client_a + self.client_b).ids, self.client_b)
        self.env.invalidate_all()
        self.assertEqual(self.update.client_id, self.client_b.id)

    def test_acts_leave_one_update_each(self):
        """Publishing, finishing, sending, confirming and posting are told once, in client-safe words."""

        def told(record):
            domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
            return self.env["client.update"].search(domain, order="id").mapped("kind")

        job = self.task_a_unpublished
        job.action_client_publish()
        job.write({"state": "1_done"})
        job.write({"name": "still one line"})
        self.assertEqual(told(job), ["job_published", "job_completed"])
        quote = self.order_a_draft
        quote.action_quotation_sent()
        quote.write({"state": "sale"})
        self.assertEqual(told(quote), ["quote_sent", "quote_approved"])
        self.invoice_a_draft.action_post()
        self.assertEqual(told(self.invoice_a_draft), ["invoice_posted"])
        values = str(self.env["client.update"].search([("res_id", "in", (job.id, quote.id))]).mapped("values"))
        self.assertNotIn("SECRET", values)
