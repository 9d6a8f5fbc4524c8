"""Files made to do harm, and storage that fails: kept as what they are, or not at all."""

import base64
import io
import os
import tracemalloc
import zipfile
from unittest.mock import patch

from PIL import Image
from werkzeug.datastructures import FileStorage

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.mimetypes import _odoo_guess_mimetype

from odoo.addons.base.models.ir_attachment import IrAttachment
from odoo.addons.client_portal.models import client_upload
from odoo.addons.client_portal.models.ir_attachment_storage import StorageFailed
from odoo.addons.client_portal.tests.common import ClientPortalCommon

from ..models import client_document_version
from ..models.client_document_send import SHOWN_TYPES
from .boundary import PNG, hand_in
from .storage_common import elsewhere, full_disk

LOUD = ("odoo.addons.base.models.ir_attachment", "odoo.addons.client_portal.models.ir_attachment_storage")
RUN = b"<html><script>alert(1)</script></html>"
PDF, GIF = b"%PDF-1.4\n" + RUN, b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//" + RUN


def bomb(compression):
    """A small archive that says it is an Office document and unpacks to 64 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("mimetype", b"a" * 64 * 1024 * 1024)
    return file.getvalue()


def noise():
    """A picture that takes its room on a disk."""
    file = io.BytesIO()
    Image.frombytes("RGB", (200, 200), os.urandom(120_000)).save(file, "PNG")
    return file.getvalue()


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentHostile(ClientPortalCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.env["client.document"].create({"name": "Alder plan", "client_id": cls.client_a.id})

    def _get(self, tail):
        self.document.action_client_publish()
        self.env.flush_all()
        self.authenticate("viewer_a", "viewer_a")
        return self.url_open(f"/my/documents/{self.document.id}/{tail}", allow_redirects=False)

    def test_two_kinds_at_once_are_served_as_one(self):
        hand_in(self.document, "plan.pdf", PDF)
        for tail in ("view", "download"):
            with self.subTest(tail=tail):
                reply = self._get(tail)
                self.assertEqual(reply.status_code, 200)
                self.assertEqual(reply.headers["Content-Type"].partition(";")[0], "application/pdf")
                self.assertEqual(reply.headers["X-Content-Type-Options"], "nosniff")
                self.assertIn("default-src 'none'", reply.headers["Content-Security-Policy"])

    def test_a_picture_that_is_none_stays_inside(self):
        """What leaves of a picture is made anew from its pixels, and of this nothing can be made."""
        version = hand_in(self.document, "map.gif", GIF)
        for made, status in ((False, 503), (True, 415)):
            if made:
                version.photo_ids._make()
            for tail in ("view", "download"):
                with self.subTest(tail=tail, made=made):
                    reply = self._get(tail)
                    self.assertEqual(reply.status_code, status)
                    self.assertNotIn(b"alert(1)", reply.content)

    def test_names_cannot_speak_in_headers(self):
        version = hand_in(self.document, 'C:\\x\\a\u202efdp"\r\nSet-Cookie: x=1;.txt', b"words")
        self.assertEqual(version.name, 'afdp"Set-Cookie: x=1;.txt')
        reply = self._get("download")
        self.assertEqual(reply.status_code, 200)
        self.assertNotIn("x", reply.cookies)
        self.assertNotIn("\u202e", reply.headers["Content-Disposition"])

    def test_a_bomb_is_not_unpacked(self):
        """Odoo's own guess, where no libmagic is installed, would unpack it."""
        for module in (client_upload, client_document_version):
            self.patch(module, "guess_mimetype", _odoo_guess_mimetype)
        for compression in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2):
            content = bomb(compression)
            tracemalloc.start()
            try:
                version = hand_in(self.document, "plan.odt", content)
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
            with self.subTest(compression=compression):
                self.assertNotIn(version.mimetype, SHOWN_TYPES)
                self.assertLess(peak, 16 * 1024 * 1024)

    def test_an_office_document_is_still_one(self):
        kind = "application/vnd.oasis.opendocument.text"
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("mimetype", kind)
            archive.writestr("content.xml", "<x/>", zipfile.ZIP_DEFLATED)
        self.assertEqual(hand_in(self.document, "plan.odt", file.getvalue()).mimetype, kind)

    def test_a_storage_that_lies_keeps_nothing(self):
        """What the storage holds only in part, or not at all, without a word, is no version."""
        write = IrAttachment._file_write

        def half(files, content, checksum):
            return write(files, content[: len(content) // 2], checksum)

        def nothing(_files, _content, _checksum):
            return "no/where"

        for fails in (half, nothing):
            with self.subTest(fails.__name__), patch.object(IrAttachment, "_file_write", fails):
                with mute_logger("odoo.addons.base.models.ir_attachment"), self.assertRaises(UserError) as refused:
                    hand_in(self.document, "plan.txt", f"words for {fails.__name__}".encode())
                self.assertIn("could not be stored", str(refused.exception))
            self.assertFalse(self.document.version_ids)

    def test_a_full_disk_keeps_nothing(self):
        """Whatever way staff hand a file in: told in words, and the same file goes in once there is room."""
        files, task = self.env["ir.attachment"], self.task_a_one
        content = noise()
        upload = FileStorage(io.BytesIO(content), filename="photo.png")
        ways = {
            "form": lambda: self.document.write({"file_name": "a.png", "file": base64.b64encode(content)}),
            "drop": lambda: self.document._drop([("a.png", content)], task._name, task.id),
            "phone": lambda: self.document._capture(task, upload, {}),
            "chatter": lambda: files.create({"name": "a.png", "raw": content, "res_model": task._name}),
        }
        for way, act in ways.items():
            with self.subTest(way), full_disk(), mute_logger(*LOUD), self.assertRaises(StorageFailed):
                act()
            upload.seek(0)
        self.assertFalse(self.document.version_ids)
        for act in ways.values():
            act()
        self.assertEqual(self.document.version_ids.attachment_id.sudo().raw, content)

    def test_bytes_that_lie_elsewhere(self):
        """A storage that an extension brings: handed in, shown, packed, and told of when they are gone."""
        with elsewhere() as held:
            hand_in(self.document, "plan.txt", b"words kept elsewhere")
            photo = self.document._add_photo(self.env["ir.attachment"].sudo().create({"name": "x.png", "raw": PNG}))
            photo._make()
            self.assertEqual(self._get("download").content, b"words kept elsewhere")
            self.assertEqual(self._get("photos/1/view").status_code, 200)
            page = self.url_open(f"/my/documents/{self.document.id}").text
            self.assertIn("words kept elsewhere", page)
            with zipfile.ZipFile(io.BytesIO(self._get("photos/zip").content)) as archive:
                self.assertIsNone(archive.testzip())
                self.assertEqual(len(archive.namelist()), 3)
            held.clear()
            with mute_logger("odoo.addons.client_portal_docs.models.client_document_send"):
                self.assertEqual(self._get("download").status_code, 410)
            self.assertEqual(self.url_open(f"/my/documents/{self.document.id}").status_code, 200)
