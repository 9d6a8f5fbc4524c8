"""Where the photos of a set were taken, around their site.

The first half is plain numbers and knows nothing of Odoo: marks as large as their numbers need, those that would
cover each other joined, and the circle that counts as the site shown whole wherever that leaves the marks apart.
"""

import math

from odoo import api, models

from odoo.addons.client_portal.models import client_map_layout as layout

SIZES = {"wide": (720, 360), "narrow": (360, 320)}  # drawings of a page in pixels; screens show one
HALF, LETTER, PAD = 13, 7.5, 24  # half a mark's height, a letter in it, what stays free at the edges
CLOSEST = 0.3  # metres a pixel stands for at most closely
WIDEST = 4  # so much smaller may the marks stand for the site's circle to be seen whole
NAMED = 3  # numbers a mark says before it counts


def plan(photos, site, radius, width, height):
    """What a plan draws.

    :param list photos: [{'lat', 'lon', 'number', 'tone', ...}]
    :param tuple site: (latitude, longitude), or None
    :param float radius: metres around it that are the site
    :return: {'marks': [{'x', 'y', 'half', 'text', 'tone', 'photos'}], 'site': {'x', 'y', 'r'} or None, 'view', sizes}
    """
    places = [(photo["lat"], photo["lon"]) for photo in photos] + ([site] if site else [])
    points = layout.unwrap([layout.project(*place) for place in places])
    metres = layout.EARTH * math.cos(math.radians(places[-1][0]))
    view = _view(points, metres, width, height)
    if site:
        x, y, reach = *points[-1], radius / metres
        whole = _view([*points, (x - reach, y - reach), (x + reach, y + reach)], metres, width, height)
        view = whole if view["scale"] <= whole["scale"] * WIDEST else view
    spots = [((x - view["x"]) * view["scale"], (y - view["y"]) * view["scale"]) for x, y in points]
    marks = _marks(zip(photos, spots), width)
    place = site and {"x": round(spots[-1][0], 1), "y": round(spots[-1][1], 1), "r": round(radius / view["metres"], 1)}
    return {"marks": marks, "site": place, "view": view, "width": width, "height": height}


def _view(points, metres, width, height):
    """What of the world is shown, as ``client_map_layout`` has it."""
    (west, east), (north, south) = ((min(line), max(line)) for line in zip(*points))
    room = width - 2 * (PAD + HALF), height - 2 * (PAD + HALF)
    per_pixel = max((east - west) / room[0], (south - north) / room[1], CLOSEST / metres)
    return {
        "x": (west + east) / 2 - width / 2 * per_pixel,
        "y": (north + south) / 2 - height / 2 * per_pixel,
        "scale": 1 / per_pixel,
        "metres": metres * per_pixel,
        "far": max(east - west, south - north) > layout.FAR,
    }


def _marks(photos, width):
    marks = []
    for photo, (x, y) in photos:
        mark = _mark([photo], x, y, width)
        while near := next((other for other in marks if _meet(mark, other)), None):
            marks.remove(near)
            mine, others = len(mark["photos"]), len(near["photos"])
            x, y = ((mark[axis] * mine + near[axis] * others) / (mine + others) for axis in ("x", "y"))
            mark = _mark([*near["photos"], *mark["photos"]], x, y, width)
        marks.append(mark)
    return marks


def _mark(photos, x, y, width):
    photos = sorted(photos, key=lambda photo: photo["number"])
    text = ", ".join(str(photo["number"]) for photo in photos[:NAMED])
    text += f" +{len(photos) - NAMED}" if len(photos) > NAMED else ""
    half = round(max(HALF, len(text) * LETTER / 2 + 7), 1)
    tone = "warning" if any(photo["tone"] == "warning" for photo in photos) else photos[0]["tone"]
    x = min(max(x, half + 2), width - half - 2)
    return {"x": round(x, 1), "y": round(y, 1), "half": half, "text": text, "tone": tone, "photos": photos}


def _meet(one, other):
    """Whether two marks cover each other, or all but touch."""
    beside = abs(one["x"] - other["x"]) < one["half"] + other["half"] + 2
    return beside and abs(one["y"] - other["y"]) < 2 * HALF + 2


class ClientMap(models.AbstractModel):
    _inherit = "client.map"

    @api.model
    def _photo_plan(self, photos, site, radius):
        """What the template draws of photos that say where they were taken.

        :param list photos: [{'lat', 'lon', 'number', 'tone', 'title', 'url'}], not empty
        :param tuple site: position, or None
        :return: {'drawings', 'label', 'keys', 'credit'}
        """
        tiles = self._tile_address()
        drawings = [self._photo_drawing(photos, site, radius, size, tiles) for size in SIZES]
        labels = {
            "accent": self.env._("Photo, by its number"),
            "warning": self.env._("Photo that does not fit"),
        }
        used = {mark["tone"] for drawing in drawings for mark in drawing["marks"]}
        keys = [{"tone": tone, "label": label} for tone, label in labels.items() if tone in used]
        if site:
            near = self.env["client.photo"]._metres(radius)
            keys.append({"tone": "site", "label": self.env._("The site: %s around its position", near)})
        return {
            "drawings": drawings,
            "label": self.env._("Plan of where the photos were taken"),
            "keys": keys,
            "credit": self._parameter("map_credit") if tiles else "",
        }

    @api.model
    def _photo_drawing(self, photos, site, radius, size, tiles):
        width, height = SIZES[size]
        drawn = plan(photos, site, radius, width, height)
        bar = layout.scale(drawn, self._units())
        for mark in drawn["marks"]:
            mark["url"] = mark["photos"][0]["url"]
            mark["title"] = " · ".join(photo["title"] for photo in mark.pop("photos"))
        return {
            **drawn,
            "size": size,
            "tiles": [{**tile, "href": self._tile(tiles, tile)} for tile in layout.tiles(drawn)] if tiles else [],
            "grid": "" if tiles else self._grid(width, height),
            "bar": bar and {"pixels": bar["pixels"], "label": self._distance(bar["count"], bar["name"])},
        }
