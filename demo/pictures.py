"""Logos drawn in code, so that the demo world brings no binary files along."""

import base64
import io

from PIL import Image, ImageDraw, ImageFont

LEAF = "#1f5f4a"


def badge(letters, colour, size=256):
    """A rounded square with letters on it.

    :param str letters: one to three
    :param str colour: "#rrggbb" of the square
    :rtype: bytes, a base64 PNG as Odoo's image fields take it
    """
    scale = 4
    image, draw = _square(size * scale, colour)
    font = ImageFont.load_default(size * scale * (0.46 if len(letters) < 3 else 0.32))
    draw.text((size * scale / 2, size * scale * 0.5), letters, fill="white", font=font, anchor="mm")
    return _png(image, size)


def leaf(size=256):
    """The operator's mark: an oak leaf, white on green.

    :rtype: bytes, a base64 PNG
    """
    big = size * 4
    image, draw = _square(big, LEAF)
    for x, y, radius in (
        (50, 24, 11),
        (37, 37, 11),
        (63, 37, 11),
        (33, 54, 12),
        (67, 54, 12),
        (50, 40, 15),
        (50, 58, 17),
    ):
        draw.ellipse(
            [big * (x - radius) / 100, big * (y - radius) / 100, big * (x + radius) / 100, big * (y + radius) / 100],
            fill="white",
        )
    width = max(1, big * 3 // 100)
    draw.line([big * 0.5, big * 0.3, big * 0.5, big * 0.88], fill=LEAF, width=width)
    draw.line([big * 0.5, big * 0.74, big * 0.5, big * 0.88], fill="white", width=width * 2)
    for y, reach in ((0.44, 0.14), (0.58, 0.18)):
        for side in (-1, 1):
            draw.line(
                [big * 0.5, big * (y + 0.07), big * (0.5 + side * reach), big * (y - 0.03)], fill=LEAF, width=width
            )
    return _png(image, size)


def _square(size, colour):
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle([0, 0, size - 1, size - 1], radius=size * 0.2, fill=colour)
    return image, draw


def _png(image, size):
    buffer = io.BytesIO()
    image.resize((size, size), Image.LANCZOS).save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue())
