"""Bytes of attachments wherever they are kept: the filestore, the database, or a storage that an extension brings."""

import io
import logging
import os
import tempfile
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api

_CHUNK = 1024 * 1024
_logger = logging.getLogger(__name__)


def path_of(file):
    """Path of an attachment (sudo) that lies in the filestore, else nothing."""
    path = file.store_fname and file._full_path(file.store_fname)
    return path if path and os.path.isfile(path) else ""


def pieces_of(file):
    """Yield the bytes of an attachment (sudo), so many at a time.

    :raise OSError: they are gone
    """
    if path := path_of(file):
        yield from _read(open(path, "rb"))
    elif hasattr(file, "open"):  # storages that open what they keep, as OCA's fs_attachment
        yield from _read(file.open("rb"))
    else:
        yield file.raw or b""


@contextmanager
def at_path(file):
    """Path where the bytes of an attachment (sudo) lie as a file, for readers that want one; a copy if need be.

    :raise OSError: they are gone
    """
    if path := path_of(file):
        yield path
        return
    with tempfile.NamedTemporaryFile() as copy:  # in the database, or in a storage elsewhere
        for piece in pieces_of(file):
            copy.write(piece)
        copy.flush()
        yield copy.name


def content_of(stream, file):
    """What a zip needs to know of a stream to read it later: bytes, a path, or where else they are.

    :param stream: as of ``ir.binary``
    :param file: its ir.attachment (sudo)
    """
    return stream.path or stream.data or Elsewhere(file)


def pieces(content):
    """Yield the bytes of what ``content_of`` gave, so many at a time."""
    if isinstance(content, Elsewhere):
        yield from content.pieces()
    else:
        yield from _read(io.BytesIO(content) if isinstance(content, bytes) else open(content, "rb"))


def _read(opened):
    with opened as source:
        while piece := source.read(_CHUNK):
            yield piece


class Elsewhere:
    """An attachment that lies in no file of ours, to be read when its turn comes: the request is over by then."""

    def __init__(self, file):
        self._registry, self._id = file.env.registry, file.id

    def pieces(self):
        try:
            with self._registry.cursor(readonly=True) as cr:
                yield from pieces_of(self._file(cr))
        except OSError:
            _logger.exception("Attachment %s cannot be read from its storage", self._id)
            with self._registry.cursor() as cr:
                self._file(cr)._client_note_lost()
            raise

    def _file(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {})  # the gate was passed before this was made; only its bytes are read
        return env["ir.attachment"].browse(self._id)
