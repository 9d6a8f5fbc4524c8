import contextlib
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.client_portal.models.client_append_only import guard

from .client_bytes import pieces_of

# what says that bytes are a version's: such an attachment stands in no list, and is nobody's to change
FROZEN_FIELD = "attachment_id"
CONTENT_COLUMNS = ("document_id", "attachment_id", "number", "name", "sha256", "size", "mimetype")
_HEAD = 64 * 1024


class ClientDocumentVersion(models.Model):
    """Bytes of a document as they were handed in: written once, told by their content.

    The content columns are guarded by a trigger. The bytes are an attachment that takes no change
    (``ir_attachment.py``); what they are is computed once, from the bytes and not from the name.
    """

    _name = "client.document.version"
    _description = "Version of a document"
    _order = "number desc, id desc"

    document_id = fields.Many2one("client.document", required=True, readonly=True, index=True, ondelete="cascade")
    attachment_id = fields.Many2one("ir.attachment", "File", required=True, readonly=True, ondelete="restrict")
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    name = fields.Char("File name", required=True, readonly=True)
    sha256 = fields.Char("SHA-256", required=True, readonly=True)
    size = fields.Float("Size in bytes", digits=(20, 0), required=True, readonly=True, aggregator=None)
    mimetype = fields.Char("Type", required=True, readonly=True, help="Told by the content, not by the name.")
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")], required=True, default="draft"
    )
    author_id = fields.Many2one("res.users", "Handed in by", readonly=True, default=lambda self: self.env.user)
    note = fields.Char(help="What is new in it. Shown to the client.")
    text_state = fields.Selection(
        related="attachment_id.client_text", string="Text", help="Whether words inside the file are found."
    )
    size_words = fields.Char("Size", compute="_compute_size_words")

    _number_uniq = models.Constraint("unique (document_id, number)", "This version is there already.")

    def init(self):
        """Guard the content below the ORM; a draft may still be thrown away."""
        guard(self.env.cr, self._table, CONTENT_COLUMNS, may_delete=SQL("OLD.state = 'draft'"))

    @api.depends("number", "name")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._("Version %(number)s: %(name)s", number=version.number, name=version.name)

    @api.depends("size")
    def _compute_size_words(self):
        for version in self:
            version.size_words = self.env["client.upload"]._size(int(version.size))

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(version.state != "draft" for version in self):
            raise UserError(self.env._("What was shared once is kept. Withdraw it instead."))

    @api.model
    def _facts_of(self, attachment):
        """What bytes are: {'sha256', 'size', 'mimetype'}; read piece by piece.

        :param attachment: one ir.attachment (sudo)
        :raise UserError: there are no bytes, or not those that were handed in
        """
        digest, size, head = hashlib.sha256(), 0, b""
        with contextlib.suppress(OSError):
            for piece in pieces_of(attachment):
                head = head or piece[:_HEAD]
                digest.update(piece)
                size += len(piece)
        if size != attachment.file_size:
            raise UserError(self.env._("“%s” could not be stored. Please try again.", attachment.name))
        if not size:
            raise UserError(self.env._("“%s” is empty.", attachment.name))
        return {"sha256": digest.hexdigest(), "size": size, "mimetype": self._type_of(attachment, head, size)}

    @api.model
    def _type_of(self, attachment, head, size):
        """Type by content: the kinds clients may send by the same rule as theirs, others as Odoo guesses.

        What a browser could run is plain bytes: it is never shown, only downloaded.
        """
        upload = self.env["client.upload"]
        packed = head[:2] == b"PK"
        content = attachment.raw if packed and size <= upload._limit() else head
        # what is no Office document is an archive like any other; a guess may unpack it
        kind = upload._kind(content) or ("application/zip" if packed else guess_mimetype(head))
        risky = kind.startswith("text/") and kind != "text/plain"
        if risky or kind in ("image/svg+xml", "application/xml", "application/javascript", "application/xhtml+xml"):
            return "application/octet-stream"
        return kind
