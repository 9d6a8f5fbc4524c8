"""Pictures drawn in the tests, with what a camera would write into them."""

import io

from PIL import Image

from .boundary import hand_in

HARBOUR = (43.467448, 11.885127)  # where the site of the tests is
MAKER, OWNER, SERIAL = "SECRET-MAKER", "SECRET-OWNER", "SECRET-SERIAL"
EVERY_SECRET = (MAKER, OWNER, SERIAL)


def picture(color="green", size=(64, 48), at=HARBOUR, clock="2026:11:18 09:30:00", offset="+00:00", **more):
    """A JPEG whose left half has another colour than its right one.

    :param more: orientation; kind of file
    :rtype: bytes
    """
    image = Image.new("RGB", size, color)
    image.paste("white", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010F] = MAKER
    if more.get("orientation"):
        exif[0x0112] = more["orientation"]
    inside = exif.get_ifd(0x8769)
    inside[0xA430], inside[0xA431] = OWNER, SERIAL
    if clock:
        inside[0x9003] = clock
        if offset:
            inside[0x9011] = offset
    if at:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "N" if at[0] >= 0 else "S", _degrees(abs(at[0]))
        gps[3], gps[4] = "E" if at[1] >= 0 else "W", _degrees(abs(at[1]))
    content = io.BytesIO()
    image.save(content, more.get("kind", "JPEG"), exif=exif)
    return content.getvalue()


def _degrees(value):
    minutes, seconds = divmod(value * 3600, 60)
    degrees, minutes = divmod(minutes, 60)
    return float(degrees), float(minutes), round(seconds, 4)


class PhotoMixin:
    """A job with a visit at a site with a position, and photos of it."""

    def make_place(self):
        self.site_a_one.write({"partner_latitude": HARBOUR[0], "partner_longitude": HARBOUR[1], "tz": "UTC"})
        self.task_a_one.write({"client_visit_start": "2026-11-18 08:00:00", "client_visit_end": "2026-11-18 12:00:00"})

    def make_set(self, record=None, name="Alder photos"):
        record = record or self.task_a_one
        return self.env["client.document"].create(
            {
                "name": name,
                "record_ref": f"{record._name},{record.id}",
                "category_id": self.env.ref("client_portal_docs.category_photos").id,
            }
        )

    def add(self, document, content, name="photo.jpg", make=True, **values):
        """One more photo of a set."""
        files = self.env["ir.attachment"].sudo().with_context(image_no_postprocess=True)
        photo = document._add_photo(files.create({"name": name, "raw": content}), **values)
        if make:
            photo._make()
        return photo

    def picture_document(self, content, name="photo.jpg", record=None, make=True):
        """A document whose version is a picture, shared."""
        record = record or self.task_a_one
        document = self.env["client.document"].create({"name": name, "record_ref": f"{record._name},{record.id}"})
        version = hand_in(document, name, content)
        if make:
            version.photo_ids._make()
        document.action_client_publish()
        self.env.flush_all()
        return document
