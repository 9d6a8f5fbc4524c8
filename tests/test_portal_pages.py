"""What members see in a browser: which page opens to which role, and that the rest looks like nothing."""

import json
import re

from odoo import http
from odoo.tests import HttpCase, tagged

from .common import SECRET, ClientPortalCommon
from .marked import LANG, marked, unmarked

# page -> roles whose page it is; everybody else gets the one "not found"
ALL = ("viewer", "requester", "approver", "billing", "administrator")
JOBS = ("viewer", "requester", "approver", "administrator")
QUOTES = ("approver", "billing", "administrator")
BILLS = ("billing", "administrator")
SECTIONS = {
    "/my": ALL,
    "/my/updates": ALL,
    "/my/jobs": JOBS,
    "/my/projects": JOBS,
    "/my/sites": JOBS,
    "/my/quotes": QUOTES,
    "/my/invoices": BILLS,
}
# record -> (roles of client A, whether somebody of one site sees it)
RECORDS = {
    "task_a_one": JOBS,
    "task_a_two": JOBS,
    "project_a_one": JOBS,
    "project_a_whole": JOBS,
    "order_a_sent": QUOTES,
    "order_a_confirmed": QUOTES,
    "invoice_a_one": BILLS,
    "refund_a_whole": BILLS,
}
NEVER = (
    "task_a_unpublished",
    "task_b_one",
    "project_b_one",
    "project_a_hidden",
    "order_a_draft",
    "order_b_sent",
    "invoice_a_draft",
    "bill_a",
    "invoice_b_one",
)


class PagesCase(ClientPortalCommon, HttpCase):
    def page(self, actor, url, **options):
        """Response of ``url`` for ``actor``."""
        self.authenticate(actor, actor)
        return self.url_open(url, **options)

    def rpc(self, actor, url, **params):
        """Result of a JSON-RPC call, or its error's name."""
        self.authenticate(actor, actor)
        return self.rpc_here(url, **params)

    def rpc_here(self, url, **params):
        """``rpc`` in the session as it is."""
        answer = self.url_open(
            url, data=json.dumps({"params": params}), headers={"Content-Type": "application/json"}
        ).json()
        return answer.get("result", answer.get("error", {}).get("data", {}).get("name"))


@tagged("post_install", "-at_install")
class TestPortalPages(PagesCase):
    def test_sections_by_role(self):
        for url, allowed in SECTIONS.items():
            for role in ALL:
                with self.subTest(url=url, role=role):
                    response = self.page(f"{role}_a", url)
                    self.assertEqual(response.status_code, 200 if role in allowed else 404)
                    self.assertNotIn("Birch", response.text)
                    self.assertNotIn(SECRET, response.text)

    def test_navigation_offers_what_opens(self):
        for role in ALL:
            text = self.page(f"{role}_a", "/my").text
            for url, allowed in SECTIONS.items():
                with self.subTest(url=url, role=role):
                    self.assertEqual(f'<a href="{url}"' in text, role in allowed)

    def test_records_by_role(self):
        for key, allowed in RECORDS.items():
            url = self.records[key]._client_url()
            for role in ALL:
                with self.subTest(record=key, role=role):
                    response = self.page(f"{role}_a", url)
                    self.assertEqual(response.status_code, 200 if role in allowed else 404)
                    self.assertNotIn("Birch", response.text)
                    self.assertNotIn(SECRET, response.text)

    def test_not_found_looks_the_same(self):
        bodies = {}
        for key in NEVER:
            response = self.page("administrator_a", self.records[key]._client_url())
            self.assertEqual(response.status_code, 404, key)
            bodies[key] = self._without_token(response.text)
        for url in ("/my/jobs/99999999", "/my/orders/99999999", "/my/nothing/here"):
            response = self.page("administrator_a", url)
            self.assertEqual(response.status_code, 404, url)
            bodies[url] = self._without_token(response.text)
        self.assertEqual(len(set(bodies.values())), 1, "the reason of a 404 must not show")
        self.assertIn("We could not find this page", response.text)

    @staticmethod
    def _without_token(text):
        """Page text without what differs on every request."""
        return "\n".join(line for line in text.splitlines() if "csrf_token" not in line and "session_info" not in line)

    def test_site_member_sees_one_site(self):
        self.assertEqual(self.page("site_viewer_a", self.task_a_one._client_url()).status_code, 200)
        self.assertEqual(self.page("site_viewer_a", self.task_a_two._client_url()).status_code, 404)
        text = self.page("site_viewer_a", "/my/jobs").text
        self.assertIn(self.task_a_one.client_name, text)
        self.assertNotIn(self.task_a_two.client_name, text)

    def test_no_membership(self):
        for actor in ("revoked", "suspended", "colleague"):
            for url in (
                "/my",
                "/my/jobs",
                "/my/invoices",
                self.task_a_one._client_url(),
                self.order_a_sent._client_url(),
            ):
                with self.subTest(actor=actor, url=url):
                    response = self.page(actor, url)
                    self.assertEqual(response.status_code, 403)
                    self.assertIn("You do not have access at the moment", response.text)
                    self.assertNotIn("Alder task", response.text)

    def test_stock_portal_user_keeps_stock(self):
        text = self.page("stock", "/my").text
        self.assertNotIn("o_client_portal", text)
        self.assertIn("o_portal_my_home", text)
        self.assertEqual(self.page("stock", f"/my/tasks/{self.task_stock.id}").status_code, 200)
        self.assertEqual(self.page("stock", f"/my/orders/{self.order_stock.id}").status_code, 200)
        self.assertTrue(self.page("stock", "/my/jobs").url.endswith("/my"))

    def test_stock_addresses_lead_to_ours(self):
        task = self.task_a_one
        for url, target in {
            f"/my/tasks/{task.id}": f"/my/jobs/{task.id}",
            f"/my/projects/{task.sudo().project_id.id}/task/{task.id}": f"/my/jobs/{task.id}",
            f"/my/projects/{task.sudo().project_id.id}/task/{task.id}?access_token=junk": f"/my/jobs/{task.id}",
            "/my/tasks": "/my/jobs",
            "/my/orders": "/my/quotes?filterby=orders",
            "/my/home": "/my/home",
        }.items():
            with self.subTest(url=url):
                response = self.page("administrator_a", url)
                self.assertEqual(response.status_code, 200)
                self.assertTrue(response.url.endswith(target), response.url)

    def test_switching_clients(self):
        both = self.page("both", "/my/jobs").text
        self.assertIn(self.task_a_one.client_name, both)
        self.assertIn(self.task_b_one.client_name, both)
        token = http.Request.csrf_token(self)
        self.url_open(f"/my/client/{self.client_a.id}", data={"csrf_token": token})
        only_a = self.url_open("/my/jobs").text
        self.assertIn(self.task_a_one.client_name, only_a)
        self.assertNotIn(self.task_b_one.client_name, only_a)

    def test_frame_around_account_pages(self):
        text = self.page("viewer_a", "/my/account").text
        self.assertIn("o_client_portal", text)
        self.assertIn('href="/my/jobs"', text)

    def test_a_translator_reaches_every_word(self):
        """Whatever is left without a mark is data of the fixture, a date, or Odoo's own."""
        known = re.compile(r"Alder |Contact |Oakline |Line of |\d|[A-Z]{2}$|(CSV|Excel|Logout)$|\S+@|[a-z]+_a$")
        pages = ["/my", "/my/updates", "/my/jobs", "/my/team", "/my/quotes"]
        pages += [record._client_url() for record in (self.task_a_one, self.order_a_sent)]
        pages += ["/my/documents"] if "client.document" in self.env else []
        with marked(self.env):
            self.users["administrator_a"].lang = LANG
            self.authenticate("administrator_a", "administrator_a")
            for url in pages:
                with self.subTest(url):
                    self.assertEqual(unmarked(self.url_open(url).text, known), [])
            for name in ("notification", "digest"):
                template = self.env.ref(f"client_portal.mail_template_{name}").with_context(lang=LANG)
                member = self.members["administrator_a"]
                mail = template._render_field("body_html", member.ids, set_lang=LANG)[member.id]
                self.assertEqual(unmarked(mail, known, "//body | /*"), [], name)

    def test_lists_search_filter_and_remember(self):
        found = self.page("administrator_a", f"/my/jobs?search={self.task_a_two.client_name}&sortby=name").text
        self.assertIn(self.task_a_two._client_url(), found)
        self.assertNotIn(f'{self.task_a_one._client_url()}"', found)
        self.assertIn(f'value="{self.task_a_two.client_name}"', found)
        self.assertIn("Nothing matches", self.page("administrator_a", "/my/jobs?search=zzzz").text)
        site = self.page("administrator_a", f"/my/jobs?site={self.site_a_one.id}").text
        self.assertIn(self.task_a_one._client_url(), site)
        self.assertNotIn(f'{self.task_a_two._client_url()}"', site)
        foreign = self.page("administrator_a", f"/my/jobs?site={self.site_b_one.id}").text
        self.assertNotIn("Birch", foreign)
        self.assertEqual(
            self.page("administrator_a", "/my/jobs/page/999?filterby=nonsense&sortby=;drop").status_code, 200
        )
