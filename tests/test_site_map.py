"""Where sites stand on a drawn map: plain numbers, no database."""

import random

from odoo.tests import TransactionCase, tagged

from ..models import client_map_layout as layout

WIDE, HIGH = 320, 180
METRIC = [("m", 1), ("km", 1000)]


def place(name, latitude, longitude, tone="accent"):
    return {"name": name, "lat": latitude, "lon": longitude, "tone": tone}


@tagged("post_install", "-at_install", "client_portal")
class TestMapLayout(TransactionCase):
    def draw(self, *places, width=WIDE, height=HIGH):
        drawn = layout.layout(list(places), width, height)
        for mark in drawn["marks"]:
            self.assertTrue(0 <= mark["x"] <= width and 0 <= mark["y"] <= height, mark)
        return drawn

    def by_name(self, drawn):
        return {one["name"]: mark for mark in drawn["marks"] for one in mark["places"]}

    def test_projection_and_back(self):
        self.assertEqual(layout.project(0, 0), (0.5, 0.5))
        for position in ((-37.8136, 144.9631), (43.65, -70.25), (84, -179.9), (-60, 179.99)):
            there = layout.unproject(*layout.project(*position))
            for asked, got in zip(position, there):
                self.assertAlmostEqual(asked, got, places=6)
        self.assertEqual(layout.project(90, 0), layout.project(layout.STEEPEST, 0), "the pole lies on the edge")

    def test_none_and_one(self):
        self.assertEqual(self.draw()["marks"], [])
        mark = self.draw(place("Alone", -37.8, 144.9))["marks"][0]
        self.assertEqual((mark["x"], mark["y"]), (WIDE / 2, HIGH / 2))
        self.assertEqual(mark["label"]["text"], "Alone")

    def test_north_is_up_and_east_is_right(self):
        marks = self.by_name(self.draw(place("south", -38, 144.9), place("north", -37, 145), place("east", -37.5, 146)))
        self.assertLess(marks["north"]["y"], marks["east"]["y"])
        self.assertLess(marks["east"]["y"], marks["south"]["y"])
        self.assertLess(marks["south"]["x"], marks["north"]["x"])
        self.assertLess(marks["north"]["x"], marks["east"]["x"])

    def test_the_shortest_way_round_the_globe(self):
        """Fiji and Samoa are neighbours across the date line, Fiji on the left."""
        drawn = self.draw(place("Fiji", -17.8, 178), place("Samoa", -13.8, -172))
        marks = self.by_name(drawn)
        self.assertLess(marks["Fiji"]["x"], marks["Samoa"]["x"])
        metres = drawn["view"]["metres"] * (marks["Samoa"]["x"] - marks["Fiji"]["x"])
        self.assertLess(metres, 1_200_000)

    def test_ends_of_the_earth_fit(self):
        drawn = self.draw(place("Alert", 82.5, -62.3), place("Ushuaia", -54.8, -68.3), place("Perth", -31.9, 115.9))
        self.assertEqual(len(drawn["marks"]), 3)
        self.assertIsNone(layout.scale(drawn, METRIC), "no scale bar is true for all of it")

    def test_sites_that_would_cover_each_other_are_one_mark(self):
        near = [place("Yard", -37.8, 144.9), place("Shed", -37.8, 144.9, "warning"), place("Perth", -31.9, 115.8)]
        drawn = self.draw(*near)
        self.assertEqual(len(drawn["marks"]), 2)
        mark = self.by_name(drawn)["Yard"]
        self.assertEqual([one["name"] for one in mark["places"]], ["Shed", "Yard"], "what waits comes first")
        self.assertEqual(mark["tone"], "warning")
        self.assertTrue(mark["label"]["text"].endswith("+1"))
        self.assertEqual([one["name"] for one in near if layout.inside(one, mark["box"])], ["Yard", "Shed"])

    def test_a_box_across_the_date_line(self):
        here, there = place("Fiji", -17.8, 179.9999), place("next door", -17.8, -179.9999)
        mark = self.draw(here, there, place("Perth", -31.9, 115.8))["marks"][0]
        self.assertEqual(len(mark["places"]), 2)
        self.assertGreater(mark["box"][1], mark["box"][3], "west of it is the greater longitude")
        self.assertTrue(layout.inside(here, mark["box"]) and layout.inside(there, mark["box"]))
        self.assertFalse(layout.inside(place("London", -17.8, 0), mark["box"]))

    def test_labels_meet_neither_labels_nor_marks_nor_the_edge(self):
        dice, tones = random.Random(4), list(layout.RADIUS)
        places = [
            place(f"Some longer name {n}", -37 + dice.random() / 9, 145 + dice.random() / 4, dice.choice(tones))
            for n in range(70)
        ]
        drawn = self.draw(*places, width=1080, height=320)
        around = [layout._around(mark) for mark in drawn["marks"]]
        labels = [self._rectangle(mark["label"]) for mark in drawn["marks"] if mark["label"]]
        self.assertGreater(len(labels), 10)
        for number, label in enumerate(labels):
            self.assertTrue(layout._fits(label, 1080, 320))
            self.assertFalse(any(layout._meet(label, other) for other in labels[number + 1 :]))
        for mark, own in zip(drawn["marks"], around):
            if mark["label"]:
                self.assertFalse([o for o in around if o != own and layout._meet(self._rectangle(mark["label"]), o)])

    def _rectangle(self, label):
        long = layout.text_width(label["text"])
        left = label["x"] - {"start": 0, "middle": long / 2, "end": long}[label["anchor"]]
        return left, label["y"] - layout.LINE + 3, left + long, label["y"] + 3

    def test_long_and_wide_names(self):
        label = self.draw(place("x" * 80, 0.5, 0.5))["marks"][0]["label"]
        self.assertEqual(len(label["text"]), layout.LONGEST)
        self.assertEqual(layout.text_width("東京"), 2 * layout.text_width("ab"))

    def test_the_scale_bar_says_the_truth(self):
        drawn = self.draw(place("a", 0, 10), place("b", 0, 10.1))  # 11.13 km apart
        marks = self.by_name(drawn)
        bar = layout.scale(drawn, METRIC)
        apart = (marks["b"]["x"] - marks["a"]["x"]) / bar["pixels"] * bar["count"]
        self.assertEqual(bar["name"], "km")
        self.assertAlmostEqual(apart, 11.13, delta=0.1)
        self.assertLessEqual(bar["pixels"], 110)
        self.assertEqual(layout.scale(self.draw(place("a", 0, 10)), METRIC)["name"], "m")

    def test_tiles_lie_under_the_marks(self):
        """The tile that a mark stands on is the one its position has on any web map."""
        position = (-37.8136, 144.9631)
        drawn = self.draw(place("a", *position), place("b", -37.9, 145.2))
        mark = self.by_name(drawn)["a"]
        tiles = layout.tiles(drawn)
        under = [
            t
            for t in tiles
            if t["left"] <= mark["x"] < t["left"] + t["size"] and t["top"] <= mark["y"] < t["top"] + t["size"]
        ]
        x, y = layout.project(*position)
        count = 2 ** tiles[0]["z"]
        self.assertEqual([(t["x"], t["y"]) for t in under], [(int(x * count), int(y * count))])
        covered = [(t["left"], t["top"], t["left"] + t["size"], t["top"] + t["size"]) for t in tiles]
        self.assertLessEqual(min(c[0] for c in covered), 0)
        self.assertGreaterEqual(max(c[2] for c in covered), WIDE)
        self.assertTrue(all(0 <= t["x"] < count and 0 <= t["y"] < count for t in tiles))

    def test_ten_thousand_sites_stay_a_drawing(self):
        dice = random.Random(7)
        places = [place(str(n), -37 + dice.random(), 145 + dice.random()) for n in range(10_000)]
        drawn = self.draw(*places, width=1080, height=320)
        self.assertEqual(sum(len(mark["places"]) for mark in drawn["marks"]), 10_000)
        self.assertLess(len(drawn["marks"]), 1080 * 320 / (layout.NEAR / 2) ** 2)
