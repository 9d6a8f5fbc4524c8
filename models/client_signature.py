"""A typed name as a picture, in the handwriting that Odoo ships: for browsers that cannot draw."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from odoo.tools.misc import file_path

_FONTS = "web/static/fonts/sign"
_SIZE, _MARGIN, _WIDTH = 72, 24, 1200


def written(name):
    """PNG of a name, b'' for an empty one.

    :rtype: bytes
    """
    if not name:
        return b""
    font = _font()
    left, top, right, bottom = font.getbbox(name)
    width = min(right - left + 2 * _MARGIN, _WIDTH)
    picture = Image.new("LA", (width, bottom - top + 2 * _MARGIN), (0, 0))
    ImageDraw.Draw(picture).text((_MARGIN - left, _MARGIN - top), name, fill=(0, 255), font=font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _font():
    """The first of the fonts Odoo signs with, or Pillow's own where the source has none."""
    try:
        fonts = sorted(Path(file_path(_FONTS)).glob("*.ttf")) + sorted(Path(file_path(_FONTS)).glob("*.otf"))
        return ImageFont.truetype(str(fonts[0]), _SIZE)
    except (FileNotFoundError, IndexError, OSError):
        return ImageFont.load_default(_SIZE)
