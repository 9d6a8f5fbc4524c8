"""Files a member sends, for what staff asked or on a job of their own: drafts, for staff to look at."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.client_portal.models.client_gate import ClientNotFound
from odoo.addons.client_portal.models.client_number import whole_number

NOTE_MAX = 1000


class ClientFileRequest(models.Model):
    _inherit = "client.file.request"

    def _client_may_send(self):
        """Whether the current user may send what is asked."""
        members = self.env.user._client_members()
        return self.sudo().state in ("open", "received") and any(self._sent_by(m) for m in members)  # behind the gate

    def _client_most(self):
        """How many files may still come at once."""
        most = self.env["client.upload"]._most()
        return min(self.sudo().most, most) if self.sudo().most else most  # a number

    def _client_send(self, files, note):
        """Take in files for this, behind the gate.

        :param files: ir.attachment (sudo) that wait, the sender's own
        :param str note: a word with them
        :return: the new client.document (sudo), drafts
        :raise UserError: in words for the page; nothing is kept then
        """
        self.ensure_one()
        if not self._client_may_send():
            raise UserError(self.env._("Nothing is waited for here any more."))
        if len(files) > self._client_most():
            raise UserError(self.env._("Please send no more than %s files.", self._client_most()))
        asked = self.sudo()  # behind the gate and the check above
        documents = self.env["client.document"]._client_take_in(
            files, note, asked._record() or asked, {"category_id": asked.category_id.id, "file_request_id": asked.id}
        )
        if len(documents) == 1:
            documents.name = asked.name
        now = self.env.context.get("client_update_date") or fields.Datetime.now()
        asked.write({"state": "received", "received_on": now, "date_reminder": False})
        documents._client_came_in(asked.name, note)
        return documents


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _client_take_in(self, files, note, record, values):
        """Drafts of files that a member sent.

        :param files: ir.attachment (sudo)
        :param str note: what goes with them
        :param record: what they are for (sudo): a record, or a file request of a client or site
        :param dict values: of the documents
        :return: client.document (sudo)
        :raise UserError: there is none, or one could not be stored
        """
        if not files:
            raise UserError(self.env._("Please choose a file."))
        if len(note) > NOTE_MAX:
            raise UserError(self.env._("Please write no more than %s letters.", NOTE_MAX))
        place = {"record_ref": f"{record._name},{record.id}"}
        if record._name == "client.file.request":
            place = {
                "client_id": record.client_id.id,
                "client_site_id": record.client_site_id.id,
                "company_id": record.company_id.id,
            }
        taken = self.sudo()  # members create nothing; what comes in is a draft for staff
        for file in files:
            name = file.name.rpartition(".")[0] or file.name
            document = taken.create({"category_id": taken._first_category().id, **values, **place, "name": name})
            document._add_version(file, note, take=True)
            taken |= document
        return taken

    @api.model
    def _client_took_in(self, staged):
        """Whether the files of a form came in already: its answer may have been lost on the way.

        :param list staged: ids, as text, trusted in no way
        """
        ids = list(filter(None, map(whole_number, staged)))
        versions = self.env["client.document.version"].sudo()  # whether there is one that the user handed in
        return bool(versions.search_count([("attachment_id", "in", ids), ("author_id", "=", self.env.uid)], limit=1))

    def _client_responsible(self):
        """Whoever asked for it, where it was asked for."""
        asking = self.sudo().file_request_id.user_id  # names of staff, for staff
        return asking.filtered("active") or super()._client_responsible()

    def _client_came_in(self, what, note):
        """Staff hear of it once: a to-do on the first of the documents (sudo), a note on what they belong to."""
        who, first = self.env.user.name, self[:1]
        names = ", ".join(self.version_ids.mapped("name"))
        summary = self.env._("%(who)s sent %(count)s: %(what)s", who=who, count=len(self), what=what)
        first._client_alert(summary, "\n".join(filter(None, [names, note])))
        record = first.record_ref
        if record and "message_ids" in record:
            record.sudo().message_post(  # who sent it may write no note
                body=plaintext2html(f"{summary} ({names})"),
                author_id=self.env.user.partner_id.id,
                subtype_xmlid="mail.mt_note",
            )
            record.sudo()._client_acted()  # that the client did something


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_may_add_files(self):
        """Whether the member may send files for this job: their role requests work and the job is not over."""
        user = self.env.user
        able = all(user._client_can(name, self) for name in ("request", "see_documents"))
        return able and self.client_status not in ("completed", "cancelled")

    def _client_add_files(self, files, note):
        """Take in files for a job, behind the gate; see ``client.file.request._client_send``."""
        if not self._client_may_add_files():
            raise ClientNotFound()
        documents = self.env["client.document"]._client_take_in(files, note, self.sudo(), {})  # behind the gate
        documents._client_came_in(self.client_name, note)
        return documents
