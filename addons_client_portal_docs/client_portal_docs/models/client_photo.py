from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.client_portal.models.client_append_only import guard

from .client_document_version import FROZEN_FIELD

CONTENT_COLUMNS = (
    "document_id",
    "version_id",
    "attachment_id",
    "number",
    "name",
    "sha256",
    "size",
    "mimetype",
    "device_on",
    "device_latitude",
    "device_longitude",
    "device_accuracy",
    "device_placed",
)
STAGES = [("before", "Before"), ("after", "After")]
# what people decide of a photo; everything else is told by its bytes, or by the device that sent it
_DECIDED = {"caption", "stage", "before_id", "sequence", "state"}


class ClientPhoto(models.Model):
    """One photo: bytes as they were handed in, and what is known of where and when it was taken.

    Either one of a photo set, which is a document of several photos, or the picture that a version of a
    document is (``version_id``). The original stays with staff, for proof; what leaves for a client is made
    of it once (``client_photo_make.py``). What the camera wrote and what a device said when it sent the
    photo stand beside each other and are never mixed.
    """

    _name = "client.photo"
    _description = "Photo"
    _order = "document_id, sequence, number, id"

    document_id = fields.Many2one("client.document", required=True, readonly=True, index=True, ondelete="cascade")
    version_id = fields.Many2one(
        "client.document.version",
        "Picture of",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The version this picture is. Empty: the photo is one of a set.",
    )
    attachment_id = fields.Many2one("ir.attachment", "Original", required=True, readonly=True, ondelete="restrict")
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    name = fields.Char("File name", required=True, readonly=True)
    sha256 = fields.Char("SHA-256 of the original", required=True, readonly=True)
    size = fields.Float("Size in bytes", digits=(20, 0), required=True, readonly=True, aggregator=None)
    mimetype = fields.Char("Type", required=True, readonly=True)
    author_id = fields.Many2one("res.users", "Handed in by", readonly=True, default=lambda self: self.env.user)

    state = fields.Selection(
        [("draft", "Draft"), ("published", "Shared"), ("withdrawn", "Withdrawn")], required=True, default="draft"
    )
    caption = fields.Char(help="Shown to the client.")
    stage = fields.Selection(STAGES, help="Whether it shows how things were, or what was made of them.")
    before_id = fields.Many2one(
        "client.photo",
        "Shows the same as",
        ondelete="set null",
        index="btree_not_null",
        domain="[('document_id', '=', document_id), ('stage', '=', 'before')]",
        help="The photo of the same place before the work: the two are shown side by side.",
    )
    sequence = fields.Integer(default=10, aggregator=None)

    # what the device said when it sent the photo
    device_on = fields.Datetime("Time of the file", readonly=True, help="As the phone that sent it reported.")
    device_latitude = fields.Float("Latitude on sending", digits=(10, 7), readonly=True, aggregator=None)
    device_longitude = fields.Float("Longitude on sending", digits=(10, 7), readonly=True, aggregator=None)
    device_accuracy = fields.Float("Accuracy on sending (m)", digits=(8, 1), readonly=True, aggregator=None)
    device_placed = fields.Boolean("Phone said where it was", readonly=True)

    _number_uniq = models.Constraint("unique (document_id, number)", "This photo is there already.")
    _version_uniq = models.UniqueIndex("(version_id) WHERE version_id IS NOT NULL")
    _before_uniq = models.UniqueIndex(
        "(before_id) WHERE before_id IS NOT NULL", "This photo has its other half already."
    )

    def init(self):
        """Guard the content below the ORM; a draft may still be thrown away."""
        guard(self.env.cr, self._table, CONTENT_COLUMNS, may_delete=SQL("OLD.state = 'draft'"))

    @api.depends("number", "caption", "name")
    def _compute_display_name(self):
        for photo in self:
            photo.display_name = self.env._("Photo %(number)s", number=photo.number) + (
                f": {photo.caption}" if photo.caption else ""
            )

    @api.constrains("before_id", "stage")
    def _check_before(self):
        for photo in self.filtered("before_id"):
            before = photo.before_id
            if before.document_id != photo.document_id or before.stage != "before" or photo.stage != "after":
                raise UserError(self.env._("Side by side stand a photo before and one after, of the same set."))

    def write(self, vals):
        """What bytes and devices told stays as it was told."""
        self.check_access("write")
        if not self.env.su and not _DECIDED.issuperset(vals):
            raise UserError(self.env._("What is known of a photo is told by the photo itself."))
        if "state" in vals and self.version_id:
            raise UserError(self.env._("This picture is shared or withdrawn with its version."))
        documents = self.document_id if "state" in vals else self.env["client.document"]
        before = documents._client_snapshot()
        result = super().write(vals)
        documents._client_tell(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(photo.state != "draft" for photo in self):
            raise UserError(self.env._("What was shared once is kept. Withdraw it instead."))

    # ------------------------------------------------------------------------ coming in

    @api.model
    def _is_picture(self, mimetype):
        return (mimetype or "").startswith("image/")

    @api.model
    def _of_version(self, version):
        """The picture that a version is, as a row of its own; nothing for other files.

        :param version: client.document.version (sudo)
        """
        pictures = self.sudo()  # rows come to be by what is handed in, and by nothing else
        for one in version:
            if self._is_picture(one.mimetype):
                facts = {name: one[name] for name in ("name", "sha256", "size", "mimetype")}
                owner = {"document_id": one.document_id.id, "version_id": one.id, "author_id": one.author_id.id}
                file = {"attachment_id": one.attachment_id.id, "number": self._next(one.document_id)}
                pictures += pictures.create({**owner, **facts, **file})
        if pictures:  # the job itself asks: woken for nothing, it would never rest
            pictures._make_soon()
        return pictures

    @api.model
    def _next(self, document):
        """Number of the next photo of a document, which is locked."""
        last = self.sudo().search([("document_id", "=", document.id)], order="number desc", limit=1)  # a number
        return (last.number or 0) + 1

    @api.model
    def _keep(self, document, attachment, values):
        """Keep a file as the next photo of a set; the attachment becomes the photo's own.

        :param document: client.document, which the user may write and has locked
        :param attachment: one ir.attachment (sudo)
        :param dict values: caption, stage, and what a device said
        :raise UserError: it is no picture, or no bytes
        """
        facts = self.env["client.document.version"]._facts_of(attachment)
        if not self._is_picture(facts["mimetype"]):
            raise UserError(self.env._("“%s” is not a picture.", attachment.name))
        pictures = self.sudo()  # as above
        photo = pictures.create(
            {
                "document_id": document.id,
                "attachment_id": attachment.id,
                "number": self._next(document),
                "name": self.env["client.upload"]._clean_name(attachment.name) or self.env._("Photo"),
                "author_id": self.env.uid,
                **facts,
                **values,
            }
        )
        hold = {"res_model": self._name, "res_id": photo.id, "res_field": FROZEN_FIELD}
        attachment.write({**hold, "public": False, "access_token": False})
        photo._make_soon()
        return photo.sudo(False)  # not beyond what brought it in
