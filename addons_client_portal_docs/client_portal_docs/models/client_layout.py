from odoo import api, models


class ClientLayout(models.AbstractModel):
    _inherit = "client.layout"

    @api.model
    def _sections(self):
        """Documents stand after billing."""
        sections = list(super()._sections())
        place = [name for name, _url, _capability in sections].index("billing") + 1
        sections.insert(place, ("documents", "/my/documents", "see_documents"))
        return sections

    @api.model
    def _labels(self):
        return {**super()._labels(), "documents": self.env._("Documents")}
