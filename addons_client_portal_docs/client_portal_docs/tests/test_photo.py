"""Photos: what they say of where and when, what is made of them, and whether they fit."""

import base64
import hashlib
import io
from datetime import datetime

import psycopg2
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.client_portal.tests.common import ClientPortalCommon

from .photo_common import EVERY_SECRET, HARBOUR, PhotoMixin, picture

ATTACHMENTS = "odoo.addons.base.models.ir_attachment"
NEAR, FAR = (43.4680, 11.8855), (43.50, 11.90)
IN, OUT = "2026:11:18 09:30:00", "2026:11:25 09:30:00"
# (where the camera was, its clock, stage) -> verdict of a photo of the job
TRUTH = {
    (NEAR, IN, False): "both",
    (NEAR, None, False): "place",
    (None, IN, False): "time",
    (None, None, False): "unknown",
    (FAR, IN, False): "conflict",
    (FAR, None, False): "conflict",
    (NEAR, OUT, False): "conflict",
    (None, OUT, False): "conflict",
    (FAR, OUT, False): "conflict",
    (NEAR, "2026:11:10 09:00:00", "before"): "place",
    (None, "2026:11:10 09:00:00", "before"): "unknown",
    (NEAR, "2026:11:10 09:00:00", "after"): "conflict",
    (NEAR, "2026:11:18 06:30:00", False): "both",
    (NEAR, "2026:11:18 05:30:00", False): "conflict",
    (NEAR, "2026:11:18 13:45:00", False): "both",
    ((0.0, 0.0), IN, False): "time",
}


@tagged("post_install", "-at_install", "client_portal")
class TestPhoto(PhotoMixin, ClientPortalCommon):
    def setUp(self):
        super().setUp()
        self.make_place()
        self.set = self.make_set()

    # --------------------------------------------------------------------- where and when

    def test_verdicts(self):
        for number, ((at, clock, stage), expected) in enumerate(TRUTH.items()):
            photo = self.add(self.set, picture(at=at, clock=clock), f"{number}.jpg", stage=stage)
            with self.subTest(at=at, clock=clock, stage=stage):
                self.assertEqual(photo.verdict, expected)

    def test_without_a_site_or_visit_nothing_is_claimed(self):
        photo = self.add(self.set, picture(at=NEAR))
        self.task_a_one.write({"client_visit_start": False, "client_visit_end": False})
        self.assertEqual(photo._truth(self.set._photo_truth())["verdict"], "place")
        self.site_a_one.write({"partner_latitude": 0, "partner_longitude": 0})
        self.assertEqual(photo._truth(self.set._photo_truth())["verdict"], "unknown")

    def test_the_radius_is_the_sites(self):
        photo = self.add(self.set, picture(at=(HARBOUR[0] + 0.002, HARBOUR[1])))  # some 220 m
        self.assertEqual(photo.verdict, "conflict")
        self.site_a_one.client_site_radius = 300
        photo.invalidate_recordset(["verdict"])
        self.assertEqual(photo.verdict, "both")
        for lang, words in (("en_US", "722 ft"), ("de_DE", "220 m")):
            self.env["res.lang"]._activate_lang(lang)
            self.assertIn(words, photo.with_context(lang=lang)._metres(220), "as the scale of the plan beside it")

    def test_a_photo_from_the_future(self):
        photo = self.add(self.set, picture(at=NEAR, clock="2099:01:01 00:00:00"))
        self.assertEqual(photo.verdict, "conflict")
        self.assertIn("after the moment it was handed in", photo.verdict_words)

    def test_device_and_camera_stay_apart(self):
        told = {"device_latitude": FAR[0], "device_longitude": FAR[1], "device_placed": True}
        photo = self.add(self.set, picture(at=NEAR), **told, device_on="2026-11-20 10:00:00")
        self.assertEqual((photo.verdict, round(photo.latitude, 3)), ("both", 43.468), "the camera counts")
        self.assertEqual(round(photo.device_latitude, 3), FAR[0])
        told.update(device_latitude=NEAR[0], device_longitude=NEAR[1])
        silent = self.add(self.set, picture("red", at=None), **told)
        self.assertEqual(silent.verdict, "both")
        self.assertIn("Sent from the site by a phone", silent.verdict_words)
        self.assertFalse(silent.placed)

    def test_clocks(self):
        self.assertEqual(self.add(self.set, picture(offset="+02:00")).taken_on, datetime(2026, 11, 18, 7, 30))
        self.site_a_one.tz = "America/New_York"
        local = self.add(self.set, picture("red", offset=None))
        self.assertEqual((local.taken_on, local.taken_by), (datetime(2026, 11, 18, 14, 30), "clock"))

    # --------------------------------------------------------------------- making

    def test_what_is_kept_and_what_is_made(self):
        content = picture(size=(2400, 1800))
        photo = self.add(self.set, content)
        self.assertEqual(photo.sha256, hashlib.sha256(content).hexdigest(), "the original, as it was handed in")
        self.assertEqual(photo.attachment_id.sudo().raw, content)
        served = base64.b64decode(photo.sudo().served)
        self.assertEqual(photo.served_sha256, hashlib.sha256(served).hexdigest())
        self.assertNotEqual(photo.served_sha256, photo.sha256)
        for name, side in (("served", 2400), ("preview", 1600), ("thumbnail", 420)):
            with Image.open(io.BytesIO(base64.b64decode(photo.sudo()[name]))) as image:
                self.assertEqual(max(image.size), side, name)

    def test_the_job_makes_what_waits(self):
        photo = self.add(self.set, picture(), make=False)
        broken = self.add(self.set, picture(size=(300, 300))[:900], "half.jpg", make=False)
        self.assertEqual((photo.made, broken.made), ("waiting", "waiting"))
        with self.enter_registry_test_mode():
            self.env.ref("client_portal_docs.client_photo_cron").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((photo.made, broken.made), ("ready", "broken"))

    def test_the_job_rests_when_nothing_waits(self):
        cron = self.env.ref("client_portal_docs.client_photo_cron")
        triggers = [("cron_id", "=", cron.id)]
        self.env["ir.cron.trigger"].search(triggers).unlink()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(self.env["ir.cron.trigger"].search(triggers))

    def test_a_large_file_is_refused_and_says_so(self):
        self.env["ir.config_parameter"].set_param("client_portal_docs.photo_pixels", "1000")
        self.assertEqual(self.add(self.set, picture()).made, "large")

    def test_a_missing_original(self):
        photo = self.add(self.set, picture(), make=False)
        self.env.cr.execute("UPDATE ir_attachment SET store_fname = 'no/where' WHERE id = %s", [photo.attachment_id.id])
        self.env.invalidate_all()
        with mute_logger("odoo.addons.client_portal_docs.models.client_photo_make", ATTACHMENTS):
            photo._make()
        self.assertEqual(photo.made, "lost")

    def test_pictures_from_before_are_found(self):
        document = self.picture_document(picture(), make=False)
        document.version_ids.photo_ids.unlink()
        self.env["client.photo"]._adopt()
        self.assertEqual(len(document.version_ids.photo_ids), 1)

    def test_only_pictures(self):
        with self.assertRaises(UserError):
            self.add(self.set, b"words", "words.jpg")
        self.assertFalse(self.set.photo_ids)

    # --------------------------------------------------------------------- evidence

    def test_what_is_told_stays(self):
        photo = self.add(self.set, picture()).with_user(self.users["manager"])
        photo.write({"caption": "The gate", "stage": "before"})
        for vals in ({"taken_on": "2026-01-01"}, {"latitude": 1.0}, {"sha256": "x"}, {"device_placed": True}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                photo.write(vals)
        with self.assertRaises(psycopg2.Error), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE client_photo SET sha256 = 'x' WHERE id = %s", [photo.id])
        with self.assertRaises(AccessError):
            self.env["client.photo"].with_user(self.users["manager"]).create({"document_id": self.set.id})

    def test_the_files_behind_stay(self):
        photo = self.add(self.set, picture())
        copies = self.env["ir.attachment"].search([("res_model", "=", "client.photo"), ("res_id", "=", photo.id)])
        self.assertTrue(photo.attachment_id)
        for file in (photo.attachment_id | copies).with_user(self.users["manager"]):
            for act in (lambda file=file: file.write({"raw": b"other"}), file.unlink):
                with self.assertRaises(UserError):
                    act()

    def test_a_draft_goes_with_its_bytes(self):
        photo = self.add(self.set, picture())
        file = photo.attachment_id.sudo()
        self.set.with_user(self.users["manager"]).unlink()
        self.assertFalse(photo.exists())
        self.assertFalse(file.exists())

    def test_shared_ones_are_kept(self):
        photo = self.add(self.set, picture())
        self.set.action_client_publish()
        with self.assertRaises(UserError):
            photo.unlink()

    def test_pairs_are_of_one_set(self):
        before = self.add(self.set, picture(), stage="before")
        after = self.add(self.set, picture("red"), stage="after")
        after.before_id = before
        foreign = self.add(self.make_set(name="Other"), picture("blue"), stage="before")
        with self.assertRaises(UserError):
            after.before_id = foreign

    # --------------------------------------------------------------------- used elsewhere

    def test_pixels_of_another_job_are_flagged_to_staff(self):
        photo = self.add(self.set, picture(at=NEAR))
        self.assertFalse(photo.reused)
        again = self.add(self.make_set(name="Again"), picture(at=FAR))
        self.assertFalse(again.reused, "the same job may show it twice")
        other = self.make_set(self.task_a_two, "Elsewhere")
        copied = self.add(other, picture(at=FAR, clock=OUT))
        self.assertTrue(copied.reused)
        self.assertIn("exactly the pixels", "".join(other.message_ids.mapped("body")))
        self.assertIn(copied, self.env["client.photo"].search([("reused", "=", True)]))
        other.action_client_publish()
        row = copied._client_photo_row("", other._photo_truth())
        self.assertNotIn("pixels", str(row), "the client is told nothing")

    # --------------------------------------------------------------------- sets

    def test_a_set_is_shared_and_told(self):
        self.add(self.set, picture())
        self.assertFalse(self.sees("viewer_a", self.set))
        self.set.action_client_publish()
        self.env.flush_all()
        self.assertTrue(self.sees("viewer_a", self.set))
        more = self.add(self.set, picture("red"))
        kinds = self.env["client.update"].sudo().search([("res_model", "=", "client.document")]).mapped("kind")
        self.assertNotIn("document_photos", kinds)
        more.state = "published"
        kinds = self.env["client.update"].sudo().search([("res_model", "=", "client.document")]).mapped("kind")
        self.assertEqual(kinds.count("document_photos"), 1)
        self.set.photo_ids.state = "withdrawn"
        self.env.flush_all()
        self.assertFalse(self.sees("viewer_a", self.set), "nothing left to see")

    def test_an_empty_set_is_not_shared(self):
        with self.assertRaises(UserError):
            self.set.action_client_publish()

    def test_it_follows_its_record(self):
        self.add(self.set, picture())
        self.set.action_client_publish()
        self.task_a_one.client_publish = "no"
        self.env.flush_all()
        self.assertFalse(self.sees("administrator_a", self.set))
        self.task_a_one.client_publish = "yes"
        self.env.flush_all()
        self.assertTrue(self.sees("administrator_a", self.set))

    def test_staff_keep_the_original(self):
        photo = self.add(self.set, picture())
        self.assertTrue(all(secret.encode() in photo.attachment_id.raw for secret in EVERY_SECRET))
