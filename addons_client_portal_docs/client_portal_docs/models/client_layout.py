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

    @api.model
    def _count(self, section, client=None):
        """What waits to be read stands beside documents where the role has no approvals to stand beside."""
        if section != "documents" or self.env.user._client_can("approve", client or None):
            return super()._count(section, client)
        return self.env["client.approval"]._client_waiting_count(client)
