"""Files staff drop on a record or on the documents screen, and what the chatter knows of files that are shared."""

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mail.tools.discuss import Store

from .client_document import RECORD_MODELS


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _drop(self, files, res_model, res_id):
        """Keep files that staff dropped.

        :param list files: (name, bytes)
        :param str res_model: of the record they were dropped on; empty on the documents screen
        :param int res_id: its id
        :return: {'count', 'ids'} of drafts made, or {'action'} that asks whose they are
        :raise UserError: in words
        """
        self._for_staff()
        if not files:
            raise UserError(self.env._("There is no file in it."))
        if res_model == self._name:
            return self.browse(res_id)._drop_on(files)
        loose = {"res_model": "client.share.wizard", "res_id": 0}
        attachments = self.env["ir.attachment"].create([{"name": name, "raw": raw, **loose} for name, raw in files])
        if not res_model or not res_id:
            return {"action": self._drop_action(attachments)}
        if res_model not in RECORD_MODELS:
            raise UserError(self.env._("A document cannot belong to this."))
        record = self.env[res_model].browse(res_id)
        record.check_access("write")
        documents = self.browse()
        for category, files_of_it in attachments.grouped(self._category_for).items():
            documents |= self._share(files_of_it, record, category)
        attachments.unlink()  # the documents have copies
        return {"count": len(documents), "ids": documents.ids}

    def _drop_on(self, files):
        """On a document itself: its next version, or more photos of a set; see ``_drop``."""
        self.ensure_one()
        self.check_access("write")
        made = self.env["ir.attachment"].sudo().with_context(image_no_postprocess=True)  # after check_access
        if self.photo_count and not self.version_count:
            for name, raw in files:
                self._add_photo(made.create({"name": name, "raw": raw}))
        elif len(files) > 1:
            raise UserError(self.env._("One file at a time: it becomes the next version."))
        else:
            [(name, raw)] = files
            self._add_version(made.create({"name": name, "raw": raw}), take=True)
        return {"count": len(files), "ids": self.ids}

    @api.model
    def _drop_action(self, attachments):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Whose files are these?"),
            "res_model": "client.share.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_upload_ids": attachments.ids, "default_publish": False},
        }


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def _client_shares(self):
        """Whether the user may share files of this record with a client."""
        return self._name in RECORD_MODELS and bool(self.sudo().client_id.is_client)  # whether it is a client's


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _thread_to_store(self, store: Store, fields, *, request_list=None):
        """The chatter of a client's record offers to share its files, and knows which ones are."""
        super()._thread_to_store(store, fields, request_list=request_list)
        if request_list and self.env.user._is_internal() and isinstance(self, self.env.registry["client.scoped"]):
            documents = self.env["client.document"]
            theirs = self.filtered(lambda record: record._client_shares())
            for thread in theirs if documents.has_access("create") else ():
                shares = thread.has_access("write")
                files = documents._shared_files(thread._name, thread.id) if shares else {}
                store.add(thread, {"clientShares": shares, "clientShared": files}, as_thread=True)
