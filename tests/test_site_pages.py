"""The page of one site, and the list that is drawn as a map."""

import re

from odoo.tests import tagged

from .test_portal_pages import PagesCase

MORE = 12


@tagged("post_install", "-at_install")
class TestSitePages(PagesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site_a_one.write(
            {
                "partner_latitude": 43.65,
                "partner_longitude": -70.25,
                "client_access_notes": "Key <at> the gate",
                "client_contact_name": "Kim Gate",
                "client_contact_phone": "+1 207 555 0100",
                "comment": "<p>SECRET dog bites</p>",
            }
        )
        cls.site_a_two.write({"partner_latitude": 43.66, "partner_longitude": -70.2})

    def url(self, site):
        return f"/my/sites/{site.id}"

    def test_who_opens_which(self):
        for actor, one, two in (
            ("viewer_a", 200, 200),
            ("site_viewer_a", 200, 404),
            ("billing_a", 404, 404),
            ("administrator_b", 404, 404),
            ("revoked", 403, 403),
        ):
            with self.subTest(actor=actor):
                self.assertEqual(self.page(actor, self.url(self.site_a_one)).status_code, one)
                self.assertEqual(self.page(actor, self.url(self.site_a_two)).status_code, two)
        for record in (self.site_b_one, self.client_a, self.users["staff"].partner_id):
            self.assertEqual(self.page("administrator_a", self.url(record)).status_code, 404)

    def test_what_it_says(self):
        self.task_a_one.client_visit_start = "2036-05-05 08:00:00"
        text = self.page("viewer_a", self.url(self.site_a_one)).text
        for words in (self.task_a_one.client_name, self.asset_a_one.name, "Key &lt;at&gt; the gate", "Kim Gate"):
            self.assertIn(words, text)
        for words in ("SECRET", "Birch", self.asset_a_two.name, self.asset_a_hidden.name):
            self.assertNotIn(words, text)
        self.assertIn("<svg", text)

    def test_what_is_agreed_for_it(self):
        """Agreements for this site or for all of the client's, as far as the member sees them."""
        for actor, site, expected in (
            ("viewer_a", self.site_a_one, {"a-one", "a-both", "a-whole", "a-company-two"}),
            ("viewer_a", self.site_a_two, {"a-two", "a-both", "a-whole"}),
            ("site_viewer_a", self.site_a_one, {"a-one", "a-both", "a-company-two"}),
            ("both", self.site_b_one, {"b-one"}),
        ):
            narrowed = f"/my/agreements?site={site.id}"
            self.assertTrue(narrowed in self.page(actor, self.url(site)).text, actor)
            for url in (self.url(site), narrowed):
                with self.subTest(actor=actor, url=url):
                    found = re.findall(r"agreement-([a-z-]+)", self.page(actor, url).text)
                    self.assertEqual(set(found), expected)

    def test_the_map_shows_what_one_may_see(self):
        text = self.page("viewer_a", "/my/sites").text
        self.assertIn(f'href="{self.url(self.site_a_one)}"', text)
        self.assertIn(f'href="{self.url(self.site_a_two)}"', text)
        text = self.page("site_viewer_a", "/my/sites").text
        self.assertNotIn(self.url(self.site_a_two), text)
        self.assertNotIn("Birch", text)

    def test_no_tile_server_unless_named(self):
        self.assertNotIn("https://tiles.example", self.page("viewer_a", "/my/sites").text)
        self.env["ir.config_parameter"].set_param(
            "client_portal.map_tiles", "https://tiles.example/{z}/{x}/{y}.png"
        )
        self.assertIn("https://tiles.example/", self.page("viewer_a", "/my/sites").text)

    def test_queries_do_not_grow(self):
        def cost():
            for _warm in range(2):
                self.url_open(self.url(self.site_a_one))
            before = self.cr.sql_log_count
            with self.assertNoLogs("odoo.http", "WARNING"):  # a write on the read-only cursor is retried with a warning
                self.url_open(self.url(self.site_a_one))
            return self.cr.sql_log_count - before

        self.authenticate("administrator_a", "administrator_a")
        before = cost()
        job = {"project_id": self.project_a_whole.id, "client_site_id": self.site_a_one.id, "client_publish": "yes"}
        self.env["project.task"].create([{**job, "name": f"More {n}"} for n in range(MORE)])
        asset = {"client_site_id": self.site_a_one.id}
        self.env["client.asset"].create([{**asset, "name": f"More {n}"} for n in range(MORE)])
        self.env.flush_all()
        self.assertLessEqual(cost(), before)
