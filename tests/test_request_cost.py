"""What the pages of requests cost, and the list at every size that matters."""

from odoo.tests import tagged
from odoo.tools import SQL

from .requests_common import RequestHttpCase

STEP = 80
# page -> the most queries of one warm request
BUDGETS = {"/my/requests": 21, "/my/requests/new": 16, "form": 22, "request": 46, "received": 22}


@tagged("post_install", "-at_install", "client_portal")
class TestRequestCost(RequestHttpCase):
    def setUp(self):
        super().setUp()
        self.task = self.raise_request("administrator_a")
        self.batch = 0
        self.sign_in("administrator_a")

    def queries(self, url):
        """Queries of one warm request; none of them writes."""
        for _warm in range(2):
            reply = self.url_open(url)
        self.assertEqual(reply.status_code, 200, url)
        before = self.cr.sql_log_count
        with self.assertNoLogs("odoo.http", "WARNING"):  # a write on the read-only cursor is retried with a warning
            self.url_open(url)
        return self.cr.sql_log_count - before

    def measure(self):
        pages = {
            "form": f"/my/requests/new/{self.repair.id}",
            "request": f"/my/jobs/{self.task.id}",
            "received": f"/my/requests/{self.task.id}/received",
        }
        return {name: self.queries(pages.get(name, name)) for name in BUDGETS}

    def more(self, count, requests=True):
        """Copies of the request by SQL, or of its task alone: so many through the ORM would take minutes."""
        self.env.flush_all()
        self.batch += 1
        skipped = {"id", "client_request_number", "client_request_key"}
        skipped |= set() if requests else {"client_request_type_id"}
        names = [
            name
            for name, field in self.task._fields.items()
            if field.store and field.column_type and name not in skipped
        ]
        columns = SQL(", ").join(SQL.identifier(name) for name in names)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO project_task (client_request_number, %s)
                     SELECT 'M-' || n || '-' || %s, %s FROM project_task, generate_series(1, %s) n WHERE id = %s
                """,
                columns,
                self.batch,
                columns,
                count,
                self.task.id,
            )
        )
        self.env.cr.execute("ANALYZE project_task")
        self.env.invalidate_all()

    def rows(self, page=""):
        text = self.url_open(f"/my/requests{page}").text
        return text.count('class="cp-row-title cp-cover"'), text

    def test_the_list_at_every_size(self):
        self.task.action_client_unpublish()
        self.env.flush_all()
        shown, text = self.rows()
        self.assertEqual(shown, 0)
        self.assertIn("No requests yet", text)
        self.task.action_client_publish()
        self.env.flush_all()
        self.assertEqual(self.rows()[0], 1)
        self.more(STEP - 1)
        shown, text = self.rows()
        self.assertEqual(shown, STEP)
        self.assertNotIn("/my/requests/page/2", text)
        few = self.queries("/my/requests")
        self.more(1)
        shown, text = self.rows()
        self.assertEqual(shown, STEP)
        self.assertIn("/my/requests/page/2", text)
        self.assertEqual(self.rows("/page/2")[0], 1)
        self.more(10_000 - STEP - 1)
        self.assertEqual(self.rows()[0], STEP)
        self.assertEqual(self.rows("/page/125")[0], STEP)
        self.assertEqual(self.rows("?search=M-77-")[0], 2, "one of each batch that had so many")
        self.assertEqual(self.queries("/my/requests"), few)

    def test_queries_do_not_grow(self):
        before = self.measure()
        self.more(STEP * 2)
        self.env["client.request.type"].create(
            [{"name": f"Kind {n}", "project_id": self.desk.id, "user_id": self.users["staff"].id} for n in range(40)]
        )
        place = {"parent_id": self.client_a.id, "type": "delivery", "is_client_site": True}
        sites = self.env["res.partner"].create([{**place, "name": f"More {n}"} for n in range(40)])
        self.env["client.asset"].create([{"name": f"Thing of {s.name}", "client_site_id": s.id} for s in sites])
        self.task.message_post(
            body="More words.", subtype_xmlid="mail.mt_comment", attachments=[(f"{n}.txt", b"x") for n in range(20)]
        )
        self.env.flush_all()
        after = self.measure()
        self.assertEqual(after, before)
        for page, budget in BUDGETS.items():
            self.assertLessEqual(after[page], budget, page)

    def test_the_list_walks_an_index(self):
        """Newest first, also of a client with thousands of jobs that are no requests."""
        self.more(STEP)
        self.more(5_000, requests=False)
        tasks = self.env["project.task"].with_env(self.as_user("administrator_a")).with_context(client_view="requests")
        query = tasks._search(
            [("client_id", "=", self.client_a.id), *tasks._client_list_domain("", "all")], order="id desc", limit=STEP
        )
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = " ".join(row[0] for row in self.env.cr.fetchall())
        self.assertNotIn("Seq Scan", plan)
