"""Search: everything a member sees is found by its words, and nothing else is."""

from unittest.mock import patch

from lxml import html

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.client_portal.models.client_allowlist import CLIENT_READABLE
from odoo.addons.client_portal.models.client_search_words import FEW, WORDS, search_words, text_domain

from .common import GOVERNED, ClientPortalCommon
from .test_portal_pages import PagesCase

ALL = 1000
# what a search as an administrator of client A finds: (typed, list -> records)
FOUND = (
    ("Alder task-a-one.", {"/my/jobs": {"task_a_one"}}),
    ("task-a-one. ALDER", {"/my/jobs": {"task_a_one"}}),  # in any order and case
    ("PO-4711-X", {"/my/quotes": {"order_a_sent"}, "/my/invoices": {"invoice_a_one"}}),
    ("SN-0815-Q", {"/my/assets": {"asset_a_one"}}),
    ("mulching tarpaulin", {"/my/jobs": {"task_a_two"}}),  # words of the summary
    ("zanzibar", {"/my/quotes": {"order_a_whole"}}),  # words of a line
    ("REQ-00042", {"/my/jobs": {"task_a_whole"}, "/my/requests": {"task_a_whole"}}),
    ("squirrels", {"/my/jobs": {"task_a_whole"}, "/my/requests": {"task_a_whole"}}),  # in the client's own words
)
ODD = ("%", "_", "''", "\\", "%%%", "a_b", "🌳🌳", "((", "x" * 5000, "a " * 500, "--", "#", "##12")
ODD += ("'; DROP", "\u202e\u0301")


class SearchCase(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order_a_sent.client_order_ref = "PO-4711-X"
        cls.order_b_sent.client_order_ref = "PO-4711-X"
        cls.invoice_a_one.ref = cls.invoice_b_one.ref = "PO-4711-X"
        cls.asset_a_one.serial = "SN-0815-Q"
        cls.task_a_two.client_summary = "Mulching below the roses, with a tarpaulin"
        cls.order_a_whole.order_line[:1].name = "Zanzibar gravel"
        request_type = cls.env["client.request.type"].create({"name": "Anything", "project_id": cls.project_a_whole.id})
        cls.task_a_whole.write(
            {
                "client_request_type_id": request_type.id,
                "client_request_number": "REQ-00042",
                "client_request_text": "Squirrels in the loft",
            }
        )
        cls.env.flush_all()

    def results(self, actor, text, shown=ALL):
        env = self.as_user(actor)
        env = env(context={**env.context, "allowed_company_ids": env.user.company_ids.ids})
        clients = env["res.partner"].browse(env.user._client_members().client_id.ids)
        return env["client.search"]._results(text, clients, shown=shown)

    def found(self, actor, text):
        """{address of a list: ids found there}."""
        groups = self.results(actor, text)["groups"]
        return {group["url"].split("?")[0]: {row["id"] for row in group["rows"]} for group in groups}


@tagged("post_install", "-at_install")
class TestSearch(SearchCase):
    def test_found_by_what_people_remember(self):
        for text, lists in FOUND:
            with self.subTest(text):
                expected = {url: {self.records[key].id for key in keys} for url, keys in lists.items()}
                self.assertEqual(self.found("administrator_a", text), expected)

    def test_a_job_is_found_by_its_number(self):
        for text in (str(self.task_a_one.id), f"#{self.task_a_one.id}"):
            self.assertIn(self.task_a_one.id, self.found("administrator_a", text)["/my/jobs"])
            self.assertNotIn(self.task_a_one.id, self.found("administrator_b", text).get("/my/jobs", ()))

    def test_a_site_is_found_and_leads_to_what_is_there(self):
        found = self.found("administrator_a", "alder harbour")
        self.assertEqual(found["/my/sites"], {self.site_a_one.id})
        self.assertIn(self.task_a_one.id, found["/my/jobs"])
        self.assertNotIn(self.task_a_two.id, found["/my/jobs"])
        self.assertIn(self.invoice_a_one.id, found["/my/invoices"])

    def test_exactly_what_the_member_sees(self):
        """Whatever the actor: of every list, the records they see with the word in their name, and no others."""
        for actor in GOVERNED:
            found = self.found(actor, "Alder")
            titled = {
                "/my/jobs": ("project.task", "client_name"),
                "/my/projects": ("project.project", "client_name"),
                "/my/assets": ("client.asset", "name"),
                "/my/agreements": ("client.agreement", "name"),
            }
            for url, (model, label) in titled.items():
                with self.subTest(actor=actor, url=url):
                    allowed = self.users[actor]._client_members()
                    seen = self.seen(actor, model, [(label, "ilike", "Alder")]) if allowed else set()
                    hidden = found.get(url, set()) - self.seen(actor, model) if allowed else found.get(url)
                    self.assertFalse(hidden)
                    self.assertLessEqual(seen, found.get(url, set()))

    def test_what_is_remembered_ends_with_the_right(self):
        """Between two searches a member is narrowed to one site and back, then the job is taken back."""
        member, two = self.members["administrator_a"], {"/my/jobs": {self.task_a_two.id}}
        self.assertEqual(self.found("administrator_a", "mulching"), two)
        member.write({"all_sites": False, "site_ids": [(6, 0, self.site_a_one.ids)]})
        self.assertEqual(self.found("administrator_a", "mulching"), {})
        member.write({"site_ids": [(4, self.site_a_two.id)]})
        self.assertEqual(self.found("administrator_a", "mulching"), two)
        self.task_a_two.client_publish = "no"
        self.assertEqual(self.found("administrator_a", "mulching"), {})

    def test_nothing_for_those_without_access(self):
        for actor in ("revoked", "suspended", "colleague", "stock"):
            self.assertEqual(self.found(actor, "alder"), {}, actor)

    def test_lists_only_of_what_the_role_opens(self):
        lists = {
            "viewer_a": {"/my/jobs", "/my/projects", "/my/sites", "/my/assets", "/my/agreements"},
            "billing_a": {"/my/quotes", "/my/invoices"},
        }
        for actor, urls in lists.items():
            env = self.as_user(actor)
            clients = env.user._client_members().client_id
            opened = {url for _records, url, _query in env["client.search"]._lists(clients)}
            self.assertEqual(opened & (lists["viewer_a"] | lists["billing_a"]), urls, actor)

    def test_words_written_almost_the_same(self):
        if not self.registry.has_trigram:
            self.skipTest("PostgreSQL has no pg_trgm here")
        results = self.results("administrator_a", "mulchng tarpauiln")
        self.assertTrue(results["close"])
        self.assertEqual([row["id"] for group in results["groups"] for row in group["rows"]], [self.task_a_two.id])
        self.assertFalse(self.results("administrator_a", "mulching")["close"])
        self.assertEqual(self.found("administrator_b", "mulchng tarpauiln"), {})
        with patch.object(self.registry, "has_trigram", False):
            self.assertEqual(self.found("administrator_a", "mulchng tarpauiln"), {})
            self.assertEqual(self.found("administrator_a", "mulching"), {"/my/jobs": {self.task_a_two.id}})

    def test_the_index_of_words_is_for_clients_with_many(self):
        """With few records the client's own are read, with many the same is found by the index."""
        if not self.registry.has_trigram:
            self.skipTest("PostgreSQL has no pg_trgm here")
        for many in (3000, 1):
            with patch("odoo.addons.client_portal.models.client_search_words.MANY", many):
                self.assertEqual(self.found("administrator_a", "mulching"), {"/my/jobs": {self.task_a_two.id}})
        tasks = self.env["project.task"].with_context(**{FEW: True})
        shown = Domain("client_published", "=", True)
        columns = [name for name in tasks._client_search if "." not in name]
        query = tasks._search(shown & text_domain(tasks.env, columns, "mulching"))
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.assertNotIn("project_task_client_words", str(self.env.execute_query(SQL("EXPLAIN %s", query.select()))))

    def test_odd_input(self):
        for text in ODD:
            with self.subTest(text[:20]):
                found = self.found("administrator_a", text)
                self.assertFalse(found.get("/my/sites"), "matches nothing, wildcards least of all")
        for text in ("", " ", "a", "\u00a0"):
            self.assertEqual(self.found("administrator_a", text), {})
        self.assertEqual(len(search_words("one two three four five six seven eight")), WORDS)

    def test_what_is_searched_is_text(self):
        """Own columns: stored, not translated, and readable by members unless the model says why not."""
        unread = {("client.document", "search_text")}
        for name in self.registry.descendants(["client.shown"], "_inherit"):
            model = self.env[name]
            for column in model._client_search:
                if "." in column or model._abstract:
                    continue
                field = model._fields[column]
                self.assertIn(field.type, ("char", "text"), f"{name}.{column}")
                self.assertTrue(field.store and not field.translate, f"{name}.{column}")
                if (name, column) not in unread:
                    self.assertIn(column, CLIENT_READABLE[name], f"{name}.{column}")

    def test_one_query_finds_everything(self):
        """Ten times the records, the same number of queries."""
        self.results("administrator_a", "alder", shown=3)
        counts = []
        for _round in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.results("administrator_a", "alder", shown=3)
            counts.append(self.cr.sql_log_count - before)
            job = {"partner_id": self.client_a.id, "project_id": self.project_a_whole.id, "client_publish": "yes"}
            self.env["project.task"].create([{**job, "name": f"Alder more {n}"} for n in range(30)])
        self.assertLessEqual(counts[1], counts[0])


@tagged("post_install", "-at_install")
class TestSearchPage(SearchCase, PagesCase):
    def test_page(self):
        page = html.fromstring(self.page("administrator_a", "/my/search?search=alder").text)
        links = [a.get("href") for a in page.iter("a") if (a.text_content() or "").startswith("All results in")]
        self.assertGreater(len(links), 4)
        for link in links:
            self.assertEqual(self.url_open(link).status_code, 200, link)
        self.assertNotIn("Birch", page.text_content())
        [box] = page.xpath("//input[@name='search']")
        self.assertEqual(box.get("value"), "alder")

    def test_a_list_finds_what_the_search_found(self):
        group = next(g for g in self.results("administrator_a", "task-a")["groups"] if g["url"].startswith("/my/jobs"))
        page = self.page("administrator_a", group["url"]).text
        self.assertIn(f"{group['count']} found", " ".join(html.fromstring(page).text_content().split()))

    def test_box_is_on_every_page(self):
        for url in ("/my", "/my/jobs", "/my/updates", self.task_a_one._client_url(), "/my/nothing-here"):
            self.assertIn('action="/my/search"', self.page("viewer_a", url).text, url)

    def test_only_what_was_found(self):
        part = self.page("viewer_a", "/my/search?search=alder&part=1").text
        self.assertNotIn("<html", part)
        self.assertIn("/my/jobs/", part)
        self.assertIn("Nothing found", self.page("viewer_a", "/my/search?search=nowhereatall&part=1").text)

    def test_odd_addresses(self):
        long = "search=" + "x" * 3000
        for query in ("search=%00", "search=%ED%A0%80", long, "part=1", "search=a&search=b", "search=%25", "client=0"):
            self.assertEqual(self.page("viewer_a", f"/my/search?{query}").status_code, 200, query)
        escaped = self.page("viewer_a", "/my/search?search=%3Cscript%3Ealert(1)%3C/script%3E")
        self.assertNotIn("<script>alert", escaped.text)

    def test_not_for_others(self):
        self.assertEqual(self.page("revoked", "/my/search?search=alder").status_code, 403)
        elsewhere = self.page("stock", "/my/search?search=alder", allow_redirects=False)
        self.assertTrue(elsewhere.headers["Location"].endswith("/my"))
