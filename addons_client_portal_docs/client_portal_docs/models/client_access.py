from odoo import api, fields, models


class ClientAccess(models.Model):
    """Looking at a document also says at which version, or at which photo of a set."""

    _inherit = "client.access"

    version = fields.Integer(readonly=True, aggregator=None, help="Of a document: which version it was.")

    photo = fields.Integer(readonly=True, aggregator=None, help="Of a photo set: which photo it was.")

    @api.model
    def _later(self, row):
        context = self.env.context
        told = {"version": context.get("client_version"), "photo": context.get("client_photo")}
        return super()._later({**row, **{name: number for name, number in told.items() if number}})

    @api.model
    def _client_more(self, row):
        told = [(self.env._("version"), row.version or ""), (self.env._("photo"), row.photo or "")]
        return [*super()._client_more(row), *told]

    @api.model
    def _looks(self):
        return [*super()._looks(), "view", "zip"]

    @api.model
    def _client_what(self, kind):
        return {"view": self.env._("viewed"), "zip": self.env._("downloaded in a set")}.get(
            kind, super()._client_what(kind)
        )
