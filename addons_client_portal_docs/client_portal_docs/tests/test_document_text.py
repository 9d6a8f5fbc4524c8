"""Text inside files: found by whoever may see the document, read by a job that no file keeps from the others."""

import io
import zipfile
from contextlib import suppress
from unittest.mock import patch

from psycopg2 import OperationalError

from odoo.tests import HttpCase, tagged

from odoo.addons.client_portal.models.client_letterhead import Letterhead
from odoo.addons.client_portal.tests.common import ClientPortalCommon

from ..models import client_reader, client_text, ir_attachment_text
from .boundary import hand_in
from .storage_common import elsewhere

BROKEN = b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 9 0 R >> nonsense"
WORD = '<w:document xmlns:w="w"><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:document>'


def docx(words):
    """The least of a Word document."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", WORD % words)
    return file.getvalue()


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentText(ClientPortalCommon, HttpCase):
    def pdf(self, *lines):
        sheet = Letterhead(self.env.company, "Survey", "today")
        for line in lines:
            sheet.text(line)
        return sheet.pdf()

    def share(self, content, name="survey.pdf", **values):
        document = self.env["client.document"].create({"name": "Paper", "client_id": self.client_a.id, **values})
        hand_in(document, name, content)
        document.action_client_publish()
        return document

    def state(self, document):
        return document.version_ids[-1:].sudo().attachment_id.client_text

    def run_job(self):
        """The job, as it runs by itself."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("client_portal_docs.client_text_cron").method_direct_trigger()
        self.env.invalidate_all()

    def found(self, actor, words):
        documents = self.env(user=self.users[actor], context={})["client.document"]
        return documents.search(documents._client_search_domain(words))

    def test_words_of_files_are_found_in_scope(self):
        """A PDF and an office file, in library and search, in no state and by nobody that they are not for."""
        paper = self.share(self.pdf("The willows were inspected from a rope.", "Ash: ﬁne."))
        letter = self.share(docx("Poplars topped"), "letter.docx")
        draft = self.env["client.document"].create({"name": "Draft", "client_id": self.client_a.id})
        hand_in(draft, "draft.pdf", self.pdf("willows of a draft"))
        withdrawn = self.share(self.pdf("willows withdrawn"))
        withdrawn.action_client_unpublish()
        newer = self.share(self.pdf("willows of an earlier version"))
        hand_in(newer, "newer.pdf", self.pdf("nothing of the kind"))
        newer.action_client_publish()
        self.assertEqual(self.state(paper), "waiting", "nothing is read while it comes in")
        self.assertFalse(self.found("viewer_a", "willows"))
        self.run_job()
        self.assertEqual((self.state(paper), self.state(letter)), ("read", "read"))
        self.assertEqual(self.found("viewer_a", "willows inspected fro"), paper)
        self.assertEqual(self.found("viewer_a", "willows"), paper)
        self.assertEqual(self.found("viewer_a", "fine"), paper, "a ligature is found as it is typed")
        self.assertEqual(self.found("viewer_a", "poplars"), letter)
        for actor in ("viewer_b", "site_viewer_a", "revoked"):
            self.assertFalse(self.found(actor, "willows"), actor)
        for actor, finds in (("viewer_a", True), ("viewer_b", False)):
            self.authenticate(actor, actor)
            for address in ("/my/documents?search=rope", "/my/search?search=willows"):
                self.assertEqual(paper._client_url() in self.url_open(address).text, finds, (actor, address))
        paper.action_client_unpublish()
        self.assertFalse(self.found("viewer_a", "willows"))

    def test_what_was_there_before_is_read(self):
        """After an upgrade nobody knows of any file whether there is text in it."""
        paper = self.share(self.pdf("Hornbeam hedge"))
        file = paper.current_id.sudo().attachment_id
        self.env.cr.execute("UPDATE ir_attachment SET client_text = NULL")
        self.env.invalidate_all()
        self.run_job()
        self.assertEqual(self.state(paper), "read")
        self.assertIn("Hornbeam", file.index_content)
        self.assertEqual(self.found("viewer_a", "hornbeam"), paper)

    def test_a_broken_file_is_read_once(self):
        broken, paper = self.share(BROKEN), self.share(self.pdf("Rowan berries"))
        self.run_job()
        self.assertEqual((self.state(broken), self.state(paper)), ("broken", "read"))
        with patch.object(ir_attachment_text, "read_text") as again:
            self.run_job()
        again.assert_not_called()

    def test_a_file_that_brings_the_server_down(self):
        """It gets a second chance, in case somebody pulled the plug, and no third one; then the others are read."""
        hostile, kept = self.share(BROKEN), []
        crash = patch.object(ir_attachment_text, "read_text", side_effect=OperationalError)
        commit = patch.object(
            type(self.env["ir.cron"]), "_commit_progress", side_effect=lambda *_done: kept.append(self.state(hostile))
        )
        for state in ("again", "broken"):
            with crash, commit, suppress(OperationalError):  # what is committed is not undone
                self.env["ir.attachment"]._cron_read_text()
            self.assertEqual(kept.pop(), state, "what is committed before it is read")
        with patch.object(ir_attachment_text, "read_text") as again:
            self.run_job()
        again.assert_not_called()
        self.assertEqual(self.state(hostile), "broken")

    def test_limits(self):
        """Size, memory and time; what was read until then counts."""
        large = self.share(self.pdf("Alders along the ditch"))
        self.env["ir.config_parameter"].set_param("client_portal_docs.text_megabytes", "0")
        self.run_job()
        self.assertEqual(self.state(large), "large")
        path = large.current_id.sudo().attachment_id._full_path(large.current_id.sudo().attachment_id.store_fname)
        self.assertEqual(client_text.read_text(path, "pdf", memory=32 * 1024**2), ("", False))
        with patch.object(client_reader, "_STARTING", 0):
            self.assertEqual(client_text.read_text(path, "pdf", seconds=0), ("", False))
        with patch.object(client_text, "MOST_LETTERS", 3):
            text, whole = client_text.read_text(path, "pdf")
        self.assertEqual((len(text), whole), (3, True))

    def test_evidence_and_other_storages(self):
        """Files that take no change are read as well, and such as lie in no file."""
        frozen = self.env["ir.attachment"].create({"name": "agreed.pdf", "raw": self.pdf("Agreed elms")})
        self.env.cr.execute(
            "UPDATE ir_attachment SET res_model = 'client.approval', res_field = 'decision_id' WHERE id = %s",
            [frozen.id],
        )
        self.env.invalidate_all()
        with elsewhere():
            kept = self.share(docx("Larches kept elsewhere"), "kept.docx")
            self.run_job()
        self.assertEqual((frozen.client_text, self.state(kept)), ("read", "read"))
        self.assertIn("Agreed elms", frozen.index_content)
        self.assertEqual(self.found("viewer_a", "larches"), kept)
