import base64
import hashlib

from odoo import api, models
from odoo.exceptions import UserError

from .client_document_version import FROZEN_FIELD

VERSIONS = "client.document.version"
# what would make other bytes, or another owner, of an attachment
_FIXED = {"res_model", "res_id", "res_field", "type", "url", "public", "db_datas", "name", "mimetype"}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        for file in self._client_versions_files():
            if _FIXED & vals.keys() or not file._client_same_bytes(vals):
                raise UserError(self._client_stays())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_no_version(self):
        if self._client_versions_files():
            raise UserError(self._client_stays())

    @api.model
    def _client_stays(self):
        return self.env._("This file is a version of a document and stays as it is.")

    def _client_versions_files(self):
        """Those of the files (sudo) that are bytes of a version that is there."""
        files = self.sudo().filtered(  # asked what they hang on
            lambda file: file.res_model == VERSIONS and file.res_field == FROZEN_FIELD
        )
        there = self.env[VERSIONS].sudo().search([("attachment_id", "in", files.ids)])  # as above
        return there.attachment_id

    def _client_same_bytes(self, vals):
        """Whether a write only moves the bytes elsewhere, as a change of storage does."""
        self.ensure_one()
        content = vals.get("raw", vals.get("datas"))
        if content is None:
            return True
        content = base64.b64decode(content) if "raw" not in vals else content
        content = content.encode() if isinstance(content, str) else content or b""
        return hashlib.sha256(content).hexdigest() == self._client_digest()

    def _client_digest(self):
        """SHA-256 of the bytes that must stay."""
        version = self.env[VERSIONS].sudo().search([("attachment_id", "=", self.id)], limit=1)  # its digest
        return version.sha256

    def _client_note_lost(self):
        """Staff hear that bytes of a version or a photo are gone."""
        for version in self.env[VERSIONS].search([("attachment_id", "in", self.ids)]):
            version._note_lost()

    def _client_may_read(self):
        """Bytes of a document leave through its own address only."""
        if any(file.res_model in (VERSIONS, "client.photo") for file in self.sudo()):  # where they hang
            return False
        return super()._client_may_read()
