from odoo import fields, models


class ClientCorrectionRefuse(models.TransientModel):
    """Why a correction of a site is not taken over."""

    _name = "client.correction.refuse"
    _description = "Refuse a correction"

    correction_id = fields.Many2one("client.site.correction", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(required=True, help="The client reads this on the site's page.")

    def action_refuse(self):
        """Refuse, with the reason; Odoo refuses it to staff who may not write on the site."""
        for wizard in self:
            wizard.correction_id._client_refuse(wizard.reason.strip())
