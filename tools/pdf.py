"""wkhtmltopdf with the patched Qt, from PyPI, under the name Odoo looks for."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

from . import paths, process
from .say import warn


@functools.cache
def shelf() -> Path:
    """A folder for PATH that holds `wkhtmltopdf`; says so once when the program cannot run here."""
    program = Path(sys.executable).parent / "wkhtmltopdf-pack"
    folder = paths.cache() / "bin" / "pdf"
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "wkhtmltopdf"
    paths.link(link, program)
    if "with patched qt" not in process.output([link, "--version"]):
        warn(
            "wkhtmltopdf does not start here, so Odoo makes no PDFs. "
            "On Debian: apt-get install libxrender1 libxext6 libfontconfig1"
        )
    return folder
