"""How versions come to a document, are shared and withdrawn."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .client_document_version import FROZEN_FIELD


class ClientDocument(models.Model):
    _inherit = "client.document"

    def _add_version(self, attachment, note="", take=False):
        """Keep the bytes of an attachment as the document's next version, a draft.

        Whoever comes second at the same moment gets the next number.

        :param attachment: one ir.attachment (sudo); asked before whether its reader may have it
        :param str note: what is new
        :param bool take: the attachment itself becomes the version's, instead of a copy
        :return: the new client.document.version
        """
        self.ensure_one()
        self.check_access("write")
        versions = self.env["client.document.version"].sudo()  # may write the document, asked just above
        facts = versions._facts_of(attachment)
        self._lock()
        name = self.env["client.upload"]._clean_name(attachment.name) or self.env._("File")
        as_sent = attachment.with_context(image_no_postprocess=True)  # Odoo makes large pictures smaller
        file = attachment if take else as_sent.copy({"name": name, "res_model": False, "res_id": False})
        last = versions.search([("document_id", "=", self.id)], order="number desc", limit=1)
        version = versions.create(
            {
                "document_id": self.id,
                "attachment_id": file.id,
                "number": (last.number or 0) + 1,
                "name": name,
                "author_id": self.env.uid,
                "note": note,
                **facts,
            }
        )
        hold = {"res_model": version._name, "res_id": version.id, "res_field": FROZEN_FIELD}
        file.write({**hold, "public": False, "access_token": False})
        self.invalidate_recordset(["version_ids"])
        return version.sudo(False)  # as whoever handed it in

    def _lock(self):
        """Wait for whoever hands in a version of the same document at this moment."""
        self.env.flush_all()
        self.env.cr.execute(SQL("SELECT id FROM client_document WHERE id = %s FOR UPDATE", self.id))
        self.invalidate_recordset(["version_ids"])

    # ---------------------------------------------------------------------- sharing

    def action_client_publish(self):
        """Share the newest version of these documents with their client."""
        self.check_access("write")
        for document in self:
            if document.state == "withdrawn":
                document._leave_withdrawn(document.version_ids.sorted("number")[-1:])
            if not document._share_newest():
                raise UserError(self.env._("“%s” has no file yet.", document.name))
            document.write(
                {
                    "state": "published",
                    "client_publish": "auto",
                    "published_on": document.published_on or fields.Datetime.now(),
                }
            )
        self.env.flush_all()
        return self._client_publish_answer()

    def _share_newest(self):
        """Share the newest version.

        :return: whether there is anything to share
        """
        self.ensure_one()
        newest = self.version_ids.sorted("number")[-1:]
        if newest and newest.state != "published":
            newest.state = "published"
        return bool(newest)

    def _leave_withdrawn(self, shared):
        """What was withdrawn with a document comes back neither with its new version, nor when that is undone.

        :param shared: the client.document.version that is shared again, if it is one that was there
        """
        gone = (self.version_ids - shared).filtered(lambda version: version.state == "published")
        if gone:
            gone.action_withdraw()

    def action_client_unpublish(self):
        """Withdraw the documents: every link to them is dead at once."""
        self.write({"state": "withdrawn"})
        self.env.flush_all()
        return self._client_publish_answer()

    def action_draft(self):
        """Back to a draft, to be shared again later."""
        self.write({"state": "draft"})

    def _inverse_client_shown(self):
        """The switch on lists does what the buttons do."""
        for document in self:
            if document.client_shown:
                document.action_client_publish()
            else:
                document.action_client_unpublish()

    def _client_version(self, number=None):
        """The version a member may open: the current one, or an earlier published one where that is shown.

        :param int number: asked for; without it, the current one
        :return: client.document.version (sudo), or nothing
        """
        self.ensure_one()
        document = self.sudo()  # behind the gate: the record is the user's to see
        if not number or document.current_id.number == number:
            return document.current_id
        if not document.show_history:
            return document.version_ids.browse()
        return document.version_ids.filtered(lambda version: version.number == number and version.state == "published")
