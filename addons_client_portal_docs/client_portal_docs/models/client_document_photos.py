"""A photo set is a document of several photos; a picture is a document whose version is one."""

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.client_portal.models.client_told import Told

_lt = LazyTranslate(__name__)


class ClientDocument(models.Model):
    _inherit = "client.document"

    _client_publish_depends = ("active", "state", "current_id", "record_published", "shared_photos")
    _client_news_fields = ("current_id", "shared_photos")
    _client_updates = {
        "document_photos": Told(
            _lt("New photos in %(name)s"), many=_lt("New photos in %(count)s sets"), family="documents"
        ),
    }

    photo_ids = fields.One2many("client.photo", "document_id", domain=[("version_id", "=", False)])
    photo_count = fields.Integer(compute="_compute_photo_count")
    shared_photos = fields.Integer(
        "Photos shared", compute="_compute_shared_photos", store=True, copy=False, aggregator=None
    )
    cover_id = fields.Many2one(
        "client.photo", "Shown in galleries", compute="_compute_cover_id", store=True, copy=False, ondelete="set null"
    )
    client_capture = fields.Boolean(
        "Taken in the field", readonly=True, copy=False, help="The set that photos taken on the job go into."
    )

    _captured = models.Index("(res_model, res_id) WHERE client_capture IS TRUE")

    @api.depends("photo_ids")
    def _compute_photo_count(self):
        counts = dict(self.env["client.photo"]._read_group(self._of_sets(), ["document_id"], ["__count"]))
        for document in self:
            document.photo_count = counts.get(document._origin, 0)

    def _of_sets(self):
        return [("document_id", "in", self.ids), ("version_id", "=", False)]

    @api.depends("photo_ids.state")
    def _compute_shared_photos(self):
        shared = [*self._of_sets(), ("state", "=", "published")]
        counts = dict(self.env["client.photo"].sudo()._read_group(shared, ["document_id"], ["__count"]))  # counted
        for document in self:
            document.shared_photos = counts.get(document._origin, 0)

    @api.depends("current_id.photo_ids.made", "photo_ids.made", "photo_ids.state", "photo_ids.sequence")
    def _compute_cover_id(self):
        """What stands for it in a gallery: the picture it is, or the first photo shown of the set."""
        for document in self:
            photos = document.current_id.photo_ids or document.photo_ids.filtered(lambda p: p.state == "published")
            document.cover_id = photos.filtered(lambda photo: photo.made == "ready").sorted(
                lambda photo: (photo.sequence, photo.number)
            )[:1]

    def _client_may_publish(self):
        whole = super()._client_may_publish
        return whole() or (
            self.active and self.state == "published" and bool(self.shared_photos) and self.record_published
        )

    def _client_news(self, old, new):
        yield from super()._client_news(old, new)
        told = old.get("client_published") and old.get("current_id") == new["current_id"]
        if told and new["shared_photos"] > old.get("shared_photos", 0):
            yield "document_photos", {}

    def _share_newest(self):
        """The photos of a set are shared together."""
        shared = super()._share_newest()
        drafts = self.photo_ids.filtered(lambda photo: photo.state == "draft")
        drafts.write({"state": "published"})
        return shared or bool(self.photo_ids)

    def _client_photo(self, number):
        """A photo of a set that a member may see.

        :param int number: from an address
        :return: client.photo (sudo), or nothing
        """
        self.ensure_one()
        shown = [*self._of_sets(), ("state", "=", "published"), ("number", "=", number)]
        return self.env["client.photo"].sudo().search(shown, limit=1)  # behind the gate of the document

    def _client_photos(self):
        """The photos of a set that its client sees (sudo), in their order."""
        shown = [*self._of_sets(), ("state", "=", "published")]
        return self.env["client.photo"].sudo().search(shown)  # behind the gate of the document

    # ------------------------------------------------------------------------ photos handed in

    def _add_photo(self, attachment, **values):
        """Keep a picture as the next photo of this set, a draft.

        :param attachment: one ir.attachment (sudo), which becomes the photo's own
        :param values: caption, stage, and what a device said: see ``client.photo``
        :return: the new client.photo
        """
        self.ensure_one()
        self.check_access("write")
        self._lock()
        return self.env["client.photo"]._keep(self, attachment, values)

    @api.model
    def _capture_set(self, record):
        """The set that photos taken on a job go into; made with the first of them.

        :param record: a scoped record that the user may write
        """
        record.check_access("write")
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(hashtext(%s))", f"client_capture {record}"))
        mine = [("res_model", "=", record._name), ("res_id", "=", record.id), ("client_capture", "=", True)]
        return self.search(mine, limit=1) or self.create(
            {
                "name": self.env._("Photos: %s", record[record._client_label_field]),
                "category_id": self.env["client.document.category"]._photos().id,
                "record_ref": f"{record._name},{record.id}",
                "client_capture": True,
            }
        )

    def unlink(self):
        """Photo by photo, so that the bytes of a draft go too."""
        self.env["client.photo"].search([("document_id", "in", self.ids)]).unlink()
        return super().unlink()


class ClientDocumentCategory(models.Model):
    _inherit = "client.document.category"

    @api.model
    def _photos(self):
        """The category of photo sets."""
        shipped = self.env.ref("client_portal_docs.category_photos", raise_if_not_found=False)
        return shipped or self.env["client.document"]._first_category()


class ClientDocumentVersion(models.Model):
    _inherit = "client.document.version"

    photo_ids = fields.One2many("client.photo", "version_id", string="Picture")

    @api.model_create_multi
    def create(self, vals_list):
        """What is a picture is looked at as one."""
        versions = super().create(vals_list)
        self.env["client.photo"]._of_version(versions.sudo())  # as handed in
        return versions

    def unlink(self):
        """A draft goes with its picture."""
        self.sudo().photo_ids.unlink()  # of versions that may go; else refused below
        return super().unlink()
