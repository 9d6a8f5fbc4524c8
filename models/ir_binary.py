from odoo import models
from odoo.exceptions import MissingError


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _find_record(self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None):
        """A key serves no file of a client's record; being able to see it does."""
        file = self.env["ir.attachment"]
        if not xmlid and res_model == file._name and res_id is not None:
            file = file.browse(res_id).exists()
        if file and file._client_guarded() and not self.env.user._is_internal():
            if not file._client_may_read():
                raise MissingError(self.env._("This file does not exist."))
            return file.sudo()  # asked just above
        if not xmlid and self.env["client.door"]._guards(res_model, res_id):
            access_token = None
        return super()._find_record(xmlid, res_model, res_id, access_token, field)
