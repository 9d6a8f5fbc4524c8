"""Photos and a completion note from a phone, on the form of the job."""

import hashlib
from datetime import datetime

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import float_round

EARLIEST = datetime(2000, 1, 1)


class ProjectTask(models.Model):
    _inherit = "project.task"

    def action_client_photos(self):
        """Open the camera's dialog; see static/src/field_photos."""
        self.ensure_one()
        self.check_access("write")
        self.env["client.document"]._for_staff()
        return {
            "type": "ir.actions.client",
            "tag": "client_portal_docs.field_photos",
            "target": "new",
            "name": self.env._("Photos and note"),
            "params": {"task_id": self.id, "note": self.client_done_note or ""},
        }

    def action_client_photos_done(self, note="", count=0, publish=False):
        """Keep what was written with the photos.

        :param str note: what was done, in words the client may read
        :param int count: photos that came in just now
        :param bool publish: show the photos to the client
        """
        self.ensure_one()
        self.check_access("write")
        documents = self.env["client.document"]
        documents._for_staff()
        if note and note != self.client_done_note:
            self.client_done_note = note
        if count:
            taken = documents._capture_set(self)
            body = self.env._("%(count)s photos taken: %(link)s", count=int(count), link=taken._get_html_link())
            self._message_log(body=body)
            if publish:
                taken.action_client_publish()
        return True


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _capture(self, task, upload, told):
        """Keep a photo that a phone sent.

        :param task: project.task as the user
        :param upload: werkzeug FileStorage, or None
        :param dict told: texts that came with it: stage, device_on (milliseconds), latitude, longitude, accuracy
        :return: the new client.photo
        :raise UserError: it is no picture, or the job is not theirs to write
        """
        self._for_staff()
        task.check_access("write")
        if not upload:
            raise UserError(self.env._("No photo came with it."))
        checks = self.env["client.upload"]
        upload.filename = checks._clean_name(upload.filename)
        if not checks._check_stream(upload).startswith("image/"):
            raise UserError(self.env._("“%s” is not a picture.", upload.filename))
        content, taken = upload.read(), self._capture_set(task)
        digest = hashlib.sha256(content).hexdigest()
        known = self.env["client.photo"].search([("document_id", "=", taken.id), ("sha256", "=", digest)], limit=1)
        if known:
            return known  # it had come in, and the phone never heard so
        files = self.env["ir.attachment"].sudo().with_context(image_no_postprocess=True)  # the photo's at once
        file = files.create({"name": upload.filename, "raw": content})
        stage = told.get("stage") if told.get("stage") in ("before", "after") else False
        return taken._add_photo(file, stage=stage, **_device(told))


def _device(told):
    """What a phone says of itself, as columns; what cannot be meant is left out."""
    moment, latitude, longitude, accuracy = (
        _number(told.get(name)) for name in ("device_on", "latitude", "longitude", "accuracy")
    )
    values = {}
    if moment is not None and EARLIEST.timestamp() <= moment / 1000 <= datetime.now().timestamp() + 86400:
        values["device_on"] = datetime.utcfromtimestamp(int(moment / 1000))
    if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
        place = {"device_latitude": float_round(latitude, 7), "device_longitude": float_round(longitude, 7)}
        values.update(place, device_placed=True, device_accuracy=min(abs(accuracy or 0), 99999))
    return values


def _number(text):
    try:
        number = float(text)
    except (TypeError, ValueError):
        return None
    return number if abs(number) < 1e15 else None  # neither infinite nor none at all
