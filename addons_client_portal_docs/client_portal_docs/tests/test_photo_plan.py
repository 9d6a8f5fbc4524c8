"""Where photos stand on the plan of their set: plain numbers, no database."""

from odoo.tests import TransactionCase, tagged

from ..models.client_photo_plan import CLOSEST, HALF, plan
from .photo_common import HARBOUR


@tagged("post_install", "-at_install", "client_portal")
class TestPhotoPlan(TransactionCase):
    def draw(self, *offsets, site=HARBOUR, radius=150, width=720, height=360):
        """The plan of photos so many degrees from the site: {their numbers: mark}, the whole."""
        photos = [
            {"number": number, "tone": "accent", "lat": HARBOUR[0] + north, "lon": HARBOUR[1] + east}
            for number, (north, east) in enumerate(offsets, 1)
        ]
        drawn = plan(photos, site, radius, width, height)
        for mark in drawn["marks"]:
            self.assertTrue(mark["half"] <= mark["x"] <= width - mark["half"], mark)
            self.assertTrue(HALF <= mark["y"] <= height - HALF, mark)
        return {mark["text"]: mark for mark in drawn["marks"]}, drawn

    def test_the_plan(self):
        marks, drawn = self.draw((0.0005, 0), (0.00051, 0), (0, 0.0008), (-0.0005, -0.0008))
        self.assertEqual(set(marks), {"1, 2", "3", "4"}, "what would cover each other is one mark")
        self.assertLess(marks["1, 2"]["y"], drawn["site"]["y"], "north is up")
        self.assertGreater(marks["3"]["x"], drawn["site"]["x"], "east is right")
        place = drawn["site"]
        self.assertTrue(place["r"] <= place["y"] <= 360 - place["r"], "the whole circle is seen")
        self.assertAlmostEqual(place["r"] * drawn["view"]["metres"], 150, delta=1)
        self.assertEqual(set(self.draw(*[(0, 0)] * 9)[0]), {"1, 2, 3 +6"})
        self.assertGreaterEqual(self.draw((0, 0), site=None)[1]["view"]["metres"], CLOSEST * 0.99)
        self.draw((89 - HARBOUR[0], 0), (-HARBOUR[0] - 89, 179.9 - HARBOUR[1]))
        many, _drawn = self.draw(*[(i % 13 / 9000, i % 17 / 9000) for i in range(160)], width=360, height=320)
        self.assertLess(len(many), 80)
