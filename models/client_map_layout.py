"""Where sites stand on a drawn map. Plain numbers in, plain numbers out; knows nothing of Odoo.

Positions are projected as web maps do (Mercator), so that tiles, where somebody wants them, lie under
the same points. The map is cut to the sites: one alone stands in the middle, the shortest way round
the globe is taken, and sites that would cover each other become one mark that counts them.
"""

import math
import unicodedata

EARTH = 40_075_016.686  # metres round the equator
STEEPEST = 85.0511  # degrees; a Mercator map ends there
CLOSEST = 1.5  # metres a pixel stands for at most closely
NEAR = 20  # pixels; nearer ones are one mark
LABELLED = 60  # marks that may get a label, the important ones first
LETTER, LINE, GAP = 7.1, 15, 6  # a label's letter and line, and its distance from the mark, in pixels
LONGEST = 26  # letters of a label
TILE = 256
DEEPEST = 19  # zoom of tiles
FAR = 0.06  # of the world's width; beyond it one scale bar would lie
RADIUS = {"muted": 6, "accent": 7, "warning": 9}
_RANK = {"warning": 0, "accent": 1, "muted": 2}


def project(latitude, longitude):
    """A position on the unit square: x to the east, y to the south."""
    angle = math.radians(max(-STEEPEST, min(STEEPEST, latitude)))
    return (longitude + 180) / 360, 0.5 - math.log(math.tan(math.pi / 4 + angle / 2)) / (2 * math.pi)


def unproject(x, y):
    """(latitude, longitude) of a point on the unit square."""
    return math.degrees(2 * math.atan(math.exp(math.pi * (1 - 2 * y))) - math.pi / 2), (x % 1) * 360 - 180


def unwrap(points):
    """Positions side by side across the date line: x may pass 1, and the widest empty stretch lies outside."""
    xs = sorted({x % 1 for x, _y in points})
    if len(xs) < 2:
        return points
    gaps = [(after - before, after) for before, after in zip(xs, xs[1:])]
    gaps.append((xs[0] + 1 - xs[-1], xs[0]))
    start = max(gaps)[1]
    return [(start + (x - start) % 1, y) for x, y in points]


def layout(places, width, height, pad=34):
    """Everything a map of these places draws.

    :param list places: [{'lat', 'lon', 'name', 'tone', ...}]; tone is a key of RADIUS
    :param int width: of the drawing in pixels
    :param int height: likewise
    :param int pad: pixels to the edge that stay free of marks
    :return: {'marks', 'width', 'height', 'view'}; 'view' is for ``tiles`` and ``scale``. A mark is
        {'x', 'y', 'r', 'tone', 'places', 'box', 'label'}: its places, the important one first; their
        'box' (south, west, north, east); a 'label' {'x', 'y', 'anchor', 'text'} or None
    """
    points = unwrap([project(place["lat"], place["lon"]) for place in places])
    view = _view(points, width, height, pad)
    marks = []
    order = sorted(range(len(places)), key=lambda i: (_RANK[places[i]["tone"]], places[i]["name"], i))
    cells = {}
    for i in order:
        x, y = (points[i][0] - view["x"]) * view["scale"], (points[i][1] - view["y"]) * view["scale"]
        mark = _mark_near(cells, x, y)
        if not mark:
            mark = {"x": round(x, 1), "y": round(y, 1), "tone": places[i]["tone"], "places": []}
            cells.setdefault((int(x // NEAR), int(y // NEAR)), []).append(mark)
            marks.append(mark)
        mark["places"].append(places[i])
    for mark in marks:
        mark["r"] = RADIUS[mark["tone"]] if len(mark["places"]) == 1 else 11
        mark["box"] = _box(mark["places"])
    _label(marks, width, height)
    return {"marks": marks, "width": width, "height": height, "view": view}


def _view(points, width, height, pad):
    """What of the unit square is shown: {'x', 'y'} of the upper left corner, pixels per unit, width of the data."""
    if not points:
        points = [(0.5, 0.5)]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    north, south = min(y for _x, y in points), max(y for _x, y in points)
    metres = EARTH * math.cos(math.radians(unproject(0, (north + south) / 2)[0]))
    per_pixel = max((east - west) / (width - 2 * pad), (south - north) / (height - 2 * pad), CLOSEST / metres)
    scale = 1 / per_pixel
    return {
        "x": (west + east) / 2 - width / 2 / scale,
        "y": (north + south) / 2 - height / 2 / scale,
        "scale": scale,
        "metres": metres / scale,  # a pixel in the middle
        "far": max(east - west, south - north) > FAR,
    }


def _mark_near(cells, x, y):
    """The mark this point would cover, by a grid of cells as wide as ``NEAR``."""
    column, row = int(x // NEAR), int(y // NEAR)
    for i in (column - 1, column, column + 1):
        for j in (row - 1, row, row + 1):
            for mark in cells.get((i, j), ()):
                if math.hypot(mark["x"] - x, mark["y"] - y) < NEAR:
                    return mark
    return None


def _box(places):
    """(south, west, north, east) of places, a hair wider; across the date line west is the greater one."""
    latitudes = [place["lat"] for place in places]
    xs = [x for x, _y in unwrap([project(0, place["lon"]) for place in places])]
    hair = 0.00001
    west, east = min(xs) * 360 - 180 - hair, max(xs) * 360 - 180 + hair
    return min(latitudes) - hair, _turn(west), max(latitudes) + hair, _turn(east)


def _turn(longitude):
    return (longitude + 180) % 360 - 180


def inside(place, box):
    """Whether a position lies in a box as marks have it."""
    south, west, north, east = box
    if not south <= place["lat"] <= north:
        return False
    return west <= place["lon"] <= east if west <= east else place["lon"] >= west or place["lon"] <= east


# ------------------------------------------------------------------------------- labels


def text_width(text):
    """About how many pixels a label takes; letters of East Asia are as wide as high."""
    return sum(2 * LETTER if unicodedata.east_asian_width(letter) in "WF" else LETTER for letter in text)


def short(name):
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _label(marks, width, height):
    """Give labels to the marks that have room for one, the important ones first."""
    taken = [_around(mark) for mark in marks]
    for index, mark in enumerate(marks):
        mark["label"] = None
        if index < LABELLED:
            others = taken[:index] + taken[index + 1 :]
            mark["label"], rectangle = _free_label(mark, others, width, height)
            if rectangle:
                taken.append(rectangle)


def _around(mark):
    x, y, r = mark["x"], mark["y"], mark["r"]
    return x - r, y - r, x + r, y + r


def _free_label(mark, taken, width, height):
    """(label, its rectangle) at the first of the usual places that is free, or (None, None)."""
    more = len(mark["places"]) - 1
    text = short(mark["places"][0]["name"]) + (f" +{more}" if more else "")
    long, x, y, off = text_width(text), mark["x"], mark["y"], mark["r"] + GAP
    for anchor, at, base in (
        ("start", x + off, y + 4),
        ("end", x - off, y + 4),
        ("middle", x, y - off),
        ("middle", x, y + off + LINE - 4),
        ("start", x, y - off),
        ("end", x, y - off),
        ("start", x, y + off + LINE - 4),
        ("end", x, y + off + LINE - 4),
    ):
        left = at - {"start": 0, "middle": long / 2, "end": long}[anchor]
        rectangle = left, base - LINE + 3, left + long, base + 3
        if _fits(rectangle, width, height) and not any(_meet(rectangle, other) for other in taken):
            return {"x": round(at, 1), "y": round(base, 1), "anchor": anchor, "text": text}, rectangle
    return None, None


def _fits(rectangle, width, height):
    left, top, right, bottom = rectangle
    return left >= 2 and top >= 2 and right <= width - 2 and bottom <= height - 2


def _meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# ---------------------------------------------------------------------- scale and tiles


def scale(drawn, units, longest=110):
    """The scale bar: how long it is and what it stands for.

    :param units: [(name, metres)], the smaller first
    :return: {'name', 'count', 'pixels'}, or None where the map is too wide for one scale
    """
    if drawn["view"]["far"]:
        return None
    per_pixel = drawn["view"]["metres"]
    for name, metres in reversed(units):
        most = longest * per_pixel / metres
        if most >= 1 or (name, metres) == units[0]:
            power = 10 ** math.floor(math.log10(most))
            count = max(step * power for step in (1, 2, 5) if step * power <= most)
            return {"name": name, "count": count, "pixels": round(count * metres / per_pixel, 1)}
    return None


def tiles(drawn):
    """Tiles of a web map under the drawing.

    :return: [{'z', 'x', 'y', 'left', 'top', 'size'}], place and size in pixels
    """
    view = drawn["view"]
    zoom = max(0, min(DEEPEST, round(math.log2(view["scale"] / TILE))))
    count = 2**zoom
    size = view["scale"] / count
    first, last = math.floor(view["x"] * count), math.floor((view["x"] + drawn["width"] / view["scale"]) * count)
    top, bottom = math.floor(view["y"] * count), math.floor((view["y"] + drawn["height"] / view["scale"]) * count)
    return [
        {
            "z": zoom,
            "x": column % count,
            "y": row,
            "left": round(column * size - view["x"] * view["scale"], 2),
            "top": round(row * size - view["y"] * view["scale"], 2),
            "size": round(size, 2),
        }
        for row in range(max(top, 0), min(bottom, count - 1) + 1)
        for column in range(first, last + 1)
    ]
