"""Pictures leave as copies, by their document's gate: in no door is there anything the camera wrote."""

import hashlib
import io
import json
import zipfile

from PIL import Image

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.client_portal.models.client_access import ClientAccess
from odoo.addons.client_portal.tests.common import ClientPortalCommon

from ..models import client_document_gallery
from .photo_common import PhotoMixin, picture

LOUD = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
OUTSIDE = ("viewer_b", "revoked", "stock", "public")
BUDGET = 43  # queries of a gallery's page


@tagged("post_install", "-at_install", "client_portal")
class TestPhotoDoors(PhotoMixin, ClientPortalCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_place(cls)
        cls.set = cls.make_set(cls)
        cls.before = cls.add(cls, cls.set, picture(orientation=6), "a.jpg", stage="before", caption="The gate")
        cls.after = cls.add(cls, cls.set, picture("red"), "b.jpg", stage="after")
        cls.after.before_id = cls.before
        cls.alone = cls.add(cls, cls.set, picture("blue", at=(43.5, 11.9)), "c.jpg")
        cls.half = cls.add(cls, cls.set, picture(size=(300, 300))[:900], "half.jpg")
        cls.set.action_client_publish()
        cls.draft = cls.add(cls, cls.set, picture("yellow"), "d.jpg")
        cls.single = cls.picture_document(cls, picture("brown"), "single.jpg")
        cls.env.flush_all()

    def get(self, actor, path):
        if getattr(self, "_actor", None) != actor:
            self.authenticate(None if actor == "public" else actor, actor)
            self._actor = actor
        with mute_logger(*LOUD):
            return self.url_open(path, allow_redirects=False)

    def photo(self, number, tail):
        return f"/my/documents/{self.set.id}/photos/{number}/{tail}"

    def doors(self):
        return [
            *(self.photo(self.before.number, tail) for tail in ("thumb", "view", "download")),
            f"/my/documents/{self.set.id}/thumb",
            f"/my/documents/{self.single.id}/thumb",
            f"/my/documents/{self.single.id}/view",
            f"/my/documents/{self.single.id}/download",
            f"/my/documents/{self.single.id}/download/1",
        ]

    def clean(self, content):
        self.assertNotIn(b"SECRET", content)
        with Image.open(io.BytesIO(content)) as image:
            self.assertFalse(dict(image.getexif()))

    def test_every_door_gives_a_clean_copy(self):
        for door in self.doors():
            with self.subTest(door=door):
                reply = self.get("viewer_a", door)
                self.assertEqual(reply.status_code, 200)
                self.assertIn("private", reply.headers["Cache-Control"])
                self.clean(reply.content)

    def test_upright(self):
        content = self.get("viewer_a", self.photo(self.before.number, "download")).content
        with Image.open(io.BytesIO(content)) as image:
            self.assertEqual(image.size, (48, 64))

    def test_whoever_does_not_see_the_document(self):
        for actor in OUTSIDE:
            for door in self.doors():
                with self.subTest(actor=actor, door=door):
                    self.assertNotIn("image", self.get(actor, door).headers["Content-Type"])

    def test_stock_addresses_give_nothing(self):
        files = self.env["ir.attachment"].sudo().search(
            [("res_model", "in", ("client.photo", "client.document.version")), ("res_field", "!=", False)]
        )
        self.assertGreaterEqual(len(files), 10)
        tokens = {file.id: file._get_raw_access_token() for file in files}
        doors = [f"/web/{kind}/{i}?access_token={key}" for i, key in tokens.items() for kind in ("image", "content")]
        doors += [f"/web/image/client.photo/{self.before.id}/{name}" for name in ("thumbnail", "served", "preview")]
        bodies = {file.raw for file in files}
        for actor in ("administrator_a", "public"):
            for door in doors:
                self.assertNotIn(self.get(actor, door).content, bodies, f"{actor} {door}")

    def test_a_draft_and_a_withdrawn_one(self):
        self.assertEqual(self.get("viewer_a", self.photo(self.draft.number, "thumb")).status_code, 404)
        self.alone.state = "withdrawn"
        self.env.flush_all()
        for tail in ("thumb", "view", "download"):
            self.assertEqual(self.get("viewer_a", self.photo(self.alone.number, tail)).status_code, 404)
        self.set.action_client_unpublish()
        self.env.flush_all()
        self.assertEqual(self.get("viewer_a", self.photo(self.before.number, "view")).status_code, 404)
        self.assertEqual(self.get("viewer_a", f"/my/documents/{self.set.id}/photos/zip").status_code, 404)

    def test_the_zip_says_which_digest_is_which(self):
        reply = self.get("viewer_a", f"/my/documents/{self.set.id}/photos/zip")
        with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
            told = json.loads(archive.read("manifest.json"))
            for row in told["documents"]:
                content = archive.read(row["file"])
                self.clean(content)
                self.assertEqual(hashlib.sha256(content).hexdigest(), row["sha256"])
                self.assertEqual(len(content), row["size"])
        self.assertEqual(len(told["documents"]), 3)
        originals = {row["original_sha256"] for row in told["documents"]}
        self.assertEqual(originals, {photo.sha256 for photo in (self.before, self.after, self.alone)})
        self.assertEqual([row["file"] for row in told["left_out"]], ["half.jpg"])

    def test_the_zip_of_a_list(self):
        reply = self.get("viewer_a", "/my/documents/zip?search=single.jpg")
        with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
            self.clean(archive.read("single.jpg"))
            (row,) = json.loads(archive.read("manifest.json"))["documents"]
        self.assertEqual(row["original_sha256"], self.single.version_ids.sha256)
        self.assertNotEqual(row["sha256"], row["original_sha256"])

    def test_before_it_is_made_there_is_nothing_to_get(self):
        document = self.picture_document(picture("pink"), "new.jpg", make=False)
        reply = self.get("viewer_a", f"/my/documents/{document.id}/download")
        self.assertEqual(reply.status_code, 503)
        self.assertNotIn(b"SECRET", reply.content)
        self.assertEqual(self.get("viewer_a", f"/my/documents/{document.id}/thumb").status_code, 404)
        page = self.get("viewer_a", f"/my/documents/{document.id}")
        self.assertIn("being prepared", page.text)
        self.assertIn(b"left_out", self.get("viewer_a", "/my/documents/zip?search=new.jpg").content)

    def test_the_gallery(self):
        text = self.get("viewer_a", f"/my/documents/{self.set.id}").text
        for words in (
            "Before and after",
            "The gate",
            "At the site, during the visit",
            "Does not fit",
            "This picture is damaged.",
            "Plan of where the photos were taken",
            "The site: 492 ft around its position",
            'class="cp-plan-ring"',
            f"#photo-{self.alone.number}",
        ):
            self.assertIn(words, text)
        self.assertNotIn(self.photo(self.draft.number, "thumb"), text)
        self.assertNotIn("SECRET", text)

    def test_a_long_set_has_pages(self):
        self.patch(client_document_gallery, "PHOTOS_SHOWN", 2)
        first, second = (self.get("viewer_a", f"/my/documents/{self.set.id}?photos={n}").text for n in ("0", "2"))
        self.assertIn(self.photo(self.before.number, "thumb"), first)
        self.assertIn(self.photo(self.after.number, "thumb"), first, "a pair stays together")
        self.assertNotIn("This picture is damaged.", first)
        self.assertIn("This picture is damaged.", second)
        for odd in ("9", "-1", "x", "٣", "9" * 30):
            self.assertEqual(self.get("viewer_a", f"/my/documents/{self.set.id}?photos={odd}").status_code, 200)

    def test_one_picture(self):
        text = self.get("viewer_a", f"/my/documents/{self.single.id}").text
        self.assertIn("At the site, during the visit", text)
        self.assertIn(self.single.version_ids.sha256, text)
        self.assertIn(self.single.version_ids.photo_ids.served_sha256, text)

    def test_the_list_as_a_gallery(self):
        text = self.get("viewer_a", "/my/documents?layout=gallery&filterby=all").text
        self.assertIn(f'src="/my/documents/{self.set.id}/thumb"', text)
        self.assertIn('name="layout" value="gallery"', text, "a search stays in the gallery")
        self.assertNotIn("/thumb\"", self.get("viewer_a", "/my/documents?layout=else").text)

    def test_looks_are_in_the_journal(self):
        written = []
        self.patch(ClientAccess, "_later", lambda _journal, row: written.append((row["kind"], row.get("photo"))))
        for tail in ("thumb", "view", "download"):
            self.get("viewer_a", self.photo(self.after.number, tail))
        self.assertEqual(written, [("view", self.after.number), ("download", self.after.number)])

    def test_a_gallery_costs_the_same_however_long_and_writes_nothing(self):
        self.authenticate("administrator_a", "administrator_a")
        before = self.queries(f"/my/documents/{self.set.id}")
        for number in range(6):
            self.add(self.set, picture("navy", at=(43.46 + number / 1000, 11.88)), f"m{number}.jpg", state="published")
        self.env.flush_all()
        after = self.queries(f"/my/documents/{self.set.id}")
        self.assertLessEqual(after, before)
        self.assertLessEqual(before, BUDGET)

    def queries(self, url):
        for _warm in range(2):
            self.assertEqual(self.url_open(url).status_code, 200)
        before = self.cr.sql_log_count
        with self.assertNoLogs("odoo.http", "WARNING"):  # a write on the read-only cursor is retried with a warning
            self.url_open(url)
        return self.cr.sql_log_count - before
