"""What the back office does with documents: files handed in, versions, who looked."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ClientDocument(models.Model):
    _inherit = "client.document"

    file = fields.Binary("New file", compute="_compute_file", inverse="_inverse_file", store=False)
    file_name = fields.Char(compute="_compute_file", inverse="_inverse_file_name", store=False)
    version_count = fields.Integer(compute="_compute_version_count")
    current_name = fields.Char("File name", related="current_id.name")
    look_photo_id = fields.Many2one("client.photo", compute="_compute_look", help="What stands for it on the screens.")
    look_page_id = fields.Many2one("client.document.version", compute="_compute_look", help="Shown by its first page.")
    look_mimetype = fields.Char("Type", compute="_compute_look")

    @api.depends("version_ids")
    def _compute_version_count(self):
        for document in self:
            document.version_count = len(document.version_ids)

    @api.depends("version_ids.mimetype", "version_ids.page_state", "photo_ids.made")
    def _compute_look(self):
        """Staff see what a draft looks like, too."""
        newest = {document: document.version_ids.sorted("number")[-1:] for document in self}
        ready = [("document_id", "in", self.ids), ("made", "=", "ready")]
        photos = self.env["client.photo"].search(ready).grouped("document_id")
        for document in self:
            version, own = newest[document], photos.get(document, self.env["client.photo"])
            document.look_mimetype = version.mimetype
            document.look_page_id = version if version.page_state == "ready" else False
            document.look_photo_id = own.filtered(lambda photo, v=version: photo.version_id == v)[:1]

    def _compute_file(self):
        """Always empty: what is dropped here becomes the next version."""
        self.file = False
        self.file_name = False

    def _inverse_file_name(self):
        """Written together with the file."""

    def _inverse_file(self):
        for document in self:
            if document.file:
                name = document.file_name or document.name
                document._hand_in(name, document.file)

    def _hand_in(self, name, content, note=""):
        """Keep a file as the next version.

        :param str name: file name
        :param bytes content: base64
        """
        self._for_staff()
        files = self.env["ir.attachment"].sudo().with_context(image_no_postprocess=True)  # bound to the version at once
        return self._add_version(files.create({"name": name, "datas": content}), note, take=True)

    @api.model
    def _for_staff(self):
        """Refuse what only the back office does to people outside.

        :raise AccessError: they are no staff
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("This does not exist, or you have no access to it."))

    @api.model
    def _share(self, attachments, record, category, publish=False):
        """``_share_at`` on a record."""
        return self._share_at(attachments, {"res_model": record._name, "res_id": record.id}, category, publish)

    @api.model
    def _share_at(self, attachments, place, category, publish=False, as_new=False, valid=None):
        """Make a document of each file, or its next version where there is one of that file name.

        :param attachments: ir.attachment, bound to whoever shares them
        :param dict place: what they belong to: res_model and res_id, or client_id and client_site_id
        :param category: client.document.category
        :param bool publish: show them to the client at once
        :param bool as_new: a file of the same name is a document of its own
        :param tuple valid: first and last day they are valid, where the category has any
        :return: the client.document records
        """
        self._for_staff()
        attachments.check_access("read")
        shared = self.browse()
        for file in attachments:
            name = self.env["client.upload"]._clean_name(file.name) or self.env._("File")
            title = name.rpartition(".")[0] or name
            known = self.browse() if as_new else self._of_file(name, place)
            document = known or self.create({"name": title, "category_id": category.id, **place})
            if valid:
                document.write(dict(zip(("valid_from", "valid_until"), valid, strict=True)))
            document._add_version(file.sudo())  # readable, asked above
            shared |= document
        if publish:
            shared.action_client_publish()
        return shared

    @api.model
    def _of_file(self, name, place):
        """The document at a place that has a file of this name, at most one."""
        here = [(field, "=", value) for field, value in place.items()]
        if "res_id" not in place:
            here.append(("res_id", "=", False))
        return self.search([*here, ("version_ids.name", "=", name)], limit=1)

    def action_open_file(self):
        """Open the newest version's file."""
        self.ensure_one()
        self.check_access("read")
        newest = self.version_ids.sorted("number")[-1:]
        if not newest:
            raise UserError(self.env._("“%s” has no file yet.", self.name))
        return newest.action_open_file()


class ClientDocumentVersion(models.Model):
    _inherit = "client.document.version"

    def action_open_file(self):
        """Download these bytes; staff only, by Odoo's own address."""
        self.ensure_one()
        self.check_access("read")
        url = f"/web/content/{self.sudo().attachment_id.id}?download=true"  # readable, asked above
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def action_publish(self):
        """Share this version; the newest shared one is the current one."""
        self.write({"state": "published"})

    def action_withdraw(self):
        """Take this version back: nobody outside opens it any more."""
        self.write({"state": "withdrawn"})
