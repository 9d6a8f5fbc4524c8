"""Documents on the pages of what they belong to, and how staff get to them from there."""

from odoo import fields, models


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    client_document_count = fields.Integer("Number of documents", compute="_compute_client_document_count")

    def _compute_client_document_count(self):
        """Documents of the record the reader may see, in one query."""
        documents, counts = self.env["client.document"], {}
        if documents.has_access("read"):
            mine = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
            counts = dict(documents._read_group(mine, ["res_id"], ["__count"]))
        for record in self:
            record.client_document_count = counts.get(record._origin.id, 0)

    def _client_cards(self):
        card = self.env["client.document"]._client_card(self)
        return [*super()._client_cards(), *([card] if card else [])]

    def action_client_documents(self):
        """List the documents of this record; new ones are its own."""
        self.ensure_one()
        self.env["client.document"]._for_staff()
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal_docs.client_document_action")
        return {
            **action,
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _client_site_extras(self):
        card = self.env["client.document"]._client_card(self)
        extra = card and {**card, "template": "client_portal_docs.documents_extra"}
        return [*super()._client_site_extras(), *([extra] if extra else [])]
