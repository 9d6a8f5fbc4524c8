"""What the client is told of a document."""

from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.client_portal.models.client_link_mail import PATHS
from odoo.addons.client_portal.models.client_update_words import WORDS

_lt = LazyTranslate(__name__)

WORDS.update(
    {
        "document_published": (_lt("Document shared: %(name)s"), "info"),
        "document_version": (_lt("New version of %(name)s"), "info"),
    }
)
PATHS["documents"] = "client.document"  # mails lead to one by a link of the reader's own


class ClientDocument(models.Model):
    _inherit = "client.document"

    _client_news_fields = ("current_id",)

    def _client_news(self, old, new):
        if not old.get("client_published"):
            yield "document_published", {}
        elif old.get("current_id") != new["current_id"]:
            yield "document_version", {}

    def _client_update_vals(self, kind, values=None, capability=None):
        """Needed is what the record needs; who may not see documents is kept out by a rule of its own."""
        return super()._client_update_vals(kind, values, capability or self.capability)
