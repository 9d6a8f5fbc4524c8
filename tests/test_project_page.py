"""A project's page: what each role finds on it, with nothing, one and many of everything, at the same cost."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .test_portal_pages import PagesCase

MORE = 20
QUERIES = 54


@tagged("post_install", "-at_install", "client_portal")
class TestProjectPage(PagesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls.project_a_whole
        cls.now = fields.Datetime.now()

    def page_of(self, actor, project=None):
        self.env.flush_all()
        self.authenticate(actor, actor)
        response = self.url_open((project or self.project)._client_url())
        self.assertEqual(response.status_code, 200)
        return response.text

    def some(self, count, tag):
        """So many more jobs with visits, done jobs, milestones, updates, orders and invoices of the project."""
        job = {"project_id": self.project.id, "partner_id": self.client_a.id, "client_publish": "yes"}
        visit = {"client_visit_start": self.now + timedelta(days=2), "client_visit_end": self.now + timedelta(days=3)}
        self.env["project.task"].create([{**job, **visit, "name": f"{tag} visit {n}."} for n in range(count)])
        done = self.env["project.task"].create([{**job, "name": f"{tag} done {n}."} for n in range(count)])
        done.state = "1_done"
        self.env["project.milestone"].create(
            [{"name": f"{tag} {n}.", "project_id": self.project.id, "deadline": self.now} for n in range(count)]
        )
        update = {"project_id": self.project.id, "status": "on_track", "client_publish": "yes", "name": "SECRET"}
        self.env["project.update"].create([{**update, "client_title": f"{tag} told {n}."} for n in range(count)])
        orders = self.order(count, tag)
        orders.write({"state": "sent"})
        self.invoice(orders)
        self.env.flush_all()

    def order(self, count, tag):
        line = {"product_id": self.product.id, "price_unit": 5, "tax_ids": False}
        order = {"partner_id": self.client_a.id, "company_id": self.company_one.id, "project_id": self.project.id}
        return self.env["sale.order"].create(
            [{**order, "order_line": [Command.create({**line, "name": f"{tag} order {n}."})]} for n in range(count)]
        )

    def invoice(self, orders):
        journal = self.invoice_a_one.journal_id
        line = {"price_unit": 5, "tax_ids": False, "account_id": journal.default_account_id.id, "name": "Work"}
        move = {"move_type": "out_invoice", "partner_id": self.client_a.id, "journal_id": journal.id}
        moves = self.env["account.move"].with_company(self.company_one)
        for order in orders:
            lines = [Command.create({**line, "sale_line_ids": order.order_line.ids})]
            moves |= moves.create(
                {**move, "invoice_date": fields.Date.today(), "ref": f"for {order.id}.", "invoice_line_ids": lines}
            )
        moves.action_post()
        return moves

    def test_with_nothing_there_are_no_empty_boxes(self):
        project = self.env["project.project"].create(
            {"name": "Bare", "partner_id": self.client_a.id, "privacy_visibility": "portal"}
        )
        text = self.page_of("administrator_a", project)
        self.assertIn("No jobs to show yet.", text)
        for words in ("Timeline", "Quotes and variations", "Invoices</h2>", "Milestones", "Latest project update"):
            self.assertNotIn(words, text)

    def test_one_of_everything(self):
        self.some(1, "First")
        text = self.page_of("administrator_a")
        for words in ("First visit 0.", "First done 0.", "First 0.", "First told 0.", "First order 0.", "for "):
            self.assertIn(words, text)
        for words in ("Timeline", "Next visit", "On Track", "milestones reached", "Invoices</h2>"):
            self.assertIn(words, text)
        self.assertNotIn("SECRET", text)
        self.assertNotIn("Birch", text)

    def test_each_role_sees_the_papers_it_may(self):
        self.some(1, "First")
        quotes, invoices = "Quotes and variations", "Invoices</h2>"
        self.assertNotIn(quotes, self.page_of("viewer_a"))
        self.assertNotIn(invoices, self.page_of("viewer_a"))
        text = self.page_of("approver_a")
        self.assertIn(quotes, text)
        self.assertNotIn(invoices, text)
        text = self.page_of("viewer_a")
        self.assertNotIn("First order", text, "nor in what happened")
        self.assertIn("First visit 0.", text)

    def test_orders_of_the_project_and_no_others(self):
        own = self.order(1, "Own")
        variation = self.order(1, "Varies")
        variation.write({"project_id": False, "variation_of_id": own.id})
        by_job = self.order(1, "Job")
        by_job.project_id = False
        self.task_a_one.sale_line_id = by_job.order_line
        other = self.order(1, "Other")
        other.project_id = self.project_a_one
        draft = self.order(1, "Draft")
        (own + variation + by_job + other).write({"state": "sent"})
        shown = self._found("sale.order", "_client_quotes")
        self.assertEqual(shown, set((own + variation + by_job).ids))
        self.assertNotIn(draft.id, shown)
        billed, foreign = self.invoice(own), self.invoice(other)
        shown = self._found("account.move", "_client_invoices")
        self.assertEqual(shown & set((billed + foreign).ids), set(billed.ids))

    def _found(self, model, method):
        self.env.flush_all()
        papers = getattr(self.project.with_env(self.as_user("administrator_a")), method)()
        return {row["id"] for row in papers["rows"]}

    def test_lists_of_papers_narrow_to_the_project(self):
        self.some(15, "Many")
        text = self.page_of("administrator_a")
        for address in ("/my/quotes", "/my/invoices"):
            self.assertIn(f"{address}?project={self.project.id}", text)
            listed = self.url_open(f"{address}?project={self.project.id}").text
            self.assertIn("15 found", listed)
        foreign = self.url_open(f"/my/quotes?project={self.project_b_one.id}").text
        self.assertNotIn("Birch", foreign)

    def test_what_happened_is_of_this_project(self):
        self.some(1, "First")
        self.task_a_project_hidden.client_visit_start = self.now + timedelta(days=9)
        env = self.as_user("administrator_a")
        self.env.flush_all()
        project = self.project.with_env(env)
        rows = [row["title"] for day in project._client_feed() for row in day["rows"]]
        self.assertTrue(any("First" in title for title in rows))
        self.assertFalse([title for title in rows if self.task_a_project_hidden.client_name in title])

    def test_whom_to_ask(self):
        self.project.user_id = self.users["staff"]
        self.client_a.user_id = self.users["manager"]
        self.assertIn("Mara", self.page_of("viewer_a"))
        self.assertNotIn("Staff", self.page_of("viewer_a"))
        self.project.client_show_manager = True
        text = self.page_of("viewer_a")
        self.assertIn("Staff", text)
        self.assertNotIn("Mara", text)

    def test_queries_do_not_grow(self):
        self.some(MORE, "First")  # a list that is not full needs no query for how long it is
        self.authenticate("administrator_a", "administrator_a")

        def cost(address):
            for _warm in range(2):
                self.url_open(address)
            before = self.cr.sql_log_count
            with self.assertNoLogs("odoo.http", "WARNING"):
                self.url_open(address)
            return self.cr.sql_log_count - before

        pages = (
            self.project._client_url(),
            "/my/projects",
            "/my",
            self.env["project.update"]
            .search([("project_id", "=", self.project.id), ("client_published", "=", True)], limit=1)
            ._client_url(),
        )
        before = [cost(page) for page in pages]
        self.some(MORE, "More")
        for page, queries in zip(pages, before):  # fewer kinds of news may take fewer queries
            self.assertLessEqual(cost(page), queries, page)
        self.assertLessEqual(before[0], QUERIES)

    def test_rows_say_what_comes_next(self):
        env = self.as_user("viewer_a")

        def label():
            self.env.flush_all()
            env.invalidate_all()
            return self.project.with_env(env)._client_rows()[0]["progress"]["label"]

        self.update_a_whole.client_publish = "no"
        self.assertRegex(label(), r"^0 of \d+ jobs$")
        self.update_a_whole.client_publish = "yes"
        self.assertTrue(label().endswith(" · At Risk"))
        self.task_a_two.client_visit_start = self.now + timedelta(days=30)
        self.task_a_one.write(
            {"client_visit_start": self.now - timedelta(hours=1), "client_visit_end": self.now + timedelta(hours=1)}
        )
        self.assertIn(f"next: {self.task_a_one.client_name}, ", label())
        self.task_a_one.client_visit_end = self.now - timedelta(minutes=1)
        self.assertIn(f"next: {self.task_a_two.client_name}, ", label(), "a visit that is over does not come")
        self.task_a_unpublished.client_visit_start = self.now + timedelta(days=1)
        self.assertIn(self.task_a_two.client_name, label(), "nor does one that is hidden")
