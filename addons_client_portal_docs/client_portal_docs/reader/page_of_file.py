"""The first page of one PDF as a small picture; runs in a process of its own, see ``limited.py``."""

import math

import pypdfium2
from PIL import Image
from pypdfium2.raw import FPDF_ERR_PASSWORD

LOCKED = 4  # exit status of a file that opens with a password only
_FINER = 3  # drawn so many times larger and then made small: letters stay letters


class Locked(Exception):
    exit_status = LOCKED


def read(asked, answer):
    """Write the picture, a JPEG with nothing beside its pixels.

    :param dict asked: see ``models/client_page.py``
    :param answer: where to, bytes
    :raise Locked:
    """
    page = _opened(asked["path"])[0]
    longest = max(page.get_size())
    if not math.isfinite(longest) or longest <= 0:
        raise ValueError(longest)
    # of a page of any size a picture of this size is drawn, and no larger one
    drawn = page.render(scale=asked["side"] * _FINER / longest, rev_byteorder=True, prefer_bgrx=True).to_pil()
    drawn = drawn.convert("RGB")
    drawn.thumbnail((asked["side"], asked["side"]), Image.Resampling.LANCZOS)
    drawn.save(answer, "JPEG", quality=80, optimize=True)


def _opened(path):
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as refusal:
        if refusal.err_code == FPDF_ERR_PASSWORD:
            raise Locked() from refusal
        raise
