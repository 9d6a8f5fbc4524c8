"""What is made of a photo, once and outside the request that brought it: the copies clients get, and what it says."""

import base64
import hashlib

import pytz

from odoo import api, fields, models

from odoo.addons.client_portal.models.client_number import whole_number

from .client_bytes import path_of
from .client_picture import PIXELS, PictureRefused, make

MADE = [
    ("waiting", "Being prepared"),
    ("ready", "Ready"),
    ("kind", "Not a kind of picture that can be shown"),
    ("large", "Too large to be shown"),
    ("broken", "Damaged"),
    ("lost", "Missing from the storage"),
]
AT_A_TIME = 20


class ClientPhoto(models.Model):
    _inherit = "client.photo"

    made = fields.Selection(MADE, "Copies", required=True, readonly=True, default="waiting")
    served = fields.Binary("Copy for the client", attachment=True, readonly=True)
    served_sha256 = fields.Char("SHA-256 of the copy", readonly=True)
    served_size = fields.Float("Size of the copy", digits=(20, 0), readonly=True, aggregator=None)
    served_mimetype = fields.Char("Type of the copy", readonly=True)
    preview = fields.Binary(attachment=True, readonly=True)
    thumbnail = fields.Binary(attachment=True, readonly=True)
    width = fields.Integer(readonly=True, aggregator=None)
    height = fields.Integer(readonly=True, aggregator=None)
    pixels = fields.Char("SHA-256 of the pixels", readonly=True, index="btree_not_null")
    # what the camera wrote into the original
    taken_on = fields.Datetime(readonly=True)
    taken_by = fields.Selection(
        [
            ("offset", "the camera's clock and its time zone"),
            ("satellites", "satellites"),
            ("clock", "the camera's clock, read as the site's time"),
        ],
        "Time told by",
        readonly=True,
    )
    latitude = fields.Float(digits=(10, 7), readonly=True, aggregator=None)
    longitude = fields.Float(digits=(10, 7), readonly=True, aggregator=None)
    accuracy = fields.Float("Accuracy (m)", digits=(8, 1), readonly=True, aggregator=None)
    placed = fields.Boolean("Camera said where it was", readonly=True)
    camera = fields.Char(readonly=True)

    _to_make = models.Index("(id) WHERE made = 'waiting'")

    @api.model
    def _make_soon(self):
        """Wake the job as soon as this transaction is through."""
        self.env["ir.cron"]._client_wake("client_portal_docs.client_photo_cron")

    @api.model
    def _cron_make(self):
        """Make what waits, a few at a time.

        With nothing to do it looks for pictures that came in before there were photos.
        """
        if not self.search_count([("made", "=", "waiting")], limit=1):
            self._adopt()
        while waiting := self.search([("made", "=", "waiting")], limit=AT_A_TIME, order="id"):
            for photo in waiting:
                photo._make()
                if not self.env["ir.cron"]._commit_progress(1):
                    self._make_soon()
                    return
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _adopt(self):
        """Rows for versions that are pictures and have none."""
        pictures = [("mimetype", "=like", "image/%"), ("photo_ids", "=", False)]
        self._of_version(self.env["client.document.version"].search(pictures))

    def _make_again(self):
        """Make everything of these photos anew, outside the running request."""
        self.write({"made": "waiting"})
        self._make_soon()

    def _make(self):
        """Make everything of these photos; what cannot be read says why."""
        for photo in self.sudo():  # written by what the bytes say
            try:
                made = make(photo._original(), photo._most_pixels())
            except FileNotFoundError:
                photo.write({"made": "lost"})
                photo._note_lost()
            except PictureRefused as refusal:
                photo.write({"made": refusal.reason})
            else:
                photo.write(photo._made_values(made))
                photo._note_reuse()

    def _original(self):
        """Path of the original where it lies on the disk, else its bytes."""
        if path := path_of(self.attachment_id):
            return path
        if not (content := self.attachment_id.raw):  # in the database, or in a storage elsewhere
            raise FileNotFoundError(self.attachment_id.store_fname)
        return content

    def _note_lost(self):
        """Staff hear that the original is gone."""
        if self.version_id:
            self.version_id._note_lost()
        else:
            self.document_id._note_lost(self.env._("The file of photo %s is missing", self.number), self.author_id)

    @api.model
    def _most_pixels(self):
        asked = self.env["ir.config_parameter"].sudo().get_param("client_portal_docs.photo_pixels")  # a setting
        return whole_number(asked, PIXELS)

    def _made_values(self, made):
        """Values of a photo of which everything was made.

        :param made: see ``client_picture.Made``
        """
        self.ensure_one()
        said = made.said
        return {
            "made": "ready",
            "served": base64.b64encode(made.content),
            "served_sha256": hashlib.sha256(made.content).hexdigest(),
            "served_size": len(made.content),
            "served_mimetype": made.mimetype,
            "preview": base64.b64encode(made.preview) if made.preview else False,
            "thumbnail": base64.b64encode(made.thumbnail),
            "width": made.width,
            "height": made.height,
            "pixels": made.pixels,
            "placed": said["latitude"] is not None,
            "latitude": said["latitude"] or 0,
            "longitude": said["longitude"] or 0,
            "accuracy": said["accuracy"] or 0,
            "camera": said["camera"],
            **self._taken(said),
        }

    def _taken(self, said):
        """When it was taken, in UTC, and who tells: {'taken_on', 'taken_by'}."""
        if said["clock"] and said["offset"] is not None:
            return {"taken_on": said["clock"] - said["offset"], "taken_by": "offset"}
        if said["satellites"]:
            return {"taken_on": said["satellites"], "taken_by": "satellites"}
        if not said["clock"]:
            return {"taken_on": False, "taken_by": False}
        moment = self._zone().localize(said["clock"]).astimezone(pytz.utc).replace(tzinfo=None)
        return {"taken_on": moment, "taken_by": "clock"}

    def _zone(self):
        """The clock of the place the photo is about."""
        document = self.document_id
        site, company = document.client_site_id, document.company_id or self.env.company
        return pytz.timezone(site.tz or document.client_id.tz or company.partner_id.tz or self.author_id.tz or "UTC")
