"""The text of a file, read outside this process and with limits: see ``reader/text_of_file.py``."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import odoo.addons

READER = Path(__file__).parent.parent / "reader" / "text_of_file.py"
# of a longer text the beginning is kept; PostgreSQL takes no more than a megabyte of different words
MOST_LETTERS = 150_000
SECONDS = 60  # on one file
MEMORY = 1024**3
_STARTING = 20  # seconds beyond, for a machine that is busy with other things


def kind_of(content):
    """Which kind of file with text in it this is: 'pdf', 'office' (perhaps), or ''.

    :param bytes content: its beginning is enough
    """
    if content[:5] == b"%PDF-":
        return "pdf"
    return "office" if content[:4] == b"PK\x03\x04" else ""


def read_text(path, kind, seconds=SECONDS, memory=MEMORY):
    """What is written in a file.

    :param path: where it lies
    :param str kind: see ``kind_of``
    :return: (text, whether the file was read as far as it was to be); text may be there also where it was not
    """
    asked = {
        "path": str(path),
        "kind": kind,
        "most": MOST_LETTERS,
        "seconds": seconds,
        "memory": memory,
        "python_path": sys.path,
        "addons_path": list(odoo.addons.__path__),
    }
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(
                [sys.executable, "-I", str(READER)],  # without what this server's environment knows
                input=json.dumps(asked).encode(),
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=seconds + _STARTING,
                env={},
                check=False,
            )
            whole = ended.returncode == 0
        except subprocess.TimeoutExpired:
            whole = False
        answer.seek(0)
        text = answer.read(4 * MOST_LETTERS).decode("utf-8", "ignore")
    return text.strip()[:MOST_LETTERS], whole
