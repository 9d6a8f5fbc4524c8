from odoo import models
from odoo.fields import Domain

# path from a record to the client it belongs to
_CLIENT_PATH = {
    "sale.order.line": "order_id.client_id",
    "account.move.line": "move_id.client_id",
    "project.milestone": "project_id.client_id",
}


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _compute_domain(self, model_name, mode="read"):
        """Clients' records are for members: to follow one, or to have worked for its
        customer once, opens it to nobody else outside.

        Staff and members are not concerned: their rules say who sees what.
        """
        domain = super()._compute_domain(model_name, mode=mode)
        path = self._client_path(model_name)
        user = self.env.user
        if not path or self.env.su or user._is_internal() or user._is_client_governed():
            return domain
        return domain & ~Domain(f"{path}.is_client", "=", True)

    def _client_path(self, model_name):
        if model_name in _CLIENT_PATH:
            return _CLIENT_PATH[model_name]
        Model = self.env.get(model_name)
        scoped = Model is not None and isinstance(Model, self.env.registry["client.scoped"])
        return "client_id" if scoped and not Model._abstract else None
