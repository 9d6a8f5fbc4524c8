"""The text of one file, read in a process of its own: a file made to hurt its reader hurts nobody else.

Started by ``models/client_text.py`` and by nothing else. What it is asked comes as JSON on its standard input, text
goes to its standard output as it is read: whoever ends this process has what was read until then.
"""

import contextlib
import io
import json
import sys
import unicodedata

UNREADABLE = 3  # exit status of a file that is not what it says


def main():
    asked = json.load(sys.stdin)
    sys.path[:] = asked["python_path"]
    _limit(asked["memory"], asked["seconds"])
    left = asked["most"]
    read = _pdf if asked["kind"] == "pdf" else _office
    try:
        for text in read(asked):
            # letters that are drawn as one, and forms of letters, are looked for as they are typed
            clean = unicodedata.normalize("NFKC", text).replace("\x00", "")[:left]
            left -= len(clean)
            sys.stdout.buffer.write(clean.encode("utf-8", "replace"))
            sys.stdout.flush()
            if left <= 0:
                break
    except Exception:  # whatever a reader of a broken file stumbles over
        sys.exit(UNREADABLE)


def _limit(memory, seconds):
    """What this process may use at most; the system ends it beyond."""
    with contextlib.suppress(ImportError):  # no such limits on Windows: there only the time is watched, from outside
        import resource

        for what, wanted in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (wanted if hard < 0 else min(wanted, hard), hard))


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


if __name__ == "__main__":
    main()
