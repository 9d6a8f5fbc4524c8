"""First pages of PDFs: drawn once by a job that no file hurts, and given to whoever may read the file."""

import io
from contextlib import suppress
from unittest.mock import patch

from PIL import Image
from psycopg2 import OperationalError
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.client_portal.tests.common import ClientPortalCommon

from ..models import client_document_page, client_page, client_reader
from .boundary import hand_in
from .photo_common import picture
from .storage_common import elsewhere

BROKEN = b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 9 0 R >> nonsense"
NO_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)
A4 = (595, 842)
BUDGET = 19  # queries of the library as a gallery
LOUD = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


def pdf(*colors, size=A4, **options):
    """A page of each colour; its upper half is white."""
    file = io.BytesIO()
    sheet = Canvas(file, pagesize=size, **options)
    for color in colors:
        sheet.setFillColor(color)
        sheet.rect(0, 0, size[0], size[1] / 2, stroke=0, fill=1)
        sheet.showPage()
    sheet.save()
    return file.getvalue()


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentPage(ClientPortalCommon, HttpCase):
    def share(self, content, name="survey.pdf", **values):
        document = self.env["client.document"].create({"name": "Paper", "client_id": self.client_a.id, **values})
        hand_in(document, name, content)
        document.action_client_publish()
        return document

    def run_job(self):
        """The job, as it runs by itself."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("client_portal_docs.client_page_cron").method_direct_trigger()
        self.env.invalidate_all()

    def thumb(self, actor, document):
        if getattr(self, "_actor", None) != actor:
            self.authenticate(None if actor == "public" else actor, actor)
            self._actor = actor
        self.env.flush_all()
        with mute_logger(*LOUD):
            return self.url_open(f"/my/documents/{document.id}/thumb", allow_redirects=False)

    def seen(self, document):
        """(size, colour of the lower half) of what the client gets."""
        reply = self.thumb("viewer_a", document)
        self.assertEqual((reply.status_code, reply.headers["Content-Type"]), (200, "image/jpeg"))
        self.assertIn("private", reply.headers["Cache-Control"])
        with Image.open(io.BytesIO(reply.content)) as image:
            self.assertFalse(dict(image.getexif()))
            self.assertEqual([value > 250 for value in image.getpixel((9, 9))], [True] * 3, "the upper half is white")
            lower = image.getpixel((image.width // 2, image.height * 3 // 4))
            return image.size, "".join(
                letter for letter, value in zip("rgb", lower, strict=True) if value > 120
            )

    def test_the_first_page_of_the_current_version(self):
        document = self.share(pdf("red", "blue"))
        self.assertEqual(self.thumb("viewer_a", document).status_code, 404, "nothing is drawn within a request")
        self.run_job()
        self.assertEqual(self.seen(document), ((297, 420), "r"))
        hand_in(document, "newer.pdf", pdf("lime", "red", size=(842, 595)))
        self.run_job()
        self.assertEqual(self.seen(document)[1], "r", "nobody has shared the newer one yet")
        self.assertEqual(document.look_page_id, document.version_ids.sorted("number")[-1:], "staff see it")
        document.action_client_publish()
        self.assertEqual(self.seen(document), ((420, 297), "g"))
        hand_in(document, "words.txt", b"words")
        document.action_client_publish()
        self.assertEqual(self.thumb("viewer_a", document).status_code, 404)

    def test_files_that_cannot_be_drawn(self):
        """Each is marked once; the others are drawn all the same."""
        locked = pdf("red", encrypt=StandardEncryption("secret", ownerPassword="other"))
        bad = {"broken": self.share(BROKEN), "none": self.share(NO_PAGE), "locked": self.share(locked)}
        huge = self.share(pdf("blue", size=(10**6, 10**6)))
        thin = self.share(pdf("blue", size=(1, 10**6)))
        free = self.share(pdf("lime", encrypt=StandardEncryption("", ownerPassword="other")))
        self.run_job()
        states = {key: document.current_id.page_state for key, document in bad.items()}
        self.assertEqual(states, {"broken": "broken", "none": "broken", "locked": "locked"})
        self.assertEqual(self.seen(huge), ((420, 420), "b"))
        self.assertIn(thin.current_id.page_state, ("ready", "broken"))
        self.assertEqual(self.seen(free)[1], "g", "a password that only keeps from printing keeps nothing from sight")
        for document in bad.values():
            self.assertEqual(self.thumb("viewer_a", document).status_code, 404)
        with patch.object(client_document_page, "draw_page") as again:
            self.run_job()
        again.assert_not_called()

    def test_limits(self):
        """Size, memory, time, and a file that is gone."""
        document = self.share(pdf("red"))
        file = document.current_id.sudo().attachment_id
        path = file._full_path(file.store_fname)
        self.assertEqual(client_page.draw_page(path, memory=32 * 1024**2), (b"", "broken"))
        with patch.object(client_reader, "_STARTING", 0):
            self.assertEqual(client_page.draw_page(path, seconds=0), (b"", "broken"))
        self.env["ir.config_parameter"].set_param("client_portal_docs.text_megabytes", "0")
        self.run_job()
        self.assertEqual(document.current_id.page_state, "large")
        self.env["ir.config_parameter"].set_param("client_portal_docs.text_megabytes", "9")
        file.env.cr.execute("UPDATE ir_attachment SET store_fname = 'no/where' WHERE id = %s", [file.id])
        file.invalidate_recordset()
        with mute_logger("odoo.addons.base.models.ir_attachment"):
            document.current_id.sudo()._draw()
        self.assertEqual(document.current_id.page_state, "lost")

    def test_a_file_that_brings_the_server_down(self):
        """It gets a second chance, in case somebody pulled the plug, and no third one."""
        version, kept = self.share(pdf("red")).current_id, []
        crash = patch.object(client_document_page, "draw_page", side_effect=OperationalError)
        commit = patch.object(
            type(self.env["ir.cron"]), "_commit_progress", side_effect=lambda *_done: kept.append(version.page_state)
        )
        for state in ("again", "broken"):
            with crash, commit, suppress(OperationalError):  # what is committed is not undone
                self.env["client.document.version"]._cron_draw()
            self.assertEqual(kept.pop(), state, "what is committed before it is drawn")
            if state == "again":
                continue
            with patch.object(client_document_page, "draw_page") as again:
                self.run_job()
            again.assert_not_called()

    def test_what_was_there_before_is_drawn(self):
        """After an upgrade nothing is known of any version; the job goes on where it was ended."""
        documents = [self.share(pdf(color)) for color in ("red", "blue", "lime")]
        self.env.flush_all()
        self.env.cr.execute("UPDATE client_document_version SET page_state = NULL")
        self.env.cr.execute("UPDATE client_document SET cover_page = NULL")
        self.env.invalidate_all()
        self.patch(client_document_page, "AT_A_TIME", 2)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *_done, **_left: 0)  # time is over at once
        versions, soon = self.env["client.document.version"], []
        self.patch(type(versions), "_draw_soon", lambda _versions: soon.append(True))
        versions._cron_draw()
        self.assertEqual([document.cover_page for document in documents], [False, False, True], "the newest first")
        versions._cron_draw()
        self.assertEqual([document.cover_page for document in documents], [False, True, True])
        self.assertEqual(len(soon), 2)

    def test_whoever_may_not_read_the_file(self):
        """The same page that says no, whatever is the reason; and nobody by an address of Odoo's own."""
        document = self.share(pdf("red"), client_site_id=self.site_a_one.id)
        version = document.current_id.sudo()
        version._draw()
        stored = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", version._name), ("res_id", "=", version.id), ("res_field", "=", "page")]
        )
        self.assertTrue(stored)
        self.assertEqual(self.thumb("viewer_a", document).content, stored.raw)
        for actor in ("viewer_b", "revoked", "stock", "public"):
            self.assertNotIn("image", self.thumb(actor, document).headers["Content-Type"], actor)
        for change in ({"state": "superseded"}, {"state": "withdrawn"}, {"state": "published", "active": False}):
            document.write(change)
            self.assertEqual(self.thumb("viewer_a", document).status_code, 404, change)
        with self.assertRaises(UserError):
            version.with_user(self.env.ref("base.user_admin")).page = False

    def test_a_picture_that_is_gone_is_drawn_again(self):
        document = self.share(pdf("red"))
        document.current_id.sudo()._draw()
        stored = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "client.document.version"), ("res_field", "=", "page")], limit=1, order="id desc"
        )
        stored.env.cr.execute("UPDATE ir_attachment SET store_fname = 'no/where' WHERE id = %s", [stored.id])
        stored.invalidate_recordset()
        reported = []
        self.patch(type(document.current_id), "_client_page_lost", lambda version: reported.append(version.id))
        with mute_logger("odoo.addons.base.models.ir_attachment"):
            self.assertEqual(self.thumb("viewer_a", document).status_code, 410)
        self.assertEqual(reported, document.current_id.ids)

    def test_files_of_another_storage(self):
        with elsewhere():
            document = self.share(pdf("red"))
            self.run_job()
            with Image.open(io.BytesIO(self.thumb("viewer_a", document).content)) as image:
                self.assertEqual(image.size, (297, 420))

    def test_a_gallery_costs_the_same_however_many(self):
        first = self.share(pdf("red"))
        second = self.share(pdf("blue"))
        (first | second).current_id.sudo()._draw()
        self.env.flush_all()
        self.authenticate("administrator_a", "administrator_a")
        few = self.queries()
        self.assertLessEqual(few, BUDGET)
        drawn = self.env["client.document"].browse()
        for _number in range(78):
            drawn |= self.share(b"%PDF-1.4 as good as any")
        drawn.current_id.sudo()._page_is(picture("red"), "ready")
        self.env.flush_all()
        self.assertLessEqual(self.queries(), few)
        text = self.url_open(self.gallery).text
        self.assertEqual(text.count("cp-page-frame"), 80)
        self.assertIn(f'src="/my/documents/{first.id}/thumb"', text)
        self.assertNotIn('/thumb"', self.url_open("/my/documents?filterby=all").text, "a list shows none")

    gallery = "/my/documents?layout=gallery&filterby=all"

    def queries(self):
        for _warm in range(2):
            self.assertEqual(self.url_open(self.gallery).status_code, 200)
        before = self.cr.sql_log_count
        with self.assertNoLogs("odoo.http", "WARNING"):  # a write on the read-only cursor is retried with a warning
            self.url_open(self.gallery)
        return self.cr.sql_log_count - before
