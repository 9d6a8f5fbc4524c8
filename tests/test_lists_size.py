"""A list of nothing, one, a page, a page and one, and ten thousand: the same number of queries."""

from odoo.tests import tagged

from .test_portal_pages import PagesCase

SIZES = (1, 80, 81, 10_000)
# columns that are not copied when a record is multiplied
_OWN = ("id", "access_token", "payment_reference")
# columns that may not be the same twice
_DIFFERENT = {"account.move": {'"name"': "name || '/' || n"}, "client.approval": {'"state"': "'approved'"}}
# what makes a record one of a list, where it is not that the client sees it
_SHOWN = {"res.partner": ("is_client_site", "parent_id")}


class SizeCase(PagesCase):
    """``walk`` measures addresses at every size."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.flush_all()

    def only(self, record, count):
        """Let the client have ``count`` records like ``record``, and no others of the kind; by SQL, for speed."""
        table, model = record._table, record._name
        shown, owner = _SHOWN.get(model, ("client_published", "client_id"))
        self.env.flush_all()
        self.env.cr.execute(f"UPDATE {table} SET {shown} = FALSE WHERE {owner} = %s", [self.client_a.id])
        columns = [f'"{name}"' for name in self._columns(table) if name not in _OWN]
        own = {f'"{shown}"': "TRUE", **_DIFFERENT.get(model, {})}
        values = [own.get(name, name) for name in columns]
        self.env.cr.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table},"
            " generate_series((SELECT count(*) FROM " + table + "), (SELECT count(*) - 1 + %s FROM " + table + ")) n"
            " WHERE id = %s",
            [count, record.id],
        )
        self.env.invalidate_all()
        domain = [(shown, "=", True), (owner, "=", self.client_a.id)]
        self.assertEqual(self.as_user("administrator_a")[model].search_count(domain), count)

    def _columns(self, table):
        self.env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
        return [name for (name,) in self.env.cr.fetchall()]

    def queries(self, url):
        """Queries of one warm request."""
        self.assertEqual(self.url_open(url).status_code, 200, url)
        before = self.cr.sql_log_count
        self.url_open(url)
        return self.cr.sql_log_count - before

    def walk(self, record, *urls):
        """Measure the addresses at every size."""
        self.authenticate("administrator_a", "administrator_a")
        counts = {url: {} for url in urls}
        for size in (0, *SIZES):
            self.only(record, size)
            for url in urls:
                counts[url][size] = self.queries(url)
        for url, by_size in counts.items():
            with self.subTest(url):
                self.assertEqual(len({by_size[size] for size in SIZES}), 1, by_size)
                self.assertLessEqual(by_size[0], by_size[1], "nothing asks for nothing more")


@tagged("post_install", "-at_install")
class TestListsSize(SizeCase):
    def test_jobs(self):
        narrowed = f"/my/jobs?site={self.site_a_one.id}&project={self.project_a_whole.id}&from=2020-01-01&search=task"
        self.walk(self.task_a_one, "/my/jobs", narrowed, "/my/jobs/page/2?sortby=visit")

    def test_jobs_as_a_file(self):
        self.walk(self.task_a_one, "/my/jobs?download=csv")

    def test_projects(self):
        self.walk(self.project_a_one, "/my/projects")

    def test_quotes_and_invoices(self):
        self.walk(self.order_a_sent, "/my/quotes")
        self.walk(self.invoice_a_one, "/my/invoices")

    def test_agreements_and_assets(self):
        self.walk(self.agreement_a_one, "/my/agreements")
        self.walk(self.asset_a_one, "/my/assets")

    def test_sites(self):
        self.walk(self.site_a_one, "/my/sites")

    def test_updates(self):
        seen = self.as_user("administrator_a")["client.update"]
        update = seen.search([("res_model", "=", "project.task"), ("client_site_id", "!=", False)], limit=1)
        self.walk(update.with_env(self.env), "/my/updates")

    def test_approvals(self):
        self.walk(self.order_a_sent.client_approval_id, "/my/approvals?filterby=all")
