"""Photos drawn in code, with the position and time a camera would write."""

import io

from PIL import Image, ImageDraw

_SKY, _GRASS, _PATH, _LEAF, _BARK = "#bcd7e8", "#7d9b57", "#cdbb95", "#3f6b3a", "#6a4c36"
SIZE = (1600, 1067)


def photo(title, moment, at=None):
    """A JPEG of trees beside a path.

    :param str title: decides where the trees stand
    :param datetime moment: when it was taken
    :param tuple at: (latitude, longitude) or None
    :rtype: bytes
    """
    width, height = SIZE
    image = Image.new("RGB", SIZE, _SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.55, width, height), fill=_GRASS)
    draw.polygon([(width * 0.4, height), (width * 0.75, height), (width * 0.56, height * 0.55)], fill=_PATH)
    for number, letter in enumerate(title[:8]):
        x = width * (0.05 + 0.115 * number)
        top = height * (0.12 + (ord(letter) % 9) * 0.02)
        draw.rectangle((x + 55, height * 0.4, x + 85, height * 0.68), fill=_BARK)
        draw.ellipse((x, top, x + 140, top + height * 0.38), fill=_LEAF)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=80, exif=_exif(moment, at))
    return content.getvalue()


def _exif(moment, at):
    exif = Image.Exif()
    exif[0x0110] = "Field camera"
    exif.get_ifd(0x8769)[0x9003] = moment.strftime("%Y:%m:%d %H:%M:%S")
    if at:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "N" if at[0] >= 0 else "S", _degrees(abs(at[0]))
        gps[3], gps[4] = "E" if at[1] >= 0 else "W", _degrees(abs(at[1]))
    return exif


def _degrees(value):
    whole, rest = divmod(value * 3600, 3600)
    minutes, seconds = divmod(rest, 60)
    return float(whole), float(minutes), round(seconds, 2)
