"""Style sheets that do not compile leave pages bare, and Odoo only logs it."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install", "client_portal")
class TestAssets(TransactionCase):
    def test_style_sheets_compile(self):
        for name in ("web.assets_frontend", "web.assets_backend"):
            with self.subTest(bundle=name):
                bundle = self.env["ir.qweb"]._get_asset_bundle(name, css=True, js=False)
                bundle.preprocess_css()
                self.assertEqual(bundle.css_errors, [])
