"""Pictures, read and made again. Bytes in, plain values out; knows nothing of Odoo.

What leaves for a client is a picture made anew from the pixels: upright, and with nothing of what the
camera wrote beside them. Where and when it was taken is read from the original before.
"""

import hashlib
import io
import math
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PIL import Image, ImageFile, ImageOps, WebPImagePlugin  # noqa: F401  Odoo loads few of the kinds

PIXELS = 64_000_000  # more are refused before they are unpacked
THUMBNAIL, PREVIEW = 420, 1600  # longest side
# format as Pillow says -> (format that is made of it, type)
_MADE = {
    "JPEG": ("JPEG", "image/jpeg"),
    "MPO": ("JPEG", "image/jpeg"),  # several in one file, as some phones write; the first is the photo
    "PNG": ("PNG", "image/png"),
    "WEBP": ("WEBP", "image/webp"),
    "GIF": ("GIF", "image/gif"),
}
_STRICT = threading.Lock()
_PROFILE = 16 * 1024  # bytes; a longer colour profile stays out of thumbnails
_CAMERA, _MODEL, _EXIF, _GPS = 0x010F, 0x0110, 0x8769, 0x8825
_TAKEN, _OFFSET = 0x9003, 0x9011
_LAT_REF, _LAT, _LON_REF, _LON, _TIME, _DATE, _ACCURACY = 1, 2, 3, 4, 7, 29, 31


class PictureRefused(Exception):
    """Nothing can be made of it; ``reason`` is 'kind', 'large' or 'broken'."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@dataclass
class Made:
    """What was made of a picture, and what its camera said."""

    content: bytes  # the whole picture, for clients
    mimetype: str
    preview: bytes  # smaller, a JPEG; empty where the picture itself is small
    thumbnail: bytes  # a JPEG
    width: int
    height: int
    pixels: str  # SHA-256 of the upright pixels
    said: dict = field(default_factory=dict)  # see ``said``


def make(source, most=PIXELS):
    """Read a picture and make everything of it.

    :param source: path, or bytes
    :param int most: pixels
    :rtype: Made
    :raise PictureRefused:
    """
    with _opened(source) as image:
        if image.format not in _MADE:
            raise PictureRefused("kind")
        if image.width * image.height > most:
            raise PictureRefused("large")
        camera = said(image)
        kind, mimetype = _MADE[image.format]
        try:
            with _strictly():
                upright = _bare(ImageOps.exif_transpose(image))
        except Exception as broken:  # whatever a decoder says of bytes from outside
            raise PictureRefused("broken") from broken
    small = _plain(upright)
    return Made(
        content=_saved(upright, kind),
        mimetype=mimetype,
        preview=_reduced(small, PREVIEW) if max(upright.size) > PREVIEW else b"",
        thumbnail=_reduced(small, THUMBNAIL),
        width=upright.width,
        height=upright.height,
        pixels=_digest(upright),
        said=camera,
    )


def _opened(source):
    try:
        return Image.open(io.BytesIO(source) if isinstance(source, bytes) else source)
    except Image.DecompressionBombError as bomb:
        raise PictureRefused("large") from bomb
    except FileNotFoundError:
        raise
    except Exception as broken:  # as in ``make``
        raise PictureRefused("broken") from broken


@contextmanager
def _strictly():
    """Half a picture is broken. Odoo asks the library to fill up what is missing, for reports."""
    with _STRICT:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _bare(image):
    """The pixels alone, with the profile that says what their colours are."""
    image.load()
    profile = image.info.get("icc_profile")
    seen_through = image.info.get("transparency")
    bare = image.copy()
    bare.info = {"icc_profile": profile} if profile else {}
    if seen_through is not None:
        bare.info["transparency"] = seen_through
    return bare


def _saved(image, kind):
    if kind == "JPEG" and image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    options = {"JPEG": {"quality": 92, "optimize": True}, "WEBP": {"quality": 92}}.get(kind, {})
    content = io.BytesIO()
    image.save(content, kind, icc_profile=image.info.get("icc_profile"), **options)
    return content.getvalue()


def _plain(image):
    """Three colours on white, for small pictures."""
    profile = image.info.get("icc_profile")
    if image.mode not in ("L", "RGB", "CMYK"):
        layers = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, layers).convert("RGB")
    elif image.mode == "CMYK":
        image, profile = image.convert("RGB"), None
    image.info = {"icc_profile": profile} if profile and len(profile) <= _PROFILE else {}
    return image


def _reduced(image, side):
    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    content = io.BytesIO()
    small.save(content, "JPEG", quality=76, optimize=True, icc_profile=image.info.get("icc_profile"))
    return content.getvalue()


def _digest(image):
    """The same for the same pixels, however the file around them is written."""
    rgb = image if image.mode == "RGB" else image.convert("RGB")
    digest = hashlib.sha256(b"%dx%d:" % rgb.size)
    digest.update(rgb.tobytes())
    return digest.hexdigest()


# ------------------------------------------------------------------------- what the camera says


def said(image):
    """What a camera wrote beside the pixels; what is missing or cannot be meant is None.

    :return: {'latitude', 'longitude', 'accuracy' in metres, 'clock': naive, by the camera's clock,
        'offset': of that clock from UTC, 'satellites': naive UTC, 'camera': words}
    """
    try:
        exif = image.getexif()
        main, gps = exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
    except Exception:  # a directory that leads nowhere says nothing; the picture may still be one
        exif, main, gps = {}, {}, {}
    latitude = _degrees(gps.get(_LAT), gps.get(_LAT_REF), "S", 90)
    longitude = _degrees(gps.get(_LON), gps.get(_LON_REF), "W", 180)
    there = latitude is not None and longitude is not None and (latitude or longitude)
    return {
        "latitude": latitude if there else None,
        "longitude": longitude if there else None,
        "accuracy": _number(gps.get(_ACCURACY)) if there else None,
        "clock": _moment(main.get(_TAKEN)),
        "offset": _offset(main.get(_OFFSET)),
        "satellites": _satellites(gps.get(_DATE), gps.get(_TIME)),
        "camera": _camera(_words(exif.get(_CAMERA)), _words(exif.get(_MODEL))),
    }


def _camera(maker, model):
    return model if model.startswith(maker) else f"{maker} {model}".strip()


def _number(value):
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if math.isfinite(number) else None


def _degrees(parts, side, negative, most):
    """Decimal degrees of (degrees, minutes, seconds)."""
    if not isinstance(parts, (tuple, list)) or len(parts) != 3 or _words(side)[:1] not in ("N", "S", "E", "W"):
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None or number < 0 for number in numbers):
        return None
    value = numbers[0] + numbers[1] / 60 + numbers[2] / 3600
    if value > most:
        return None
    return -value if _words(side).startswith(negative) else value


def _words(value):
    text = value.decode("ascii", "ignore") if isinstance(value, bytes) else str(value or "")
    return "".join(sign for sign in text if sign.isprintable()).strip()[:60]


def _moment(value):
    try:
        return datetime.strptime(_words(value), "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None


def _offset(value):
    """'+01:00' as a timedelta."""
    text = _words(value)
    try:
        hours, minutes = int(text[1:3]), int(text[4:6])
    except ValueError:
        return None
    if text[:1] not in ("+", "-") or text[3:4] != ":" or hours > 14 or minutes > 59:
        return None
    ahead = timedelta(hours=hours, minutes=minutes)
    return -ahead if text[0] == "-" else ahead


def _satellites(day, clock):
    numbers = [_number(part) for part in clock] if isinstance(clock, (tuple, list)) and len(clock) == 3 else [None]
    try:
        start = datetime.strptime(_words(day), "%Y:%m:%d")
        return start + timedelta(hours=numbers[0], minutes=numbers[1], seconds=int(numbers[2]))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
