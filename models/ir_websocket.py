from odoo import models


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """A member hears what is sent to themselves: no group, no channel of talk, no name they made up."""
        if self.env.user._is_client_governed():
            return ["broadcast", self.env.user.partner_id]
        return super()._build_bus_channel_list(channels)
