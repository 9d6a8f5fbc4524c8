"""Several documents as one zip with a manifest of their SHA-256: gate, log, stream."""

import io
import json
import zipfile
from pathlib import PurePosixPath

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.client_portal.models.client_number import whole_number

from .client_bytes import pieces
from .client_document_send import DocumentLost, lost_words

MOST = 500  # documents of one zip, unless the system parameter says otherwise


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _client_bundle_most(self):
        asked = self.env["ir.config_parameter"].sudo().get_param("client_portal_docs.zip_documents")  # a setting
        return whole_number(asked, MOST)

    def _client_bundle(self):
        """What goes into a zip of these documents, all of it looked up now.

        :return: [(name in the zip, content as of ``client_bytes``)], the manifest last
        :raise UserError: too many, or all of them are gone; else the manifest says what is left out
        """
        most = self._client_bundle_most()
        if len(self) > most:
            raise UserError(self.env._("One zip holds up to %s documents. Narrow the list first.", most))
        members, manifest, taken, left_out = [], [], set(), []
        for document in self:
            for name, row, content in document._client_bundle_files(left_out):
                name = _unique(name, taken)
                members.append((name, content))
                manifest.append({"file": name, "title": document.name, **row})
        gone = lost_words(self.env)
        if not members and gone in [row["reason"] for row in left_out]:
            raise DocumentLost(gone)
        told = {"documents": manifest, **({"left_out": left_out} if left_out else {})}
        text = json.dumps(told, indent=2, ensure_ascii=False)
        return [*members, (_unique("manifest.json", taken), text.encode())]

    def _client_bundle_files(self, left_out):
        """The files of one document in a zip.

        :param list left_out: what cannot be given and why is added to it
        :return: [(name, row of the manifest, content)]
        """
        version = self._client_version()
        if not version:
            return []
        row = {"version": version.number, "size": int(version.size), "sha256": version.sha256}
        try:
            content = version._client_stream("zip").client_content
        except DocumentLost as refusal:
            left_out.append({"title": self.name, "file": version.name, "reason": str(refusal)})
            return []
        self.env["client.access"].with_context(client_version=version.number)._opened(self, "zip")
        return [(version.name, {**row, **version._client_served_row()}, content)]


def zipped(members):
    """Yield the bytes of a zip, so many at a time; no more is held than one piece.

    :param members: see ``_client_bundle``
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as target:
                for piece in pieces(content):
                    target.write(piece)
                    yield sink.taken()
    yield sink.taken()


def _unique(name, taken):
    """A name that is not taken, whatever the case of its letters; noted as taken."""
    path, number, wanted = PurePosixPath(name), 1, name
    while wanted.casefold() in taken:
        number += 1
        wanted = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
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
