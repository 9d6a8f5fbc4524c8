from odoo import models

from .client_document import RECORD_MODELS


class ClientScoped(models.AbstractModel):
    """Documents follow the client, site and visibility of what they belong to."""

    _inherit = "client.scoped"

    def _write_multi(self, vals_list):
        super()._write_multi(vals_list)
        if self._name not in RECORD_MODELS:
            return
        scope = {"client_id", "client_site_id", "client_published", "company_id", self._client_only_field}
        moved = [record.id for record, vals in zip(self, vals_list, strict=True) if not scope.isdisjoint(vals)]
        if moved:
            self.env["client.document"]._follow(self._name, self._table, moved)

    def unlink(self):
        """What belonged to a record that is gone is nobody's to see."""
        documents = self.env["client.document"].sudo()  # of records at hand
        if self._name in RECORD_MODELS:
            documents = documents.search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        result = super().unlink()
        documents.write({"record_published": False})
        return result
