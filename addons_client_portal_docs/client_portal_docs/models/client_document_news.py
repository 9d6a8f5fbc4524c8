"""What the client is told of a document."""

from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.client_portal.models.client_link_mail import PATHS
from odoo.addons.client_portal.models.client_told import Told

_lt = LazyTranslate(__name__)

PATHS["documents"] = "client.document"  # mails lead to one by a link of the reader's own
PATHS["documents/asked"] = "client.file.request"


class ClientDocument(models.Model):
    _inherit = "client.document"

    _client_news_fields = ("current_id",)
    _client_updates = {
        "document_published": Told(
            _lt("Document shared: %(name)s"), many=_lt("%(count)s documents shared"), family="documents"
        ),
        "document_version": Told(
            _lt("New version of %(name)s"), many=_lt("New versions of %(count)s documents"), family="documents"
        ),
    }

    def _client_news(self, old, new):
        """It is shared, or its current version is another one."""
        if not old.get("client_published"):
            yield "document_published", {}
        elif new["current_id"].number > old["current_id"].number:  # not where the newest one is withdrawn
            yield "document_version", {}

    def _forget_news(self):
        """The version shown last is taken back: its line leaves the feed, and the mails about it never go out.

        Lines of what is not shown at all follow their document, and need nothing.
        """
        updates = self.env["client.update"].sudo()  # ours alone, once the caller was allowed to withdraw
        kinds = ("document_published", "document_version")
        told = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("kind", "in", kinds)]
        updates.browse(last for _document, last in updates._read_group(told, ["res_id"], ["id:max"]))._take_back()

    def _client_update_vals(self, kind, values=None, capability=None):
        """Needed is what the record needs; who may not see documents is kept out by a rule of its own."""
        return super()._client_update_vals(kind, values, capability or self.capability)


class ClientDocumentVersion(models.Model):
    _inherit = "client.document.version"

    def write(self, vals):
        """A version that is shared is news of its document."""
        documents = self.document_id if "state" in vals else self.env["client.document"]
        before = documents._client_snapshot()
        result = super().write(vals)
        documents._client_tell(before)
        return result


class ClientUpdate(models.Model):
    _inherit = "client.update"

    def _take_back(self):
        """Hide lines (sudo) about what is not so any more, though their record stays; their mails are not sent."""
        if not self:
            return
        self.flush_model()
        self.env.cr.execute(SQL("UPDATE client_update SET client_published = FALSE WHERE id IN %s", self._ids))
        self.invalidate_model(["client_published"], flush=False)
        told = [("update_id", "in", self.ids)]
        self.env["client.notification.queue"].search(told).unlink()
        self.env["client.notification"].search([*told, ("state", "=", "waiting")])._skip("access")
