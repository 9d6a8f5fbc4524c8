"""What the frame around a page says of a preview and of the access journal."""

from odoo import api, models


class ClientLayout(models.AbstractModel):
    _inherit = "client.layout"

    @api.model
    def _values(self, page="", client=None, company=None):
        """``preview``: whom staff are looking as; ``journal``: whether the reader may see who opened what."""
        values = super()._values(page, client, company)
        user = self.env.user
        values["client_layout"].update(
            preview=user.name if self.env.context.get("client_preview") else "",
            journal=user._client_can("manage_members"),
        )
        return values
