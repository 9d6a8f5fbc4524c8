"""The text of a file, read outside this process: see ``reader/text_of_file.py``."""

from .client_reader import MEMORY, SECONDS, read_outside

# of a longer text the beginning is kept; PostgreSQL takes no more than a megabyte of different words
MOST_LETTERS = 150_000


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
    asked = {"path": str(path), "kind": kind, "most": MOST_LETTERS}
    answer, status = read_outside("text_of_file", asked, 4 * MOST_LETTERS, seconds, memory)
    return answer.decode("utf-8", "ignore").strip()[:MOST_LETTERS], status == 0
