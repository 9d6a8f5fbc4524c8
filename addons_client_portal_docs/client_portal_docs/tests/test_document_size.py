"""The library of nothing, one, a page, a page and one, and ten thousand documents: the same number of queries."""

from odoo.tests import tagged

from odoo.addons.client_portal.tests.test_lists_size import SizeCase

from .boundary import hand_in


@tagged("post_install", "-at_install")
class TestDocumentSize(SizeCase):
    def test_library(self):
        document = self.env["client.document"].create(
            {"name": "Alder soil report", "record_ref": f"project.task,{self.task_a_one.id}"}
        )
        hand_in(document, "soil.txt", b"words")
        document.action_client_publish()
        self.walk(
            document,
            "/my/documents",
            "/my/documents/page/2",
            "/my/documents?search=soil",
            "/my/documents?layout=gallery",
        )
