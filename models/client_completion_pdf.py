"""A completion record on paper, in pure Python: for machines without wkhtmltopdf, and for many at once."""

import functools
import io
import re
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import HRFlowable, Image, Paragraph, SimpleDocTemplate, Spacer, Table

from odoo.tools.misc import file_path

# (regular, bold), best first; the one that knows most of the text's letters is taken
_FONTS = (
    ("web/static/fonts/google/Open_Sans/Open_Sans-Regular.ttf", "web/static/fonts/google/Open_Sans/Open_Sans-Bold.ttf"),
    ("web/static/fonts/sign/NotoSans-Reg.ttf", "web/static/fonts/sign/NotoSans-Reg.ttf"),
)
# brought along by reportlab itself
_LAST_RESORT = tuple(f"{reportlab.__path__[0]}/fonts/{name}.ttf" for name in ("Vera", "VeraBd"))
_SYSTEM = tuple(f"/usr/share/fonts/truetype/dejavu/{name}.ttf" for name in ("DejaVuSans", "DejaVuSans-Bold"))
_SOFT, _LINE = colors.HexColor("#5a6275"), colors.HexColor("#d4dae3")
_MARGIN, _LOGO_HEIGHT, _LOGO_WIDTH = 20 * mm, 16 * mm, 60 * mm


def completion_pdf(paper, letterhead):
    """The paper as PDF.

    :param dict paper: see ``client.completion._paper``
    :param dict letterhead: see ``res.company._client_letterhead``
    :rtype: bytes
    """
    output = io.BytesIO()
    size = LETTER if letterhead["format"] == "Letter" else A4
    document = SimpleDocTemplate(
        output,
        pagesize=size,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN + 8 * mm,
        title=f"{paper['title']}: {paper['subject']}",
        author=letterhead["name"],
        invariant=True,  # the same words make the same bytes
    )
    fonts = _fonts_for(repr((paper, letterhead["name"], letterhead["details"], letterhead["footer"])))
    styles = _styles(*fonts)
    story = [*_head(letterhead, styles, document.width), *_body(paper, styles, document.width)]

    def footer(canvas, page):
        _footer(canvas, page, letterhead, fonts[0])

    document.build(story, onFirstPage=footer, onLaterPages=footer)
    return output.getvalue()


def _styles(regular, bold):
    base = ParagraphStyle("base", fontName=regular, fontSize=10, leading=14.5)
    small = {"fontSize": 8.5, "leading": 12, "textColor": _SOFT}
    strong = {"fontName": bold}
    return {
        "text": base,
        "soft": ParagraphStyle("soft", base, textColor=_SOFT),
        "small": ParagraphStyle("small", base, **small),
        "right": ParagraphStyle("right", base, **small, alignment=TA_RIGHT),
        "name": ParagraphStyle("name", base, **strong, fontSize=13, leading=16),
        "title": ParagraphStyle("title", base, **strong, fontSize=18, leading=23, spaceAfter=10),
        "heading": ParagraphStyle("heading", base, **strong, fontSize=11.5, leading=15, spaceBefore=12, spaceAfter=4),
    }


def _head(letterhead, styles, width):
    """Logo or name at one side, address at the other, and a line in the house's colour."""
    mark = _logo(letterhead["logo"]) or Paragraph(escape(letterhead["name"]), styles["name"])
    address = Paragraph(_lines(letterhead["details"]), styles["right"])
    table = Table([[mark, address]], colWidths=[width * 0.5, width * 0.5])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *_NO_PADDING])
    return [table, HRFlowable(width="100%", color=letterhead["color"], thickness=1.5, spaceBefore=8, spaceAfter=18)]


def _logo(picture):
    """The logo within its box, or None where reportlab cannot read it."""
    if not picture:
        return None
    try:
        width, height = ImageReader(io.BytesIO(picture)).getSize()
    except Exception:  # reportlab raises whatever the picture's decoder raises
        return None
    scale = min(_LOGO_HEIGHT / height, _LOGO_WIDTH / width)
    return Image(io.BytesIO(picture), width * scale, height * scale, hAlign="LEFT")


def _body(paper, styles, width):
    yield Paragraph(escape(paper["title"]), styles["soft"])
    yield Paragraph(escape(paper["subject"]), styles["title"])
    yield _table(paper["facts"], [0.25, 0.75], styles, width)
    for section in paper["sections"]:
        yield Paragraph(escape(section["heading"]), styles["heading"])
        if section["text"]:
            yield Paragraph(_lines(section["text"]), styles["text"])
        if section["rows"]:
            yield _table(section["rows"], [0.5, 0.5], styles, width, ruled=True)
    yield Spacer(1, 14)
    yield Paragraph(escape(paper["foot"]), styles["small"])


def _table(rows, shares, styles, width, ruled=False):
    soft, plain = styles["soft"], styles["text"]
    cells = [[Paragraph(_lines(label), soft), Paragraph(_lines(text), plain)] for label, text in rows]
    table = Table(cells, colWidths=[width * share for share in shares])
    rules = [("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE)] if ruled else []
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_NO_PADDING, ("BOTTOMPADDING", (0, 0), (-1, -1), 3), *rules])
    return table


_NO_PADDING = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]


def _footer(canvas, page, letterhead, font):
    canvas.saveState()
    canvas.setFont(font, 8)
    canvas.setFillColor(_SOFT)
    canvas.setStrokeColor(_LINE)
    canvas.line(_MARGIN, 20 * mm, page.pagesize[0] - _MARGIN, 20 * mm)
    canvas.drawString(_MARGIN, 15 * mm, " · ".join(letterhead["footer"].splitlines())[:120])
    canvas.drawRightString(page.pagesize[0] - _MARGIN, 15 * mm, str(page.page))
    canvas.restoreState()


def _lines(text):
    """Text for a paragraph: markup is text, and lines stay lines."""
    return "<br/>".join(escape(line) for line in (text or "").splitlines())


def _fonts_for(text):
    """(regular, bold) names of the registered font that knows most of a text's letters."""
    letters = {ord(letter) for letter in re.sub(r"\s", "", text)}
    return max(_registered(), key=lambda pair: len(letters & _known(pair[0])))


@functools.cache
def _known(font):
    return set(pdfmetrics.getFont(font).face.charToGlyph)


@functools.cache
def _registered():
    """[(regular, bold)] of the fonts that are here, best first."""
    found = []
    for number, pair in enumerate((*_FONTS, _SYSTEM, _LAST_RESORT)):
        names = (f"client-{number}", f"client-{number}-bold")
        try:
            for name, path in zip(names, pair, strict=True):
                pdfmetrics.registerFont(TTFont(name, path if path.startswith("/") else file_path(path)))
        except (OSError, ValueError, TTFError):
            continue
        found.append(names)
    return found
