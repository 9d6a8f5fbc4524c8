from odoo import models
from odoo.exceptions import UserError

from .client_document import RECORD_MODELS
from .client_document_version import FROZEN_FIELD

PHOTOS = "client.photo"
# where pictures are evidence: Odoo makes large ones smaller as they come in, and drops what the camera wrote
_AS_SENT = {*RECORD_MODELS, "client.document", "client.document.version", "client.share.wizard", PHOTOS}


class IrAttachment(models.Model):
    """The original of a photo is fixed like the bytes of a version; its copies are nobody's to change."""

    _inherit = "ir.attachment"

    def write(self, vals):
        self._client_keep_copies()
        return super().write(vals)

    def unlink(self):
        self._client_keep_copies()
        return super().unlink()

    def _postprocess_contents(self, values):
        if values.get("res_model") in _AS_SENT:
            return values
        return super()._postprocess_contents(values)

    def _client_keep_copies(self):
        """Refuse where somebody by hand touches what was made of a photo."""
        if self.env.su:
            return
        files = self.sudo()  # asked what they hang on
        if any(file.res_model == PHOTOS and file.res_field != FROZEN_FIELD for file in files):
            raise UserError(self._client_stays())

    def _client_note_lost(self):
        """A copy that is gone is made again."""
        super()._client_note_lost()
        for file in self.filtered(lambda file: file.res_model == PHOTOS and file.res_field != FROZEN_FIELD):
            self.env[PHOTOS].browse(file.res_id).exists()._make_again()

    def _client_versions_files(self):
        files = self.sudo().filtered(  # asked what they hang on
            lambda file: file.res_model == PHOTOS and file.res_field == FROZEN_FIELD
        )
        there = self.env[PHOTOS].sudo().search([("attachment_id", "in", files.ids)])  # as above
        return super()._client_versions_files() | there.attachment_id

    def _client_digest(self):
        photo = self.env[PHOTOS].sudo().search([("attachment_id", "=", self.id)], limit=1)  # its digest
        return photo.sha256 or super()._client_digest()
