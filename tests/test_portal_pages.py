"""What members see in a browser: every page by every role, and what a page costs."""
from odoo.tests import HttpCase, tagged

from .common import SECRET, ClientPortalCommon


@tagged("post_install", "-at_install")
class TestPortalPages(ClientPortalCommon, HttpCase):
    def page(self, actor, url, **options):
        """Response of ``url`` for ``actor``."""
        self.authenticate(actor, actor)
        return self.url_open(url, **options)

    def test_workspace_opens(self):
        response = self.page("administrator_a", "/my")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Waiting for you", response.text)
        self.assertNotIn("Birch", response.text)
        self.assertNotIn(SECRET, response.text)
