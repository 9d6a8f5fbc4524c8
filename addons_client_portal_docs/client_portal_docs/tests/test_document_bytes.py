"""How bytes leave: behind the gate, logged, streamed. Who gets them by which address: ``test_document_truth.py``."""

import hashlib
import io
import json
import tempfile
import zipfile
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import config, mute_logger

from odoo.addons.client_portal.models.client_access import ClientAccess
from odoo.addons.client_portal.tests.common import ClientPortalCommon

from ..models.client_document_bundle import zipped
from .boundary import hand_in

LOUD = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
WORDS = b"The very words of the report"


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentBytes(ClientPortalCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.env["client.document"].create({"name": "Alder audit", "client_id": cls.client_a.id})
        cls.version = hand_in(cls.document, "audit.txt", WORDS)
        cls.document.action_client_publish()
        cls.env.flush_all()

    def get(self, actor, path, **headers):
        if getattr(self, "_actor", None) != actor:
            self.authenticate(None if actor == "public" else actor, actor)
            self._actor = actor
        with mute_logger(*LOUD):
            return self.url_open(path, allow_redirects=False, headers=headers or None)

    def url(self, tail="download"):
        return f"/my/documents/{self.document.id}/{tail}"

    def test_a_member_downloads_it(self):
        reply = self.get("viewer_a", self.url())
        self.assertEqual(reply.status_code, 200)
        self.assertEqual(reply.content, WORDS)
        self.assertIn("attachment", reply.headers["Content-Disposition"])
        self.assertEqual(reply.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("private", reply.headers["Cache-Control"])
        self.assertEqual(reply.headers["Content-Security-Policy"], "default-src 'none'")

    def test_ranges_and_caches(self):
        part = self.get("viewer_a", self.url(), Range="bytes=4-7")
        self.assertEqual((part.status_code, part.content), (206, WORDS[4:8]))
        tag = part.headers["ETag"]
        self.assertEqual(self.get("viewer_a", self.url(), **{"If-None-Match": tag}).status_code, 304)
        self.document.action_client_unpublish()
        self.env.flush_all()
        self.assertEqual(self.get("viewer_a", self.url(), **{"If-None-Match": tag}).status_code, 404)

    def test_earlier_versions_only_where_shown(self):
        hand_in(self.document, "audit.txt", b"newer")
        self.document.action_client_publish()
        self.env.flush_all()
        self.assertEqual(self.get("viewer_a", self.url()).content, b"newer")
        self.assertEqual(self.get("viewer_a", self.url("download/1")).status_code, 404)
        self.document.show_history = True
        self.env.flush_all()
        self.assertEqual(self.get("viewer_a", self.url("download/1")).content, WORDS)
        self.version.action_withdraw()
        self.env.flush_all()
        self.assertEqual(self.get("viewer_a", self.url("download/1")).status_code, 404)

    def test_a_version_that_is_not_shared_yet(self):
        self.document.show_history = True
        hand_in(self.document, "audit.txt", b"not yet")
        self.env.flush_all()
        self.assertEqual(self.get("viewer_a", self.url("download/2")).status_code, 404)
        self.assertEqual(self.get("viewer_a", self.url()).content, WORDS)

    def test_only_harmless_kinds_are_shown_in_the_page(self):
        self.assertEqual(self.get("viewer_a", self.url("view")).content, WORDS)
        hand_in(self.document, "audit.txt", b"<html><script>alert(1)</script></html>")
        self.document.action_client_publish()
        self.env.flush_all()
        self.assertEqual(self.get("viewer_a", self.url("view")).status_code, 404)
        reply = self.get("viewer_a", self.url())
        self.assertIn("attachment", reply.headers["Content-Disposition"])
        self.assertNotIn("html", reply.headers["Content-Type"])
        page = self.get("viewer_a", f"/my/documents/{self.document.id}").text
        self.assertIn("not shown in the page", page)

    def test_text_is_shown_as_text(self):
        hand_in(self.document, "audit.txt", b"one < two & three")
        self.document.action_client_publish()
        self.env.flush_all()
        self.assertIn("one &lt; two &amp; three", self.get("viewer_a", f"/my/documents/{self.document.id}").text)

    def test_a_lost_file_says_so_and_tells_staff(self):
        file = self.version.attachment_id
        self.env.cr.execute("UPDATE ir_attachment SET store_fname = 'no/where' WHERE id = %s", [file.id])
        self.env.invalidate_all()
        with mute_logger("odoo.addons.client_portal_docs.models.client_document_send"):
            reply = self.get("viewer_a", self.url())
        self.assertEqual(reply.status_code, 410)
        self.assertIn("cannot be delivered", reply.text)
        with mute_logger("odoo.addons.client_portal_docs.models.client_document_send"):
            page = self.get("viewer_a", f"/my/documents/{self.document.id}")
        self.assertEqual(page.status_code, 200, "its page is up")
        self.assertIn("cannot be delivered right now. We have been told", page.text)
        with mute_logger("odoo.addons.client_portal_docs.models.client_document_send"):
            self.version._note_lost()
            self.version._note_lost()
        self.assertEqual(len(self.document.activity_ids), 1)
        self.assertFalse(self.document.activity_ids.user_id.share)

    def test_a_zip_without_a_lost_file(self):
        """One that is gone is named in the manifest, and costs nobody the others."""
        other = self.env["client.document"].create({"name": "Alder audit, annex", "client_id": self.client_a.id})
        hand_in(other, "annex.txt", b"annex")
        other.action_client_publish()
        file = self.version.attachment_id
        self.env.cr.execute("UPDATE ir_attachment SET store_fname = 'no/where' WHERE id = %s", [file.id])
        self.env.invalidate_all()
        with mute_logger("odoo.addons.client_portal_docs.models.client_document_send"):
            reply = self.get("viewer_a", "/my/documents/zip?search=Alder+audit")
            alone = self.get("viewer_a", "/my/documents/zip?search=words")
        with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
            self.assertEqual(archive.namelist(), ["annex.txt", "manifest.json"])
            [left_out] = json.loads(archive.read("manifest.json"))["left_out"]
        self.assertEqual((left_out["title"], left_out["file"]), ("Alder audit", "audit.txt"))
        self.assertEqual(alone.status_code, 410)
        self.assertIn("We have been told", alone.text)

    def test_a_server_in_front_sends_the_file(self):
        """With X-Sendfile the gate and the journal stay, and the bytes are not ours to send."""
        written = []
        self.patch(ClientAccess, "_later", lambda _journal, row: written.append(row["kind"]))
        with patch.dict(config.options, x_sendfile=True):
            for tail in ("download", "view"):
                reply = self.get("viewer_a", self.url(tail))
                place = self.version.attachment_id.sudo().store_fname
                self.assertTrue(reply.headers["X-Accel-Redirect"].startswith("/web/filestore/"))
                self.assertTrue(reply.headers["X-Accel-Redirect"].endswith(place))
                self.assertEqual((reply.content, reply.headers["Content-Length"]), (b"", "0"))
            for actor in ("viewer_b", "revoked", "public"):
                self.assertNotIn("X-Accel-Redirect", self.get(actor, self.url()).headers)
        self.assertEqual(written, ["download", "view"])

    def test_every_look_is_in_the_journal_with_the_version(self):
        written = []
        self.patch(ClientAccess, "_later", lambda _journal, row: written.append(row))  # at the end of a real request
        for tail in ("", "/view", "/download"):
            self.get("viewer_a", f"/my/documents/{self.document.id}{tail}")
        self.assertEqual([row["kind"] for row in written], ["open", "view", "download"])
        self.assertEqual([row.get("version") for row in written], [None, 1, 1])
        self.env["client.access"]._append([{"staff_id": 0, **row} for row in written])
        staff = self.users["manager"]
        staff.group_ids += self.env.ref("base.group_allow_export")
        mine = self.document.with_user(staff).action_client_journal()["domain"]
        rows = self.env["client.access"].with_user(staff).search(mine, order="id")
        cells = rows.export_data(["what", "record_name", "version"])["datas"]
        looks = (("Opened", 0), ("Viewed", 1), ("Downloaded", 1))
        self.assertEqual(cells, [[what, "Alder audit", version] for what, version in looks], "as Odoo exports a list")
        self.get("viewer_b", self.url())
        self.assertEqual(len(written), 3, "who is refused has looked at nothing")

    def test_a_list_as_one_zip_with_a_manifest(self):
        other = self.env["client.document"].create({"name": "Alder audit, annex", "client_id": self.client_a.id})
        hand_in(other, "AUDIT.txt", b"annex")
        other.action_client_publish()
        self.env.flush_all()
        reply = self.get("viewer_a", "/my/documents/zip?search=Alder+audit&sortby=name")
        self.assertEqual(reply.headers["Content-Type"], "application/zip")
        with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
            self.assertIsNone(archive.testzip())
            self.assertEqual(archive.namelist(), ["audit.txt", "AUDIT (2).txt", "manifest.json"])
            rows = json.loads(archive.read("manifest.json"))["documents"]
            for row in rows:
                content = archive.read(row["file"])
                self.assertEqual(hashlib.sha256(content).hexdigest(), row["sha256"])
                self.assertEqual(len(content), row["size"])
        self.assertEqual([row["title"] for row in rows], ["Alder audit", "Alder audit, annex"])

    def test_a_zip_holds_what_one_sees_and_no_more(self):
        for actor, gets in (("viewer_a", True), ("site_viewer_a", False), ("viewer_b", False), ("revoked", False)):
            reply = self.get(actor, "/my/documents/zip?search=Alder+audit")
            with self.subTest(actor=actor):
                self.assertEqual(WORDS in reply.content, gets)
        self.document.action_client_unpublish()
        self.env.flush_all()
        self.assertEqual(self.get("viewer_a", "/my/documents/zip?search=Alder+audit").status_code, 404)

    def test_a_zip_of_what_was_chosen(self):
        """The list and the gallery offer it; what is foreign, hidden or none is not in it and looks all the same."""
        made = {}
        for key, client in (("annex", self.client_a), ("draft", self.client_a), ("foreign", self.client_b)):
            made[key] = self.env["client.document"].create({"name": f"Chosen {key}", "client_id": client.id})
            hand_in(made[key], f"{key}.txt", key.encode())
            if key != "draft":
                made[key].action_client_publish()
        self.env.flush_all()
        for layout in ("", "gallery"):
            page = self.get("viewer_a", f"/my/documents?layout={layout}").text
            self.assertEqual(page.count('name="ids"'), page.count('form="cp_pick"'))
            self.assertIn(f'value="{made["annex"].id}"', page)
            self.assertIn('action="/my/documents/zip"', page)
        written = []
        self.patch(ClientAccess, "_later", lambda _journal, row: written.append(row))
        chosen = "&".join(f"ids={value}" for value in (made["annex"].id, made["draft"].id, made["foreign"].id, "x", 0))
        reply = self.get("viewer_a", f"/my/documents/zip?{chosen}")
        with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
            self.assertEqual(archive.namelist(), ["annex.txt", "manifest.json"])
        self.assertEqual([(row["kind"], row["res_id"]) for row in written], [("zip", made["annex"].id)])
        for ids in (made["draft"].id, made["foreign"].id, 0, "x"):
            self.assertEqual(self.get("viewer_a", f"/my/documents/zip?ids={ids}").status_code, 404, ids)

    def test_a_zip_of_too_many_says_so(self):
        self.env["ir.config_parameter"].set_param("client_portal_docs.zip_documents", "1")
        self.env.flush_all()
        reply = self.get("viewer_a", "/my/documents/zip")
        self.assertEqual(reply.status_code, 422)
        self.assertIn("Narrow the list", reply.text)

    def test_a_zip_is_made_piece_by_piece(self):
        """However large a file, no more than a piece of it is in memory at a time."""
        with tempfile.NamedTemporaryFile() as file:
            file.truncate(64 * 1024 * 1024)
            largest = total = 0
            for piece in zipped([("large.bin", file.name)]):
                largest, total = max(largest, len(piece)), total + len(piece)
        self.assertGreater(total, 64 * 1024 * 1024)
        self.assertLess(largest, 2 * 1024 * 1024)
