"""One click on a file of a record: its client has it. One more takes it back, as long as no mail has left."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _share_file(self, file, record):
        """Share a file of a record at once: as a document, or as the next version of one with a file of that name.

        :param file: one ir.attachment, bound to whoever shares it
        :param record: what it lies on
        :return: (client.document.version that is shared now, whether it was not before)
        """
        self._claim(file)
        place = {"res_model": record._name, "res_id": record.id}
        known = self._of_file(self.env["client.upload"]._clean_name(file.name), place)
        newest = known.version_ids.sorted("number")[-1:]
        same = newest and newest.sudo().attachment_id.checksum == file.checksum  # a checksum, compared only
        if known.state != "published":
            known._leave_withdrawn(newest if same else newest.browse())
        if not same:
            category, today = self._category_for(file), self.env["client.words"]._today()
            period = not known and category.valid_months and (today, category._valid_until(today))
            known = self._share_at(file, place, category, publish=True, valid=period)
        elif known.state == "published" and known.current_id == newest:
            return newest, False
        else:
            known.action_client_publish()
        return known.current_id, True

    @api.model
    def _claim(self, file):
        """Let a second click on a file at the same moment wait, and look again after the first."""
        self.env.flush_all()
        self.env.cr.execute(SQL("UPDATE ir_attachment SET id = id WHERE id = %s", file.id))

    @api.model
    def _category_for(self, file):
        """What a file is filed as where nobody chose: pictures as photos, others as the first category."""
        categories = self.env["client.document.category"]
        picture = (file.mimetype or "").startswith("image/")
        return categories._photos() if picture else self._first_category()

    @api.model
    def _shared_files(self, res_model, res_id):
        """{checksum of bytes: id of the document whose current version they are}, of a record's shared documents."""
        documents = self.search([("res_model", "=", res_model), ("res_id", "=", res_id), ("state", "=", "published")])
        current = documents.current_id.sudo()  # checksums of documents the user finds
        return {version.attachment_id.checksum: version.document_id.id for version in current}

    def _share_words(self, version):
        """What became of a file, who has it, and when."""
        whom = filter(None, (self.client_id.display_name, self.client_site_id.name))
        values = {"file": version.name, "client": ", ".join(whom)}
        if version.number > 1:
            values |= {"number": version.number, "title": self.name}
            first = self.env._("“%(file)s” is version %(number)s of “%(title)s”, shared with %(client)s.", **values)
        else:
            values["category"] = self.category_id.name
            first = self.env._("“%(file)s” is shared with %(client)s as %(category)s.", **values)
        if not self.client_published:
            return f"{first} {self.env._('They see it as soon as they see what it belongs to.')}"
        people = len(self._client_audience()[self.id])
        seen = self.env._("One person sees it.") if people == 1 else self.env._("%s people see it.", people)
        return f"{first} {seen}"


class ClientDocumentVersion(models.Model):
    _inherit = "client.document.version"

    def action_take_back(self):
        """Undo the sharing of this version: the one before is shown again, or the document is withdrawn with it.

        :return: {'message', 'files'}: in words, and what is shared of the record now
        """
        self.ensure_one()
        document = self.document_id
        shown = document.current_id == self
        self.action_withdraw()
        if not document.current_id:
            document.action_client_unpublish()
        self.env.flush_all()
        files = document.res_model and document._shared_files(document.res_model, document.res_id)
        return {"message": self._taken_back_words(shown), "files": files or {}}

    def _taken_back_words(self, shown):
        document, words = self.document_id, [self.env._("“%s” is taken back.", self.name)]
        if document.current_id and shown:
            words.append(self.env._("Version %s is shown again.", document.current_id.number))
        elif document.current_id:
            words.append(self.env._("Version %s stays shown.", document.current_id.number))
        opened = self._opened_by()
        if opened:
            words.append(self.env._("Before that it was opened by %s.", ", ".join(opened.mapped("name"))))
        else:
            words.append(self.env._("Nobody had opened it."))
        return " ".join(words)

    def _opened_by(self):
        """People of the client who opened these bytes (res.users, sudo)."""
        looks = self.env["client.access"].sudo()  # of a version the caller just withdrew
        mine = [("res_model", "=", "client.document"), ("res_id", "=", self.document_id.id)]
        rows = looks.search([*mine, ("version", "=", self.number), ("staff_id", "=", False)])
        people = self.env["res.users"].sudo()  # names, told to whoever withdrew it
        return people.browse(set(rows.mapped("user_id"))).exists()


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def action_client_share_file(self, file_id):
        """Share one file of this record with its client, now.

        :param int file_id: of an ir.attachment on the record or on a message of it
        :return: {'message', 'document', 'version', 'files', 'fresh'}: words, ids, what is shared of the record now
            (checksum: document), and whether this click shared it
        :raise UserError: the file is not there
        """
        self.ensure_one()
        self.check_access("write")
        documents = self.env["client.document"]
        documents._for_staff()
        here = [("res_model", "=", self._name), ("res_id", "=", self.id), ("id", "=", file_id)]
        here.append(("res_field", "=", False))  # what a field of the record keeps is no file that lies on it
        file = self.env["ir.attachment"].search(here)
        if not file or not self._client_shares():
            raise UserError(self.env._("This file is not there any more. Please load the page again."))
        version, fresh = documents._share_file(file, self)
        return {
            "message": version.document_id._share_words(version),
            "document": version.document_id.id,
            "version": version.id,
            "files": documents._shared_files(self._name, self.id),
            "fresh": fresh,
        }
