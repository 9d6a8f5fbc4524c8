"""The first page of a PDF as a picture, drawn outside this process: see ``reader/page_of_file.py``."""

from .client_picture import THUMBNAIL
from .client_reader import MEMORY, SECONDS, read_outside

_MOST_BYTES = 1024**2
_LOCKED = 4  # as the reader says it
_JPEG = b"\xff\xd8\xff"


def draw_page(path, seconds=SECONDS, memory=MEMORY):
    """A small picture of the first page.

    :param path: where the PDF lies
    :return: (bytes of a JPEG, 'ready'), or nothing and why: 'locked' or 'broken'
    """
    asked = {"path": str(path), "side": THUMBNAIL}
    picture, status = read_outside("page_of_file", asked, _MOST_BYTES, seconds, memory)
    if status == 0 and picture.startswith(_JPEG):
        return picture, "ready"
    return b"", "locked" if status == _LOCKED else "broken"
