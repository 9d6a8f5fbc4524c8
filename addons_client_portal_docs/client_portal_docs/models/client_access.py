from odoo import api, fields, models


class ClientAccess(models.Model):
    """Looking at a document also says at which version."""

    _inherit = "client.access"

    version = fields.Integer(readonly=True, aggregator=None, help="Of a document: which version it was.")

    @api.model
    def _later(self, row):
        version = self.env.context.get("client_version")
        return super()._later({**row, "version": version} if version else row)

    @api.model
    def _looks(self):
        return [*super()._looks(), "view", "zip"]

    @api.model
    def _client_what(self, kind):
        return {"view": self.env._("viewed"), "zip": self.env._("downloaded in a set")}.get(
            kind, super()._client_what(kind)
        )
