from odoo import models


class ClientScoped(models.AbstractModel):
    """Approvals follow the client, site and visibility of what they are about."""

    _inherit = "client.scoped"

    def _write_multi(self, vals_list):
        super()._write_multi(vals_list)
        scope = {"client_id", "client_site_id", "client_published", "company_id", self._client_only_field}
        moved = [record.id for record, vals in zip(self, vals_list, strict=True) if not scope.isdisjoint(vals)]
        if moved and self._name != "client.approval":
            self.env["client.approval"]._follow(self._name, self._table, moved)

    def _client_wrote(self, message):
        """What a member says with their answer has its own to-do: no clock of a question starts."""
        if not self.env.context.get("client_decides"):
            super()._client_wrote(message)

    def unlink(self):
        approvals = self.env["client.approval"].sudo()  # of records at hand; the engine's own
        waiting = approvals.search([("scope_model", "=", self._name), ("scope_id", "in", self.ids)])
        result = super().unlink()
        waiting._withdraw("record_gone")
        waiting.write({"client_published": False})
        return result
