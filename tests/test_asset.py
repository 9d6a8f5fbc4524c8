"""Assets: whose they are, where, and the jobs on them."""

import re
from base64 import b64decode
from datetime import timedelta
from io import BytesIO

import qrcode
from PIL import Image

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models.client_asset_pages import DUE_SOON
from .common import ClientPortalCommon
from .test_lists import ListsCase
from .test_portal_pages import PagesCase


@tagged("post_install", "-at_install", "client_portal")
class TestAsset(ClientPortalCommon):
    def test_the_site_names_the_client(self):
        asset = self.env["client.asset"].create({"name": "Gate", "client_site_id": self.site_a_two.id})
        self.assertEqual(asset.partner_id, self.client_a)
        self.assertEqual(asset.client_id, self.client_a)
        self.assertTrue(asset.client_published)

    def test_a_site_of_somebody_else_is_refused(self):
        with self.assertRaises(ValidationError):
            self.asset_a_one.client_site_id = self.site_b_one

    def test_a_job_takes_assets_of_its_own_client_only(self):
        self.task_a_one.client_asset_ids = self.asset_a_one + self.asset_a_two
        self.assertEqual(self.asset_a_one.task_ids, self.task_a_one)
        with self.assertRaises(ValidationError):
            self.task_a_one.client_asset_ids += self.asset_b_one

    def test_a_job_that_moves_leaves_the_assets_of_the_former_client(self):
        self.task_a_one.client_asset_ids = self.asset_a_one + self.asset_a_two
        self.task_a_one.partner_id = self.client_b
        self.env.flush_all()
        self.assertFalse(self.task_a_one.client_asset_ids)
        self.task_a_one.client_asset_ids = self.asset_b_one

    def test_the_job_page_names_the_assets_one_may_see(self):
        self.task_a_one.client_asset_ids = self.asset_a_one + self.asset_a_two + self.asset_a_hidden
        self.env.flush_all()
        for actor, names in (
            ("viewer_a", [self.asset_a_one.name, self.asset_a_two.name]),
            ("site_viewer_a", [self.asset_a_one.name]),
        ):
            facts = self.task_a_one.with_env(self.as_user(actor))._client_facts()["facts"]
            links = next(fact["links"] for fact in facts if fact["label"] == "Assets")
            self.assertCountEqual([link["label"] for link in links], names, actor)


@tagged("post_install", "-at_install")
class TestAssetList(ListsCase):
    """What the list of assets is narrowed by, and the badges that say what is due."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = fields.Date.today()
        cls.asset_a_one.write({"next_due_date": cls.day - timedelta(days=40), "installed_date": "2020-05-05"})
        cls.asset_a_two.write({"next_due_date": cls.day + timedelta(days=DUE_SOON - 2), "kind_id": False})
        cls.asset_a_whole.next_due_date = cls.day + timedelta(days=DUE_SOON + 40)

    def keys(self, actor, query=""):
        names = {asset.name: key for key, asset in self.records.items() if asset._name == "client.asset"}
        return [names[title] for title, _detail, _badge in self.screen(actor, f"/my/assets?{query}")]

    def test_who_finds_which(self):
        everything = ["asset_a_company_two", "asset_a_one", "asset_a_two", "asset_a_whole"]
        self.assertCountEqual(self.keys("viewer_a"), everything)
        self.assertCountEqual(self.keys("site_viewer_a"), ["asset_a_company_two", "asset_a_one"])
        self.assertCountEqual(self.keys("viewer_b"), ["asset_b_one"])
        self.assertEqual(self.page("billing_a", "/my/assets").status_code, 404)

    def test_narrowed(self):
        day = self.day.isoformat()
        for query, expected in (
            (f"site={self.site_a_two.id}", ["asset_a_two"]),
            (f"kind={self.asset_a_one.kind_id.id}&site={self.site_a_one.id}", ["asset_a_company_two", "asset_a_one"]),
            ("search=a-two", ["asset_a_two"]),
            (f"search=Serial of {self.asset_a_whole.name}", ["asset_a_whole"]),
            ("filterby=overdue", ["asset_a_one"]),
            ("filterby=due", ["asset_a_two"]),
            (f"from={day}&to={(self.day + timedelta(days=DUE_SOON)).isoformat()}", ["asset_a_two"]),
            (f"from={day}", ["asset_a_two", "asset_a_whole"]),
            (f"to={day}", ["asset_a_one"]),
        ):
            with self.subTest(query):
                self.assertCountEqual(self.keys("viewer_a", query), expected)

    def test_a_foreign_site_narrows_by_nothing_and_is_not_named(self):
        self.assertEqual(len(self.keys("viewer_a", f"site={self.site_b_one.id}")), 4)
        self.assertNotIn("Birch", self.page("viewer_a", f"/my/assets?site={self.site_b_one.id}").text)

    def test_sorted_by_what_is_due(self):
        expected = ["asset_a_one", "asset_a_two", "asset_a_whole", "asset_a_company_two"]
        self.assertEqual(self.keys("viewer_a", "sortby=due"), expected, "what is never due comes last")
        self.assertEqual(self.keys("viewer_a", "sortby=newest")[0], "asset_a_one")

    def test_badges(self):
        badges = {title: badge for title, _detail, badge in self.screen("viewer_a", "/my/assets")}
        self.assertRegex(badges[self.asset_a_one.name], "^was due ")
        self.assertRegex(badges[self.asset_a_two.name], "^due ")
        self.assertEqual(badges[self.asset_a_company_two.name], "")

    def test_the_file_holds_the_screen(self):
        rows, _response = self.file("viewer_a", "/my/assets?filterby=overdue")
        self.assertEqual(rows[0], ["Asset", "Kind", "Serial number", "Site", "Installed", "Next due"])
        self.assertEqual([row[0] for row in rows[1:]], [self.asset_a_one.name])
        self.assertNotIn("SECRET", str(rows))


@tagged("post_install", "-at_install")
class TestAssetPage(PagesCase):
    def test_it_shows_what_was_done_on_it(self):
        (self.task_a_one + self.task_a_unpublished + self.task_a_two).client_asset_ids = self.asset_a_one
        self.asset_a_one.write({"client_summary": "Valve <3>", "next_due_date": "2035-06-07"})
        text = self.page("viewer_a", self.asset_a_one._client_url()).text
        for words in (self.task_a_one.client_name, self.task_a_two.client_name, "Valve &lt;3&gt;", "2035"):
            self.assertIn(words, text)
        self.assertIn(self.asset_a_one.serial, text)
        for words in ("SECRET", self.task_a_unpublished.name, "Birch"):
            self.assertNotIn(words, text)
        text = self.page("site_viewer_a", self.asset_a_one._client_url()).text
        self.assertNotIn(self.task_a_two.client_name, text, "a job at a site they do not see")

    def test_who_opens_which(self):
        missing = f"/my/assets/{self.env['client.asset'].search([], order='id desc', limit=1).id + 999}"
        foreign, hidden = self.asset_b_one._client_url(), self.asset_a_hidden._client_url()
        for actor in ("viewer_a", "administrator_a"):
            self.assertEqual(self.page(actor, self.asset_a_two._client_url()).status_code, 200)
            for url in (foreign, hidden, missing):
                self.assertEqual(self.page(actor, url).status_code, 404, url)
        self.assertEqual(self.page("site_viewer_a", self.asset_a_two._client_url()).status_code, 404)
        self.assertEqual(self.page("billing_a", self.asset_a_one._client_url()).status_code, 404)

    def test_the_code_on_the_label_opens_the_page(self):
        """The label's picture is the code of the page's address; staff who scan it come to the record."""
        asset = self.asset_a_one
        reports, assets = self.env["ir.actions.report"], asset + self.asset_a_two
        body = reports._render_qweb_html("client_portal.asset_label", assets.ids)[0].decode()
        codes = [b64decode(code) for code in re.findall('src="data:image/png;base64,([^"]+)"', body)]
        address = f"{self.env['ir.config_parameter'].sudo().get_param('web.base.url')}/my/assets/{asset.id}"
        drawn = qrcode.make(address).convert("1")
        self.assertEqual(Image.open(BytesIO(codes[0])).convert("1").tobytes(), drawn.tobytes())
        self.assertEqual(len(set(codes)), 2)
        for words in (asset.name, asset.serial, self.site_a_one.name):
            self.assertIn(words, body)
        self.assertNotIn("SECRET", body)
        self.assertEqual(self.page("viewer_a", address.removeprefix(asset.get_base_url())).status_code, 200)
        self.authenticate("staff", "staff")
        led = self.url_open(asset._client_url(), allow_redirects=False).headers["Location"]
        self.assertTrue(led.endswith(f"/odoo/action-client_portal.client_asset_action/{asset.id}"), led)

    def test_members_print_no_labels(self):
        self.authenticate("administrator_a", "administrator_a")
        reply = self.url_open(f"/report/html/client_portal.asset_label/{self.asset_a_one.id}", allow_redirects=False)
        self.assertNotIn(self.asset_a_one.name, reply.text)
