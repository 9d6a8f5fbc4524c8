"""Pictures made anew: upright, with nothing of the camera; what it said; what is refused."""

import io
from datetime import datetime

from PIL import Image, ImageFile

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_open

from ..models import client_photo_verdict as verdict
from ..models.client_picture import PictureRefused, make
from .photo_common import picture

FAR = (43.50, 11.90)


@tagged("post_install", "-at_install", "client_portal")
class TestPicture(TransactionCase):

    def test_nothing_of_the_camera_is_left(self):
        for kind in ("JPEG", "PNG", "WEBP"):
            original = picture(kind=kind)
            self.assertIn(b"SECRET", original)
            made = make(original)
            for content in (made.content, made.thumbnail):
                self.assertNotIn(b"SECRET", content)
                with Image.open(io.BytesIO(content)) as image:
                    self.assertFalse(dict(image.getexif()))
                    self.assertNotIn("exif", image.info)

    def test_comments_and_what_hangs_behind_go_too(self):
        image, content = Image.new("RGB", (8, 8)), io.BytesIO()
        image.save(content, "JPEG", comment=b"SECRET comment", xmp=b"<x>SECRET xmp</x>")
        original = content.getvalue() + b"SECRET behind"
        self.assertEqual(original.count(b"SECRET"), 3)
        self.assertNotIn(b"SECRET", make(original).content)

    def test_turned_upright(self):
        with Image.open(io.BytesIO(make(picture(orientation=6)).content)) as image:
            self.assertEqual(image.size, (48, 64))
            self.assertGreater(min(image.getpixel((10, 10))), 200, "what was on the left is on top")

    def test_the_same_pixels_have_the_same_digest(self):
        self.assertEqual(make(picture(at=None)).pixels, make(picture(at=FAR)).pixels)
        self.assertNotEqual(make(picture()).pixels, make(picture("red")).pixels)
        image, plain = Image.open(io.BytesIO(picture())), io.BytesIO()
        image.save(plain, "PNG")
        self.assertEqual(make(plain.getvalue()).pixels, make(picture()).pixels)

    def test_real_cameras(self):
        with file_open("client_portal/static/tests/photos/Canon_40D.jpg", "rb") as file:
            said = make(file.read()).said
        self.assertEqual((said["latitude"], said["longitude"]), (None, None), "an empty directory is no position")
        self.assertEqual((said["camera"], said["clock"]), ("Canon EOS 40D", datetime(2008, 5, 30, 15, 56, 1)))

    def test_what_cannot_be_meant_is_nothing(self):
        said = make(picture(clock="0000:00:00 00:00:00", offset="+99:99", at=None)).said
        self.assertEqual((said["clock"], said["offset"], said["latitude"]), (None, None, None))

    def test_half_a_picture_is_broken(self):
        before, whole = ImageFile.LOAD_TRUNCATED_IMAGES, picture(size=(300, 300))
        for content in (whole[: len(whole) // 2], b"", b"words", b"\x89PNG\r\n\x1a\n" + b"0" * 40):
            with self.assertRaises(PictureRefused) as refused:
                make(content)
            self.assertEqual(refused.exception.reason, "broken")
        self.assertEqual(ImageFile.LOAD_TRUNCATED_IMAGES, before)

    def test_a_bomb_is_refused_before_it_is_unpacked(self):
        content = io.BytesIO()
        Image.new("1", (20000, 20000)).save(content, "PNG")
        with self.assertRaises(PictureRefused) as refused:
            make(content.getvalue())
        self.assertEqual(refused.exception.reason, "large")
        with self.assertRaises(PictureRefused):
            make(picture(), most=64 * 48 - 1)

    def test_distance(self):
        self.assertAlmostEqual(verdict.distance((52.0, 0.0), (52.0, 1.0)), 68_458, delta=100)
        self.assertAlmostEqual(verdict.distance((0.0, 179.999), (0.0, -179.999)), 222, delta=1)
