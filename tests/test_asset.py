"""Assets: whose they are, where, and the jobs on them."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ClientPortalCommon


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
