from odoo import api, models, tools

from .client_allowlist import REVIEWED_MODELS


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    def _get_allowed_models(self, mode="read"):
        """Deny governed users every model nobody has reviewed for them."""
        granted = super()._get_allowed_models(mode)
        if self.env.user._is_client_governed():
            return self._client_allowed_models(mode, granted)
        return granted

    @api.model
    @tools.ormcache("self.env.uid", "mode")
    def _client_allowed_models(self, mode, granted):
        """Models a governed user may use: reviewed, behind the boundary, or let in by name.

        :param str mode: 'read', 'write', 'create' or 'unlink'
        :param granted: what Odoo's access rights give the user
        :rtype: frozenset[str]
        """
        allowed = REVIEWED_MODELS[mode]
        if mode == "read":
            allowed |= self.env["ir.rule"]._client_bounded_models()
            let_in = self.env["ir.model"].sudo().search([("client_portal_allowed", "=", True)])  # names only
            allowed |= frozenset(let_in.mapped("model"))
        return allowed & granted
