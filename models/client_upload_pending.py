"""Files sent before the form or message they belong to: they wait, and are somebody's own."""

import logging
import re
import unicodedata

from odoo import api, models
from odoo.tools import formatLang

from .client_number import whole_number
from .client_upload import UploadRefused
from .ir_attachment import PENDING
from .ir_attachment_storage import StorageFailed

_COUNT = "client_portal.files_per_request"
_NAME_MAX = 120
_logger = logging.getLogger(__name__)


class ClientUpload(models.AbstractModel):
    _inherit = "client.upload"

    @api.model
    def _most(self):
        """How many files may come with one request; 0 means none."""
        parameter = self.env["ir.config_parameter"].sudo()  # a number of our own
        try:
            return max(int(parameter.get_param(_COUNT, 10)), 0)
        except ValueError:
            return 10

    @api.model
    def _limits(self):
        """What a form says of its files: {'count', 'bytes', 'size'}."""
        return {"count": self._most(), "bytes": self._limit(), "size": self._size(self._limit())}

    @api.model
    def _size(self, count):
        """'158 KB', '2.4 MB' of a number of bytes."""
        if count < 1024 * 1024:
            return self.env._("%s KB", max(round(count / 1024), 1))
        megabytes = round(count / 1024 / 1024, 1)
        return self.env._("%s MB", formatLang(self.env, megabytes, digits=0 if megabytes.is_integer() else 1))

    @api.model
    def _rows(self, files):
        """[{'id', 'name', 'size'}] of files that wait."""
        return [{"id": file.id, "name": file.name, "size": self._size(file.file_size)} for file in files]

    @api.model
    def _pending(self, ids):
        """Those of the files that the current user sent and that belong to nothing yet.

        :param ids: texts from a form, trusted in no way
        :return: ir.attachment (sudo: nobody outside has rights on attachments), in the order they were sent
        """
        wanted = list(filter(None, map(whole_number, ids)))
        mine = [("res_model", "=", PENDING), ("res_id", "=", 0), ("create_uid", "=", self.env.uid)]
        return self.env["ir.attachment"].sudo().search([("id", "in", wanted), *mine], order="id")  # own ones

    @api.model
    def _stage(self, uploads, kept=()):
        """Take in files one by one; a bad one does not cost the good ones.

        :param uploads: werkzeug FileStorage
        :param kept: ids, as text, of files sent before
        :return: (ir.attachment of all that is there now, [{'name', 'error', 'status'}])
        """
        files, refused = self._pending(kept), []
        for upload in uploads:
            name = self._clean_name(upload.filename)
            try:
                if len(files) >= self._most():
                    raise UploadRefused(self._too_many(name), 413)
                files += self._take(upload, name)
            except UploadRefused as refusal:
                refused.append({"name": name, "error": str(refusal), "status": refusal.http_status})
        return files, refused

    @api.model
    def _too_many(self, name):
        return self.env._("“%(name)s” is one too many: up to %(count)s files.", name=name, count=self._most())

    @api.model
    def _take(self, upload, name):
        """Keep one file, told by its content.

        :raise UploadRefused: in words
        """
        if not self.env["client.throttle"]._hit("upload", self.env.uid):
            raise UploadRefused(self.env._("“%s”: that was a lot at once. Please wait ten minutes.", name), 429)
        upload.filename = name
        kind = self._check_stream(upload)
        content = upload.read()
        file = self._store({"name": name, "raw": content, "mimetype": kind, "res_model": PENDING, "res_id": 0})
        if not file:
            raise UploadRefused(self.env._("“%s” could not be stored. Please try again later.", name), 507)
        return file

    @api.model
    def _store(self, vals):
        """An attachment whose bytes are where it says; on a disk that is full none, and no half of it stays.

        :param dict vals: of the ir.attachment, with ``raw``
        :return: ir.attachment (sudo), empty when the bytes could not be kept
        """
        files = self.env["ir.attachment"].sudo()  # the member's own, nobody outside has rights on attachments
        files = files.with_context(image_no_postprocess=True)  # a photo is kept as it was sent
        try:
            with self.env.cr.savepoint():
                file = files.create(vals)
                file.flush_recordset()
                file.invalidate_recordset(["raw", "datas"])
                if file.raw != vals["raw"]:
                    _logger.error("%s does not hold what was written", file.store_fname)
                    file._drop_half(vals["raw"], file.checksum)
                    raise StorageFailed(file.name)
                return file
        except (StorageFailed, OSError):
            return files

    @api.model
    def _clean_name(self, name):
        """A name for people: no path, nothing unprintable, nothing that turns the direction of reading."""
        name = re.split(r"[/\\]", name or "")[-1]
        name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C").strip(" .")
        return name[-_NAME_MAX:]  # its end tells the kind
