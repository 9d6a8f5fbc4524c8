"""A PDF on the operator's letterhead without a browser engine: for servers that print nothing else.

    paper = Letterhead(company, "Certificate")
    paper.heading("What was decided")
    paper.facts([("Decision", "Approved"), ("By", "Dana Price")])
    content = paper.pdf()
"""

import base64
import functools
import io
from xml.sax.saxutils import escape

from PIL import Image as Picture
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import Image, LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from odoo.tools.misc import file_path

_FONT, _FALLBACK = "ClientSans", "Helvetica"
_FONT_FILE = "web/static/fonts/sign/NotoSans-Reg.ttf"
_INK, _SOFT, _LINE = HexColor("#1b2033"), HexColor("#5a6275"), HexColor("#d4dae3")
_MARGIN, _TOP, _BOTTOM, _LOGO = 20 * mm, 38 * mm, 24 * mm, 14 * mm
_WIDTH = A4[0] - 2 * _MARGIN


@functools.cache
def font():
    """A font with more than Latin letters where Odoo's source has it."""
    try:
        pdfmetrics.registerFont(TTFont(_FONT, file_path(_FONT_FILE)))
    except (FileNotFoundError, OSError, TTFError):
        return _FALLBACK
    return _FONT


def plain(text):
    """Text as a paragraph of reportlab takes it: nothing of it is markup, lines stay lines."""
    return escape(str(text or "")).replace("\n", "<br/>")


class Letterhead:
    """Pages with the company's logo and name on top and its details at the foot."""

    def __init__(self, company, title, note=""):
        """Begin a paper.

        :param company: res.company (sudo: name, logo and address)
        :param str title: heading of the paper and title of the file
        :param str note: one line below the heading
        """
        self.company, self.title = company, title
        self.flow = [self._paragraph(title, 17, _INK, after=2)]
        if note:
            self.flow.append(self._paragraph(note, 10, _SOFT, after=4))

    def heading(self, text):
        self.flow += [Spacer(0, 4 * mm), self._paragraph(text, 12, _INK, after=2)]

    def text(self, text, size=9.5):
        self.flow.append(self._paragraph(text, size, _INK, after=2))

    def small(self, text):
        self.flow.append(self._paragraph(text, 8, _SOFT, after=1.5))

    def facts(self, rows, size=9.5):
        """Labels and values side by side; what is empty is left out.

        :param rows: iterable of (label, value)
        """
        cells = [
            [self._paragraph(label, size, _SOFT), self._paragraph(value, size, _INK)] for label, value in rows if value
        ]
        if cells:
            self.flow.append(self._table(cells, [45 * mm, _WIDTH - 45 * mm]))

    def lines(self, heads, rows, before=0):
        """A table of one wide column and, after it, numbers; its heads are repeated on every page.

        :param heads: texts
        :param rows: lists of as many texts
        :param int before: number of narrow columns of text before the wide one
        """
        widths = [24 * mm] * before + [0] + [28 * mm] * (len(heads) - before - 1)
        widths[before] = _WIDTH - sum(widths)
        cells = [
            [self._paragraph(text, 9, colour, right=column > before) for column, text in enumerate(row)]
            for colour, row in [(_SOFT, heads), *((_INK, row) for row in rows)]
        ]
        self.flow.append(self._table(cells, widths, ruled=True))

    def picture(self, content, width=60 * mm):
        """An image, shrunk to ``width``; what is no image is left out."""
        try:
            with Picture.open(io.BytesIO(content)) as picture:
                wide, high = picture.size
        except OSError:
            return
        self.flow.append(Image(io.BytesIO(content), width, width * high / wide, hAlign="LEFT"))

    def pdf(self):
        """The finished paper.

        :rtype: bytes
        """
        out = io.BytesIO()
        pages = SimpleDocTemplate(
            out,
            pagesize=A4,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=_TOP,
            bottomMargin=_BOTTOM,
            title=self.title,
            author=self.company.name or "",
        )
        pages.build(self.flow, onFirstPage=self._frame, onLaterPages=self._frame)
        return out.getvalue()

    # ---------------------------------------------------------------------- pieces

    def _paragraph(self, text, size, colour, after=0, right=False):
        style = ParagraphStyle(
            "cell",
            fontName=font(),
            fontSize=size,
            leading=size * 1.35,
            textColor=colour,
            spaceAfter=after * mm,
            splitLongWords=True,
            wordWrap=None,
            **({"alignment": TA_RIGHT} if right else {}),
        )
        return Paragraph(plain(text), style)

    def _table(self, cells, widths, ruled=False):
        rules = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)]
        rules += [("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
        if ruled:
            rules.append(("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE))
        return LongTable(cells, widths, style=TableStyle(rules), hAlign="LEFT", repeatRows=int(ruled))

    def _frame(self, canvas, pages):
        """Logo, name, details and the number of one page."""
        canvas.saveState()
        top = A4[1] - 14 * mm
        left = _MARGIN + self._logo(canvas, top)
        canvas.setFillColor(_INK)
        canvas.setFont(font(), 11)
        canvas.drawString(left, top - 8 * mm, self.company.name or "")
        canvas.setStrokeColor(_LINE)
        canvas.line(_MARGIN, top - _LOGO - 4 * mm, A4[0] - _MARGIN, top - _LOGO - 4 * mm)
        canvas.setFillColor(_SOFT)
        canvas.setFont(font(), 8)
        canvas.drawString(_MARGIN, 12 * mm, self._details())
        canvas.drawRightString(A4[0] - _MARGIN, 12 * mm, str(pages.page))
        canvas.restoreState()

    def _logo(self, canvas, top):
        """Draw the company's logo; the width it takes."""
        content = base64.b64decode(self.company.with_context(bin_size=False).logo or b"")
        try:
            with Picture.open(io.BytesIO(content)) as picture:
                shown = picture.convert("RGBA")
        except OSError:
            return 0
        width = _LOGO * shown.width / shown.height
        canvas.drawImage(ImageReader(shown), _MARGIN, top - _LOGO, width, _LOGO, mask="auto")
        return width + 5 * mm

    def _details(self):
        partner = self.company.partner_id
        place = " ".join(part for part in (partner.zip, partner.city) if part)
        return " · ".join(
            part for part in (self.company.name, partner.street, place, self.company.phone, self.company.email) if part
        )
