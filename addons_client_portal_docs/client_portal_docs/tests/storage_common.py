"""Storages that fail, or that are none of Odoo's own."""

import io
import resource
from contextlib import contextmanager
from unittest.mock import patch

from odoo.http import Stream

from odoo.addons.base.models.ir_attachment import IrAttachment
from odoo.addons.base.models.ir_binary import IrBinary

ELSEWHERE = "elsewhere://"


@contextmanager
def full_disk():
    """No file of this process grows beyond some bytes: writing stops half way, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def elsewhere():
    """A storage that keeps bytes in no file and hands out streams of its own kind, as OCA's fs_attachment does.

    :return: {name: bytes} of what it holds
    """
    held, own = {}, IrAttachment._file_read

    def path(_files, _content, checksum):
        return ELSEWHERE + checksum, ""

    def write(_files, content, checksum):
        held[ELSEWHERE + checksum] = content

    def read(files, fname, size=None):
        return held.get(fname, b"") if fname.startswith(ELSEWHERE) else own(files, fname, size)

    def opened(file, mode="rb"):
        if file.store_fname not in held:
            raise FileNotFoundError(file.store_fname)
        return io.BytesIO(held[file.store_fname])

    def stream(binaries, record, field_name):
        file = record
        if record._name != "ir.attachment":
            here = [("res_model", "=", record._name), ("res_id", "=", record.id), ("res_field", "=", field_name)]
            file = binaries.env["ir.attachment"].sudo().search(here)  # stands in for ir.binary, which reads as sudo
        return OwnStream(type="own", file=file, size=file.file_size, download_name=file.name, etag=file.checksum)

    with (
        patch.object(IrAttachment, "_get_path", path),
        patch.object(IrAttachment, "_file_write", write),
        patch.object(IrAttachment, "_file_read", read),
        patch.object(IrAttachment, "open", opened, create=True),
        patch.object(IrBinary, "_record_to_stream", stream),
    ):
        yield held


class OwnStream(Stream):
    file = None

    def get_response(self, **kwargs):
        with self.file.open("rb") as source:
            self.type, self.data = "data", source.read()
        return super().get_response(**kwargs)
