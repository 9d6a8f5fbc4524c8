"""Several documents as one zip with a manifest of their SHA-256: gate, log, stream."""

import io
import json
import zipfile
from pathlib import PurePath

from odoo import api, models
from odoo.exceptions import UserError

MOST = 500  # documents of one zip, unless the system parameter says otherwise
_CHUNK = 1024 * 1024


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _client_bundle_most(self):
        asked = self.env["ir.config_parameter"].sudo().get_param("client_portal_docs.zip_documents")  # a setting
        return int(asked) if str(asked).isdigit() else MOST

    def _client_bundle(self):
        """What goes into a zip of these documents, all of it looked up now: streaming needs no database.

        :return: [(name in the zip, path or bytes)], the manifest last
        :raise UserError: too many, or a file is gone
        """
        most = self._client_bundle_most()
        if len(self) > most:
            raise UserError(self.env._("One zip holds up to %s documents. Narrow the list first.", most))
        journal, taken, members, manifest = self.env["client.access"], set(), [], []
        for document in self:
            version = document._client_version()
            stream = version._client_stream()
            name = _unique(version.name, taken)
            members.append((name, stream.path or stream.data))
            manifest.append(
                {
                    "file": name,
                    "title": document.name,
                    "version": version.number,
                    "size": int(version.size),
                    "sha256": version.sha256,
                }
            )
            journal.with_context(client_version=version.number)._opened(document, "zip")
        text = json.dumps({"documents": manifest}, indent=2, ensure_ascii=False)
        return [*members, (_unique("manifest.json", taken), text.encode())]


def zipped(members):
    """Yield the bytes of a zip, so many at a time; no more is held than one piece.

    :param members: see ``_client_bundle``
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as target:
                for piece in _pieces(content):
                    target.write(piece)
                    yield sink.taken()
    yield sink.taken()


def _pieces(content):
    with io.BytesIO(content) if isinstance(content, bytes) else open(content, "rb") as file:
        while piece := file.read(_CHUNK):
            yield piece


def _unique(name, taken):
    """A name that is not taken, whatever the case of its letters; noted as taken."""
    path, number, wanted = PurePath(name), 1, name
    while wanted.casefold() in taken:
        number += 1
        wanted = f"{path.stem} ({number}){path.suffix}"
    taken.add(wanted.casefold())
    return wanted


class _Sink(io.RawIOBase):
    """Takes what the archive writes and gives it on; nobody goes back in it."""

    def __init__(self):
        self._parts = []

    def writable(self):
        return True

    def write(self, data):  # pylint: disable=method-required-super
        self._parts.append(bytes(data))
        return len(data)

    def taken(self):
        parts, self._parts = self._parts, []
        return b"".join(parts)
