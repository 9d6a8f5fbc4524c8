"""The library of nothing, one, a page, a page and one, and ten thousand documents: the same number of queries."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.client_portal.tests.test_lists_size import SizeCase

from .boundary import hand_in


@tagged("post_install", "-at_install")
class TestDocumentSize(SizeCase):
    def paper(self):
        document = self.env["client.document"].create(
            {"name": "Alder soil report", "record_ref": f"project.task,{self.task_a_one.id}"}
        )
        hand_in(document, "soil.txt", b"words")
        document.action_client_publish()
        return document

    def test_library(self):
        self.walk(
            self.paper(),
            "/my/documents",
            "/my/documents/page/2",
            "/my/documents?search=soil",
            "/my/documents?layout=gallery",
        )

    def test_library_beyond_its_end(self):
        """A very large library is turned over so far and no farther, says so, and is found by narrowing."""
        documents = type(self.env["client.document"])
        self.only(self.paper(), 170)
        self.authenticate("administrator_a", "administrator_a")
        self.assertNotIn("These are the first", self.url_open("/my/documents").text)
        with patch.object(documents, "_client_list_most", 160):
            first, last = (self.url_open(url).text for url in ("/my/documents", "/my/documents/page/99"))
            found = self.url_open("/my/documents?search=alder").text
        for page in (first, last, found):
            self.assertRegex(page, r"These are the first\s+160\.")
            self.assertNotIn("download=csv", page)
            self.assertEqual(page.count('class="cp-row"'), 80)
        self.assertNotIn("/my/documents/page/3", first)
        self.assertRegex(found, r"160\+\s+found")

    def test_number_on_the_home_page(self):
        """Of one client, counted as far as the list goes, with what is new since the last visit."""
        documents = self.as_user("administrator_a")["client.document"]
        self.only(self.paper(), 170)
        self.env["client.seen"].search([]).unlink()
        self.assertEqual(documents._client_numbers(self.client_a), (170, 0))
        self.assertEqual(documents._client_numbers(self.client_b), (0, 0))
        values = {"member_id": self.members["administrator_a"].id, "seen_on": "2020-01-01", "before_on": "2020-01-01"}
        self.env["client.seen"].create(values)
        self.assertEqual(documents._client_numbers(self.client_a), (170, 170))
        self.authenticate("administrator_a", "administrator_a")
        with patch.object(type(documents), "_client_list_most", 160):
            self.assertEqual(documents._client_numbers(self.client_a), (161, 161))
            self.assertRegex(self.url_open("/my").text, r"160\+</span>\s*<span[^>]*>Shared documents<")

    def test_rows_without_texts(self):
        """What is long is not read along with a row."""
        self.authenticate("administrator_a", "administrator_a")
        self.paper()
        self.url_open("/my/documents")
        with self.assertLogs("odoo.sql_db", "DEBUG") as logs:
            self.url_open("/my/documents")
        read = [line for line in logs.output if 'FROM "client_document"' in line and "SELECT" in line]
        self.assertTrue(read)
        self.assertFalse([line for line in read if '"search_text",' in line or '"description",' in line])
