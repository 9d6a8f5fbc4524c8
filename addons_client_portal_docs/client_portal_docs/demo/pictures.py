"""Photos drawn in code, with the position and time a camera would write."""

import io
import random

from PIL import Image, ImageDraw, ImageFilter

_SKY, _HAZE, _GRASS, _MOWN, _LEAF, _BARK = "#9cc3dd", "#e8f1f2", "#6d8f4c", "#86a85e", "#3f6b3a", "#6a4c36"
_MUD, _GRAVEL, _STONE, _ASPHALT, _WORN, _LINE = "#7b5d41", "#cdbb95", "#9a927f", "#555a60", "#767b80", "#f2f0e6"
_DEAD, _RAIL = "#8d7c66", "#a97a4f"
SIZE = (1600, 1200)
_HORIZON = 0.48


def photo(scene, moment, at=None, done=True, seed=""):
    """A JPEG of a place, before or after the work.

    :param str scene: 'trees', 'track' or 'yard'
    :param datetime moment: when it was taken, UTC
    :param tuple at: (latitude, longitude) or None
    :param bool done: after the work
    :param str seed: the same place looks the same
    :rtype: bytes
    """
    image = Image.new("RGB", SIZE, _SKY)
    draw, chance = ImageDraw.Draw(image), random.Random(f"{scene} {seed}")
    _sky(draw)
    {"trees": _trees, "track": _track, "yard": _yard}[scene](draw, chance, done)
    content = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(2)).save(content, "JPEG", quality=86, exif=_exif(moment, at))
    return content.getvalue()


def _sky(draw):
    width, height = SIZE
    top, low = (tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in (_SKY, _HAZE))
    for y in range(int(height * _HORIZON) + 1):
        part = y / (height * _HORIZON)
        draw.line((0, y, width, y), tuple(round(a + (b - a) * part) for a, b in zip(top, low)))


def _ground(draw, chance, colour, path):
    """A meadow, a far hedge, and a path that runs to the horizon."""
    width, height = SIZE
    line = height * _HORIZON
    for x in range(-60, width, 70):
        draw.ellipse((x, line - chance.uniform(40, 90), x + 150, line + 40), "#5d7f55")
    draw.rectangle((0, line, width, height), colour)
    for _blade in range(900):
        x, y = chance.uniform(0, width), chance.uniform(line, height)
        draw.line((x, y, x + chance.uniform(-6, 6), y - (y - line) / 14 - 3), chance.choice(("#5f8141", "#93b06c")), 3)
    turn = chance.uniform(0.42, 0.58) * width
    draw.polygon([(width * 0.22, height), (width * 0.8, height), (turn + 22, line), (turn - 14, line)], path)


def _tree(draw, chance, x, foot, size, done):
    """Before: low and ragged, with dead branches. After: the crown is lifted and even."""
    trunk = size * 0.085
    top, narrow = foot - size, trunk / 2
    draw.polygon([(x - trunk, foot), (x + trunk, foot), (x + narrow, top), (x - narrow, top)], _BARK)
    if not done:
        for side in (-1, 1):
            for step in (0.3, 0.45):
                y = foot - size * step
                draw.line((x, y, x + side * size * chance.uniform(0.35, 0.6), y + size * 0.12), _DEAD, int(size / 26))
    lift = 0.62 if done else 0.4
    for _puff in range(26 if done else 40):
        spread = size * (0.3 if done else 0.46)
        cx, cy = x + chance.uniform(-spread, spread), foot - size * (lift + chance.uniform(0, 0.62))
        r = size * chance.uniform(0.12, 0.2)
        draw.ellipse((cx - r, cy - r, cx + r, cy + r), chance.choice((_LEAF, "#4c7d43", "#5a8c4d", "#35602f")))


def _trees(draw, chance, done):
    _ground(draw, chance, _MOWN if done else _GRASS, _GRAVEL)
    width, height = SIZE
    places = [(chance.random(), chance.uniform(-0.02, 1.02)) for _one in range(9)]
    for depth, x in sorted(places):
        if 0.4 < x < 0.6 and depth > 0.4:
            x += 0.28
        foot = height * (_HORIZON + 0.04 + depth * 0.3)
        _tree(draw, chance, x * width, foot, 190 + depth * 420, done)


def _track(draw, chance, done):
    _ground(draw, chance, _GRASS, _GRAVEL if done else _MUD)
    width, height = SIZE
    for _spot in range(60):
        depth = chance.uniform(0.2, 1)
        x, y = (0.5 + chance.uniform(-0.24, 0.24) * depth) * width, (_HORIZON + (1 - _HORIZON) * depth) * height
        r = chance.uniform(4, 9) if done else chance.uniform(14, 44)
        draw.ellipse((x - r, y - r / 3, x + r, y + r / 3), chance.choice((_STONE, "#bba983")) if done else "#5c4430")
    if done:
        for side, far in ((0.18, 0.46), (0.84, 0.54)):
            draw.line((side * width, height * 0.86, far * width, height * 0.5), _RAIL, 16)
    for x, depth in ((0.08, 0.3), (0.93, 0.4), (0.2, 0.05), (0.78, 0.02)):
        _tree(draw, chance, x * width, height * (_HORIZON + 0.05 + depth * 0.3), 200 + depth * 420, True)


def _yard(draw, chance, done):
    width, height = SIZE
    line = height * _HORIZON
    draw.rectangle((0, line - 210, width, line), "#b9bec4")
    for x in range(90, width, 250):
        draw.rectangle((x, line - 165, x + 170, line), "#7f8a94")
    draw.rectangle((0, line, width, height), _ASPHALT)
    for _crack in range(70):
        x, y = chance.uniform(0, width), chance.uniform(line, height)
        draw.line((x, y, x + chance.uniform(-50, 50), y + chance.uniform(-6, 6)), "#4a4f54", 3)
    for number in range(7):
        x = width * (0.02 + number * 0.16)
        near = (x - width / 2) * 1.7 + width / 2
        draw.line((x, line + 30, near, height), _LINE if done else _WORN, 22 if done else 9)


def _exif(moment, at):
    exif = Image.Exif()
    exif[0x0110] = "Field camera"
    inside = exif.get_ifd(0x8769)
    inside[0x9003], inside[0x9011] = moment.strftime("%Y:%m:%d %H:%M:%S"), "+00:00"
    if at:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "N" if at[0] >= 0 else "S", _degrees(abs(at[0]))
        gps[3], gps[4] = "E" if at[1] >= 0 else "W", _degrees(abs(at[1]))
    return exif


def _degrees(value):
    whole, rest = divmod(value * 3600, 3600)
    minutes, seconds = divmod(rest, 60)
    return float(whole), float(minutes), round(seconds, 2)
