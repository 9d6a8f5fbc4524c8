"""Text inside files, to be searched: noted as a file comes in, read by a job; no request waits for a hostile one."""

import logging

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.attachment_indexation.models.ir_attachment import IrAttachment as Indexed
from odoo.addons.client_portal.models.client_number import whole_number

from .client_bytes import at_path
from .client_reader import SECONDS
from .client_text import kind_of, read_text
from .ir_attachment import VERSIONS

TEXT = [
    ("waiting", "To be read"),
    ("again", "To be read once more"),
    ("read", "Read"),
    ("none", "No text in it"),
    ("large", "Too large to be read"),
    ("broken", "Cannot be read"),
    ("lost", "Missing from the storage"),
]
TO_READ = ("waiting", "again")
# what a file is while it is read: one whose reading brought the whole server down is tried once more and then left
_MEANWHILE = {"waiting": "again", "again": "broken"}
AT_A_TIME = 20
MOST_BYTES = 100 * 1024 * 1024  # unless the system parameter says otherwise
# kinds of versions that were there before their text was read
_KINDS = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.%",
    "application/vnd.oasis.opendocument.%",
)
_logger = logging.getLogger(__name__)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    client_text = fields.Selection(TEXT, "Text", readonly=True, copy=False)

    _client_to_read = models.Index("(id) WHERE client_text IN ('waiting', 'again')")

    @api.model
    def _index(self, bin_data, mimetype, checksum=None):
        """Of plain texts only, as without Odoo's readers: those are for the job."""
        return super(Indexed, self)._index(bin_data, mimetype, checksum=checksum)

    def _get_datas_related_values(self, data, mimetype):
        waiting = "waiting" if kind_of(data or b"") else False
        return {**super()._get_datas_related_values(data, mimetype), "client_text": waiting}

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        if any(file.client_text == "waiting" for file in files.sudo()):  # a mark of ours, no content
            self._client_read_soon()
        return files

    def _set_attachment_data(self, asbytes):
        super()._set_attachment_data(asbytes)
        if any(file.client_text == "waiting" for file in self.sudo()):  # a mark of ours, no content
            self._client_read_soon()

    @api.model
    def _client_read_soon(self):
        """Wake the job as soon as this transaction is through."""
        self.env["ir.cron"]._client_wake("client_portal_docs.client_text_cron")

    @api.model
    def _cron_read_text(self):
        """Read what waits; with nothing to do, look for versions that were there before texts were read."""
        cron = self.env["ir.cron"]
        files = self.with_context(skip_res_field_check=True)  # versions too, which stand in no list of files
        if not files.search_count([("client_text", "in", TO_READ)], limit=1):
            self._client_adopt()
        while waiting := files.search([("client_text", "in", TO_READ)], limit=AT_A_TIME, order="id"):
            for file in waiting:
                if file.client_text not in TO_READ:
                    continue  # read as the same bytes of another
                file._client_text_is(_MEANWHILE[file.client_text])
                cron._commit_progress()
                file._client_read()
                if not cron._commit_progress(1):
                    self._client_read_soon()
                    return
        cron._commit_progress(remaining=0)

    @api.model
    def _client_adopt(self):
        """Note versions of which nobody knows whether there is text in them."""
        self.env["client.document.version"].flush_model()
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE ir_attachment a SET client_text = 'waiting' FROM client_document_version v"
                " WHERE a.id = v.attachment_id AND a.client_text IS NULL AND v.mimetype LIKE ANY(%s)",
                list(_KINDS),
            )
        )
        self.invalidate_model(["client_text"], flush=False)

    def _client_read(self):
        """Read a file, for all that hold the same bytes."""
        self.ensure_one()
        alike = self | self.search([("checksum", "=", self.checksum), ("client_text", "in", TO_READ)])
        text, state = self._client_text_of()
        alike._client_text_is(state, text)
        if text:
            self._client_text_known(alike)
        if state == "broken":
            _logger.info("The text of attachment %s cannot be read, or not all of it", self.id)

    def _client_text_is(self, state, text=""):
        """Note how far a text is read; below the ORM, where files that are evidence take no change of their own."""
        self.flush_recordset(["client_text", "index_content"])
        self.env.cr.execute(
            SQL(
                "UPDATE ir_attachment SET client_text = %s, index_content = COALESCE(%s, index_content) WHERE id IN %s",
                state,
                text or None,
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["client_text", "index_content"], flush=False)

    def _client_text_of(self):
        """(text, state) of a file."""
        if self.file_size > self._client_most_to_read():
            return "", "large"
        try:
            with at_path(self) as path:
                return self._client_text_at(path)
        except OSError:
            return "", "lost"

    def _client_text_at(self, path):
        """(text, state) of the file at a path."""
        with open(path, "rb") as file:
            kind = kind_of(file.read(8))
        if not kind:
            return "", "none" if self.file_size else "lost"
        text, whole = read_text(path, kind, self._client_seconds_to_read())
        return text, ("read" if text else "none") if whole else "broken"

    @api.model
    def _client_text_known(self, files):
        """The library is searched in the text of current versions."""
        ids = [file.res_id for file in files if file.res_model == VERSIONS]
        versions = self.env[VERSIONS].browse(ids).exists()
        documents = versions.document_id.filtered(lambda document: document.current_id in versions)
        self.env.add_to_compute(documents._fields["search_text"], documents)

    @api.model
    def _client_most_to_read(self):
        return self._client_setting("client_portal_docs.text_megabytes", MOST_BYTES // 1024**2) * 1024**2

    @api.model
    def _client_seconds_to_read(self):
        return self._client_setting("client_portal_docs.text_seconds", SECONDS)

    @api.model
    def _client_setting(self, name, usual):
        asked = self.env["ir.config_parameter"].sudo().get_param(name)  # a setting
        return whole_number(asked, usual)
