"""Every page as every actor: lists name exactly what is allowed, records open or are the one 404."""

import re
from urllib.parse import urlsplit

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ClientPortalCommon
from .common_records import KINDS, SCOPED
from .extensions import added
from .truth import table, truth

LISTS = {
    "/my/projects": "project.project",
    "/my/jobs": "project.task",
    "/my/quotes": "sale.order",
    "/my/invoices": "account.move",
    "/my/agreements": "client.agreement",
    **added("LISTS"),
}
RECORD_URL = {
    "project.project": "/my/projects/%s",
    "project.task": "/my/jobs/%s",
    "sale.order": "/my/orders/%s",
    "account.move": "/my/invoices/%s",
    "client.asset": "/my/assets/%s",
    "project.update": "/my/projects/updates/%s",
    "client.agreement": "/my/agreements/%s",
    **added("RECORD_URL"),
}
ALL = "?filterby=all"
PER_REQUEST = re.compile(r"csrf_token\W+[\w-]+")
LOUD = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


class PagesCase(ClientPortalCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self._labels = {}

    def get(self, actor, path):
        """The page as ``actor`` sees it, redirects not followed; one session per actor."""
        if getattr(self, "_actor", None) != actor:
            self.authenticate(None if actor == "public" else actor, actor)
            self._actor = actor
        with mute_logger(*LOUD):
            return self.url_open(path, allow_redirects=False, timeout=60)

    def body(self, reply):
        """Text of a page without what differs between two requests, the address that was asked for included."""
        return PER_REQUEST.sub("", reply.text.replace(urlsplit(reply.url).path, ""))

    def label(self, key):
        """The name under which a page shows a record; read once, each request empties the cache of the ORM."""
        if key not in self._labels:
            record = self.records[key]
            self._labels[key] = record.client_name if "client_name" in record._fields else record.name
        return self._labels[key]


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryPages(PagesCase):
    def _named_on(self, reply):
        """Keys of the fixture's records whose name the page shows."""
        return {
            key
            for key in self.records
            if key not in ("invoice_a_draft", "invoice_b_draft") and self.label(key) in reply.text
        }

    def _allowed(self, actor, *models):
        return set().union(*(truth(model)[actor] for model in models))

    def _check_list(self, path, actor, reply):
        self.assertEqual(reply.status_code, 200)
        self.assertNotIn("SECRET", reply.text)
        if path not in LISTS:
            self.assertLessEqual(self._named_on(reply), self._allowed(actor, *SCOPED))
            return
        self.assertEqual(self._named_on(reply) & set(KINDS[LISTS[path]]), self._allowed(actor, LISTS[path]))
        self.assertLessEqual(self._named_on(reply), self._allowed(actor, *SCOPED))
        if actor.endswith("_a"):
            self.assertNotIn("Birch", reply.text)

    def _check_nothing(self, reply):
        self.assertEqual(self._named_on(reply), set())
        self.assertNotIn("SECRET", reply.text)

    def test_lists(self):
        checks = {
            "page": self._check_list,
            "shut": lambda path, actor, reply: self.assertEqual(reply.status_code, 404),
            "plain": lambda path, actor, reply: self.assertIn(reply.status_code, (200, 403)),
            "login": lambda path, actor, reply: self.assertIn("/web/login", reply.headers.get("Location", "")),
            "stock": lambda path, actor, reply: self.assertEqual(reply.status_code, 200),
            "home": lambda path, actor, reply: self.assertURLEqual(reply.headers.get("Location"), "/my"),
        }
        rows = table("pages")
        for actor in [actor for actor in rows[0] if actor != "page"]:
            for row in rows:
                with self.subTest(actor=actor, page=row["page"]):
                    reply = self.get(actor, row["page"] + ALL)
                    checks[row[actor]](row["page"], actor, reply)
                    if row[actor] not in ("page", "stock"):
                        self._check_nothing(reply)

    def test_without_membership_every_page_is_the_same_plain_page(self):
        expected = self.body(self.get("revoked", "/my"))
        for page in (row["page"] for row in table("pages")):
            for actor in ("revoked", "suspended", "colleague"):
                with self.subTest(page=page, actor=actor):
                    text = self.body(self.get(actor, page))
                    self.assertNotIn('href="/my/jobs', text)
                    self._check_nothing(self.get(actor, page))
        self.assertNotIn('href="/my/jobs', expected)

    def test_record_pages_open_what_the_table_allows(self):
        actors = ("viewer_a", "approver_a", "billing_a", "administrator_a", "site_viewer_a", "viewer_b", "both")
        wide = "website" in self.env  # beside optional modules the widest and the narrowest will do
        for actor in ("administrator_a", "site_viewer_a") if wide else actors:
            for model in SCOPED:
                allowed = truth(model)[actor]
                for key in KINDS[model]:
                    with self.subTest(actor=actor, record=key):
                        reply = self.get(actor, RECORD_URL[model] % self.records[key].id)
                        self.assertEqual(reply.status_code, 200 if key in allowed else 404)
                        self.assertNotIn("SECRET", reply.text)
                        if key in allowed:
                            self.assertIn(self.label(key), reply.text)
                        else:
                            self._check_nothing(reply)

    def test_record_pages_without_membership_show_nothing(self):
        for actor in ("revoked", "suspended", "colleague", "public", "stock"):
            for model, key in (
                ("project.project", "project_a_one"),
                ("project.task", "task_a_one"),
                ("sale.order", "order_a_sent"),
                ("account.move", "invoice_a_one"),
                ("client.asset", "asset_a_one"),
                ("project.update", "update_a_one"),
                ("client.agreement", "agreement_a_one"),
            ):
                with self.subTest(actor=actor, record=key):
                    self._check_nothing(self.get(actor, RECORD_URL[model] % self.records[key].id))

    def test_one_404_for_missing_foreign_and_unpublished(self):
        missing = 999999999
        for model, foreign, unpublished in (
            ("project.project", "project_b_one", "project_a_hidden"),
            ("project.task", "task_b_one", "task_a_unpublished"),
            ("sale.order", "order_b_sent", "order_a_draft"),
            ("account.move", "invoice_b_one", "invoice_a_draft"),
            ("client.asset", "asset_b_one", "asset_a_hidden"),
            ("project.update", "update_b_one", "update_a_unpublished"),
            ("client.agreement", "agreement_b_one", "agreement_a_hidden"),
        ):
            replies = {
                name: self.get("administrator_a", RECORD_URL[model] % record_id)
                for name, record_id in (
                    ("missing", missing),
                    ("foreign", self.records[foreign].id),
                    ("unpublished", self.records[unpublished].id),
                )
            }
            for name, reply in replies.items():
                with self.subTest(model=model, kind=name):
                    self.assertEqual(reply.status_code, 404)
                    self.assertEqual(self.body(reply), self.body(replies["missing"]))
                    self.assertEqual(
                        {k: v for k, v in reply.headers.items() if k not in ("Date", "Set-Cookie", "Content-Length")},
                        {
                            k: v
                            for k, v in replies["missing"].headers.items()
                            if k not in ("Date", "Set-Cookie", "Content-Length")
                        },
                    )

    def test_tokens_open_nothing(self):
        """A record's permanent token is no key for anybody governed."""
        self.order_stock._portal_ensure_token()
        self.env.flush_all()
        stock = self.get("public", f"/my/orders/{self.order_stock.id}?access_token={self.order_stock.access_token}")
        self.assertEqual(stock.status_code, 200, "stock opens a record of no client with its token")
        for model, keys in (
            ("project.project", ("project_a_one", "project_a_hidden")),
            ("sale.order", ("order_a_sent", "order_a_draft")),
            ("account.move", ("invoice_a_one", "invoice_a_draft")),
            ("project.task", ("task_a_one", "task_a_unpublished")),
        ):
            for key in keys:
                record = self.records[key]
                record._portal_ensure_token()
                self.env.flush_all()
                path = f"{RECORD_URL[model] % record.id}?access_token={record.access_token}"
                for actor in ("administrator_b", "viewer_b", "site_viewer_b", "revoked", "suspended", "colleague"):
                    with self.subTest(record=key, actor=actor):
                        self._check_nothing(self.get(actor, path))

    def test_stock_task_addresses_open_nothing_more(self):
        for key in ("task_a_unpublished", "task_b_one", "task_b_in_project_of_a", "task_a_subtask"):
            task = self.records[key]
            for path in (
                f"/my/tasks/{task.id}",
                f"/my/projects/{task.project_id.id}/task/{task.id}?access_token=junk",
                f"/my/projects/{self.project_a_whole.id}/task/{task.id}",
                f"/my/projects/{task.project_id.id}/task/{task.id}/subtasks",
            ):
                with self.subTest(path=path, record=key):
                    self._check_nothing(self.get("administrator_a", path))

    def test_job_page_leaves_a_hidden_project_out(self):
        reply = self.get("viewer_a", f"/my/jobs/{self.task_a_project_hidden.id}")
        self.assertEqual(reply.status_code, 200)
        self.assertNotIn(self.project_a_hidden.name, reply.text)
        self.assertNotIn(f"/my/projects/{self.project_a_hidden.id}", reply.text)

    def test_search_and_sort_stay_inside(self):
        """Whatever a visitor types into search, sort, filter or page, the list stays theirs and answers."""
        for page, model in LISTS.items():
            for query in (
                "search=a",
                "search=SECRET",
                "search=%25",
                "sortby=client_id",
                "sortby=partner_id+desc",
                "filterby=x",
                "sortby=1;drop",
                "groupby=user_id",
                "search=Birch&search_in=all",
                "date_begin=x&date_end=y",
            ):
                with self.subTest(page=page, query=query):
                    reply = self.get("administrator_a", f"{page}?{query}")
                    self.assertEqual(reply.status_code, 200)
                    shown = self._named_on(reply) & set(KINDS[model])
                    self.assertLessEqual(shown, truth(model)["administrator_a"])
