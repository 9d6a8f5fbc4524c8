"""The demo world's documents: exact numbers, and nothing that was not shared."""

from odoo.tests import tagged

from odoo.addons.client_portal.tests.demo_world.world_common import WorldCase

from ...demo.story import GROUNDS, SHARED
from ...demo.world import build


@tagged("post_install", "-at_install")
class TestDocuments(WorldCase):
    def test_numbers(self):
        documents = self.as_user("helen")["client.document"]
        self.assertEqual(documents.search_count([]), SHARED)
        kinds = set(self.env["client.document"].browse(documents.search([]).ids).category_id.mapped("name"))
        self.assertLessEqual({"Report", "Certificate", "Photo set", "Form"}, kinds)
        self.assertEqual(self.as_user("pryce")["client.document"].search_count([]), 1)

    def test_the_library(self):
        self.authenticate("helen", "helen")
        text = self.text("/my/documents")
        for paper in GROUNDS:
            self.assertEqual(paper.title in text, paper.shared, paper.title)
        self.assertIn("Download this list", text)

    def test_words_inside_a_paper(self):
        """They stand in the PDF alone; the library and the search find it, and nobody else's."""
        certificate = self.book.get("document_arborist")
        for login, finds in (("dana", True), ("pryce", False)):
            self.authenticate(login, login)
            for address in ("/my/documents?search=inspected+from+the+ground", "/my/search?search=pruned"):
                self.assertEqual(certificate.name in self.text(address), finds, (login, address))

    def test_workspace(self):
        """What the newest eight updates say, and what stands below each."""
        self.authenticate("dana", "dana")
        self.assertEqual(self.tiles()["Shared documents"][0], SHARED)
        lines = self.recent()
        self.assertEqual(len(lines), 8)
        variation = self.book.get("quote_grounds_variation")
        for words, below in (
            ("Reserve pruning package completed", "8 geo-tagged photos · Coastal Reserve"),
            ("Variation quote for your review: Coastal access remediation", f"{variation.name} · Coastal Reserve"),
            ("Document shared: Reserve pruning package, completion report", "Coastal Reserve"),
            ("Document shared: Arborist's certificate, northern track", "Coastal Reserve"),
        ):
            self.assertEqual(lines.get(words), below, words)

    def test_certificates_of_every_state(self):
        self.authenticate("helen", "helen")
        text = self.text("/my/certificates")
        states = ("Tree safety", "valid until", "lapses", "lapsed", "none yet", "No valid one")
        for words in (*states, "Request renewal", "Request one"):
            self.assertIn(words, text)
        self.authenticate("luca", "luca")
        self.assertNotIn("Hill St park", self.text("/my/certificates"))

    def test_what_waits(self):
        """One document to be read, one file to be sent."""
        self.authenticate("dana", "dana")
        text = self.text("/my")
        for words in ("Please read: Contractor induction", "Please send: Load plate of the footbridge"):
            self.assertIn(words, text)
        self.assertIn("Load plate of the footbridge", self.text("/my/documents"))
        self.assertIn("Contractor induction", self.text("/my/documents?filterby=reading"))

    def test_earlier_versions(self):
        self.authenticate("dana", "dana")
        drawing = self.book.get("document_design")
        self.assertIn("Earlier versions", self.text(drawing._client_url()))

    def test_on_the_job(self):
        self.authenticate("dana", "dana")
        text = self.text(self.book.get("job_grounds_pruning")._client_url())
        self.assertIn("Reserve pruning package, photos", text)

    def test_photos(self):
        """Before and after, at the site and during the visit, with a plan."""
        self.authenticate("dana", "dana")
        album = self.book.get("document_pruning_photos")
        self.assertEqual((len(album.photo_ids), len(album.photo_ids.before_id)), (8, 3))
        self.assertEqual(set(album.photo_ids.mapped("verdict")), {"both"})
        self.assertEqual(set(self.env["client.photo"].search([]).mapped("made")), {"ready"})
        page = self.url_open(album._client_url()).text
        for words in ("Before and after", "Lindens at post 14, crowns lifted", "Plan of where the photos were taken"):
            self.assertIn(words, page)

    def test_a_second_build_changes_nothing(self):
        count = self.env["client.document.version"].search_count([])
        build(self.env)
        self.assertEqual(self.env["client.document.version"].search_count([]), count)
