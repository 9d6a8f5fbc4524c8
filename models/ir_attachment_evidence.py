from odoo import models
from odoo.exceptions import UserError

# marks files that decisions refer to: hidden from lists of attachments, and nobody's to change
FROZEN = "decision_id"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        self._client_check_frozen()
        return super().write(vals)

    def unlink(self):
        self._client_check_frozen()
        return super().unlink()

    def _client_check_frozen(self):
        """Refuse to touch what a client's decision was frozen with, whoever asks.

        :raise UserError: one of the files is evidence
        """
        files = self.sudo()  # asked what they hang on
        if any(file.res_field == FROZEN and file.res_model == "client.approval" for file in files):
            raise UserError(self.env._("This document is kept as it was when the client decided."))
