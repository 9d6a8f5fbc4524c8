"""The text of one file; runs in a process of its own, see ``limited.py``."""

import io
import unicodedata


def read(asked, answer):
    """Write the text as it is read.

    :param dict asked: see ``models/client_text.py``
    :param answer: where to, bytes
    """
    left = asked["most"]
    for text in (_pdf if asked["kind"] == "pdf" else _office)(asked):
        # letters that are drawn as one, and forms of letters, are looked for as they are typed
        clean = unicodedata.normalize("NFKC", text).replace("\x00", "")[:left]
        left -= len(clean)
        answer.write(clean.encode("utf-8", "replace"))
        answer.flush()
        if left <= 0:
            break


def _pdf(asked):
    """Page by page, so that of a long one at least the beginning is had."""
    from pdfminer.converter import TextConverter
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    fonts = PDFResourceManager()
    with open(asked["path"], "rb") as file:
        for page in PDFPage.get_pages(file):
            with io.StringIO() as text:
                PDFPageInterpreter(fonts, TextConverter(fonts, text, laparams=LAParams())).process_page(page)
                yield text.getvalue()


def _office(asked):
    """By Odoo's own readers, which take one for what it is and give nothing for what it is not."""
    import odoo.addons

    odoo.addons.__path__[:] = asked["addons_path"]
    from odoo.addons.attachment_indexation.models.ir_attachment import IrAttachment

    with open(asked["path"], "rb") as file:
        content = file.read()
    for kind in ("docx", "pptx", "xlsx", "opendoc"):
        if text := getattr(IrAttachment, f"_index_{kind}")(None, content):
            yield text
            return
