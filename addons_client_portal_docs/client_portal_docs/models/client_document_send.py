"""The one way by which bytes of a document leave for a client: gate, log, stream."""

import logging

from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import SQL

from odoo.addons.client_portal.models.client_gate import ClientNotFound

from .client_bytes import content_of

# shown in the page; everything else is only downloaded
SHOWN_TYPES = {
    "application/pdf": "pdf",
    "image/jpeg": "picture",
    "image/png": "picture",
    "image/gif": "picture",
    "image/webp": "picture",
    "text/plain": "text",
}
_logger = logging.getLogger(__name__)


class DocumentLost(UserError):
    """The bytes are not where they were put; staff have been told."""

    http_status = 410


class PictureNotGiven(DocumentLost):
    """A picture of which no copy for clients can be had now; the original is not given instead."""


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _client_send(self, document_id, number=None, kind="download"):
        """Answer with the bytes of a version.

        :param int document_id: from an address, trusted in no way
        :param int number: of a version; the current one by default
        :param str kind: 'download', or 'view' for what is shown in the page
        :return: a response; ranges and caches are checked with us each time
        :raise ClientNotFound: missing, foreign, unpublished, withdrawn or superseded: no telling which
        :raise DocumentLost: the file is gone
        """
        document = self._client_get(document_id)
        version = document._client_version(number)
        if not version or (kind == "view" and version.mimetype not in SHOWN_TYPES):
            raise ClientNotFound()
        self.env["client.access"].with_context(client_version=version.number)._opened(document, kind)
        return answer(version._client_stream(kind), kind, version._client_report_lost)


def answer(stream, kind, report):
    """A stream as a response that no cache beside the reader's own keeps.

    :param str kind: 'download' for what is saved, not shown
    :param report: called when the bytes turn out to be gone only now, as in a storage elsewhere
    :raise DocumentLost: they are
    """
    try:
        response = stream.get_response(as_attachment=kind == "download")
    except OSError:
        report()
        raise DocumentLost(lost_words(request.env)) from None
    response.cache_control.pop("public", None)
    response.cache_control.private = True
    return response


def lost_words(env):
    return env._("This file cannot be delivered right now. We have been told and look into it.")


class ClientDocumentVersion(models.Model):
    _inherit = "client.document.version"

    def _client_stream(self, kind="download"):
        """The bytes, as what they are; browsers keep them but ask each time whether they still may.

        :param str kind: 'download', 'view' or 'zip'
        :raise DocumentLost: the file is gone
        """
        self.ensure_one()
        try:
            stream = self.env["ir.binary"]._get_stream_from(self.attachment_id, mimetype=self.mimetype)
        except FileNotFoundError:
            stream = None
        if not stream or not stream.size:
            self._client_report_lost()
            raise DocumentLost(lost_words(self.env))
        stream.download_name = self.name.replace('"', "'")
        stream.etag = self.sha256
        stream.last_modified = None
        stream.max_age = 0
        stream.client_content = content_of(stream, self.attachment_id)
        return stream

    def _client_served_row(self):
        """What a manifest says where not the original bytes were given; here they are."""
        return {}

    def _client_report_lost(self):
        """Tell staff, beside the running request: it may be a read-only one."""
        version_id, registry = self.id, self.env.registry

        def report():
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})  # a to-do for staff: the reader gets nothing of it
                env["client.document.version"].browse(version_id)._note_lost()

        self.env.cr.postcommit.add(report)
        self.env.cr.postrollback.add(report)

    def _note_lost(self):
        """Staff hear that the bytes are gone."""
        self.document_id._note_lost(self.env._("The file of version %s is missing", self.number), self.author_id)


class ClientDocumentLost(models.Model):
    _inherit = "client.document"

    def _note_lost(self, summary, author):
        """One to-do for staff, however often and by how many at once the file is asked for.

        :param str summary: which file
        :param author: res.users who handed it in; the to-do is theirs where nobody else is responsible
        """
        self.ensure_one()
        _logger.error("Document %s: %s", self.id, summary)
        if self._mine_to_tell() and summary not in self.activity_ids.mapped("summary"):
            self._client_alert(summary, fallback=author.filtered(lambda user: user._is_internal()))

    def _mine_to_tell(self):
        """Whether nobody else tells of this document now, or did since this transaction began to look.

        A lock alone would not do: who comes second may look at what was there before the first one's to-do.
        """
        try:
            with self.env.cr.savepoint():
                for query in (
                    SQL("SELECT id FROM client_document WHERE id = %s FOR NO KEY UPDATE NOWAIT", self.id),
                    SQL("UPDATE client_document SET id = id WHERE id = %s", self.id),
                ):
                    self.env.cr.execute(query, log_exceptions=False)
        except (LockNotAvailable, SerializationFailure):
            return False
        return True
