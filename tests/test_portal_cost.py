"""What a page costs: the number of queries does not depend on the amount of data, and GET pages do not write."""

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .test_portal_pages import PagesCase

MORE = 40
# pages of an administrator, who sees everything, and the most queries each may take
BUDGETS = {
    "/my": 41,
    "/my/jobs": 19,
    "/my/approvals": 19,
    "/my/projects": 18,
    "/my/quotes": 20,
    "/my/invoices": 20,
    "/my/sites": 21,
    "/my/updates": 17,
    "task_a_one": 45,
    "project_a_whole": 49,
    "order_a_sent": 50,
    "/my/calendar": 16,
    "/my/search?search=more": 60,
    "/my/agreements": 22,
    "agreement_a_one": 38,
    "invoice_a_one": 39,
    "/my/preferences": 15,
    "/my/team/activity": 21,
}


@tagged("post_install", "-at_install")
class TestPageCost(PagesCase):
    def queries(self, url):
        """Queries of one warm request."""
        for _warm in range(2):
            response = self.url_open(url)
        self.assertEqual(response.status_code, 200, url)
        before = self.cr.sql_log_count
        with self.assertNoLogs("odoo.http", "WARNING"):  # a write on the read-only cursor is retried with a warning
            self.url_open(url)
        return self.cr.sql_log_count - before

    def measure(self):
        self.env.flush_all()
        self.authenticate("administrator_a", "administrator_a")
        return {
            page: self.queries(page if page.startswith("/") else self.records[page]._client_url()) for page in BUDGETS
        }

    def grow(self):
        """Many more records of every kind, some on every page that is measured."""
        self._grow_work()
        self._grow_orders()
        self._grow_invoices()
        site = {"parent_id": self.client_a.id, "type": "delivery", "is_client_site": True}
        self.env["res.partner"].create([{**site, "name": f"More {n}"} for n in range(MORE)])

    def _grow_work(self):
        project = {"partner_id": self.client_a.id, "privacy_visibility": "portal"}
        self.env["project.project"].create([{**project, "name": f"More {n}"} for n in range(MORE)])
        job = {
            "project_id": self.project_a_whole.id,
            "partner_id": self.client_a.id,
            "client_site_id": self.site_a_one.id,
            "stage_id": self.stages[0].id,
            "client_publish": "yes",
        }
        jobs = self.env["project.task"].create(
            [{**job, "name": f"More {n}", "parent_id": self.task_a_one.id if n % 2 else False} for n in range(MORE)]
        )
        self.assertTrue(all(jobs.mapped("client_published")))
        milestone = {"project_id": self.project_a_whole.id}
        self.env["project.milestone"].create([{**milestone, "name": f"More {n}"} for n in range(MORE)])

    def _grow_orders(self):
        product = self.order_a_sent.order_line.product_id[:1]
        line = {"product_id": product.id, "price_unit": 5, "tax_ids": False}
        order = {
            "partner_id": self.client_a.id,
            "partner_shipping_id": self.site_a_one.id,
            "company_id": self.company_one.id,
        }
        orders = self.env["sale.order"].create(
            [{**order, "order_line": [Command.create({**line, "name": f"More {n}"})]} for n in range(MORE)]
        )
        orders.write({"state": "sent"})
        self.order_a_sent.state = "draft"
        self.order_a_sent.order_line = [Command.create({**line, "name": f"More {n}"}) for n in range(MORE)]
        self.order_a_sent.state = "sent"

    def _grow_invoices(self):
        journal = self.invoice_a_one.journal_id
        line = {"price_unit": 5, "tax_ids": False, "account_id": journal.default_account_id.id}
        move = {
            "move_type": "out_invoice",
            "partner_id": self.client_a.id,
            "invoice_date": fields.Date.today(),
            "journal_id": journal.id,
        }
        moves = self.env["account.move"].with_company(self.company_one)
        moves.create(
            [{**move, "invoice_line_ids": [Command.create({**line, "name": f"More {n}"})]} for n in range(MORE)]
        ).action_post()

    def test_queries_do_not_grow(self):
        self.task_a_subtask.client_publish = "yes"
        self.grow()  # a list that is not full needs no query for how long it is
        before = self.measure()
        self.grow()
        after = self.measure()
        for page, budget in BUDGETS.items():  # fewer kinds of news may take fewer queries
            with self.subTest(page=page):
                self.assertLessEqual(after[page], before[page])
                self.assertLessEqual(before[page], budget)
