"""Photos leave by the documents' one way, and as what was made of them: upright, without what the camera wrote."""

from odoo import SUPERUSER_ID, api, models

from odoo.addons.client_portal.models.client_gate import ClientNotFound

from .client_bytes import content_of
from .client_document_send import DocumentLost, PictureNotGiven, answer, lost_words

# what is asked for -> field it is in; the whole picture where nothing smaller was made
_COPIES = {"thumb": "thumbnail", "view": "preview", "download": "served", "zip": "served"}


class PhotoWaiting(PictureNotGiven):
    """Its copy is being made at this moment."""

    http_status = 503


class PhotoUnreadable(PictureNotGiven):
    """Nothing can be made of it that may be given away."""

    http_status = 415


class ClientPhoto(models.Model):
    _inherit = "client.photo"

    def _client_stream(self, kind="download"):
        """The copy for clients; the original never leaves this way.

        :param str kind: 'thumb', 'view', 'download' or 'zip'
        :raise PhotoWaiting, PhotoUnreadable, DocumentLost: in words for the reader
        """
        self.ensure_one()
        if refusal := self._client_refusal():
            raise refusal
        name = _COPIES[kind]
        if name == "preview" and not self.with_context(bin_size=True).preview:
            name = "served"
        stream = self._stored(name)
        if not stream:
            self._report_lost()
            raise DocumentLost(lost_words(self.env))
        stream.download_name = self.name.replace('"', "'")
        stream.etag = f"{self.served_sha256}-{kind}"
        stream.last_modified = None
        stream.max_age = 0
        stream.client_content = content_of(stream, self._file_of(stream, name))
        return stream

    def _client_served_row(self):
        """Digests of a manifest: of the copy that was given, and of the original that was handed in."""
        return {
            "size": int(self.served_size),
            "sha256": self.served_sha256,
            "original_sha256": self.sha256,
            "copy": "upright, without what the camera wrote into the file",
        }

    def _client_refusal(self):
        """Why no copy can be given, or None."""
        if self.made == "waiting":
            return PhotoWaiting(self.env._("This picture is being prepared. Please try again in a minute."))
        if self.made == "lost":
            return DocumentLost(lost_words(self.env))
        if self.made != "ready":
            return PhotoUnreadable(self.env._("This picture cannot be shown. Please ask us for it."))
        return None

    def _stored(self, name):
        mimetype = self.served_mimetype if name == "served" else "image/jpeg"
        try:
            stream = self.env["ir.binary"]._get_stream_from(self, name, mimetype=mimetype)
        except FileNotFoundError:
            return None
        return stream if stream.size else None

    def _file_of(self, stream, name):
        """The attachment (sudo) of a copy; not looked for where its bytes are known without it."""
        files = self.env["ir.attachment"].sudo()  # one photo's copy, whose document passed the gate
        if stream.path or stream.data:
            return files
        here = [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", name)]
        return files.search(here, limit=1)

    def _report_lost(self):
        """A copy that is gone is made again, beside the running request: it may be a read-only one."""
        photo_id, registry = self.id, self.env.registry

        def again():
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})  # makes a copy anew: the reader gets nothing of it
                env["client.photo"].browse(photo_id)._make_again()

        self.env.cr.postcommit.add(again)
        self.env.cr.postrollback.add(again)


class ClientDocumentVersion(models.Model):
    _inherit = "client.document.version"

    def _client_stream(self, kind="download"):
        """Of a picture, its copy for clients."""
        photo = self._client_picture()
        return photo._client_stream(kind) if photo is not None else super()._client_stream(kind)

    def _client_served_row(self):
        photo = self._client_picture()
        return photo._client_served_row() if photo is not None else super()._client_served_row()

    def _client_picture(self):
        """The photo (sudo) that this version is; None for other files, and waiting where it has no row yet."""
        photos = self.env["client.photo"].sudo()  # one photo's copy, whose document passed the gate
        if not photos._is_picture(self.mimetype):
            return None
        return self.sudo().photo_ids or photos.new({"made": "waiting"})  # as above


class ClientDocument(models.Model):
    _inherit = "client.document"

    def _client_bundle_files(self, left_out):
        """The photos of a set lie in a folder of their own."""
        files = super()._client_bundle_files(left_out)
        photos = self._client_photos() if self.sudo().shared_photos else ()  # behind the gate
        held = self._photo_truth()
        folder = photos and (self.env["client.upload"]._clean_name(self.name) or "photos")
        for photo in photos:
            try:
                content = photo._client_stream("zip").client_content
            except DocumentLost as refusal:
                left_out.append({"title": self.name, "file": photo.name, "reason": str(refusal)})
                continue
            row = {"photo": photo.number, **photo._client_told_row(held), **photo._client_served_row()}
            files.append((f"{folder}/{photo.number:02d} {photo.name}", row, content))
        if photos:
            self.env["client.access"]._opened(self, "zip")
        return files

    @api.model
    def _client_send_set(self, document_id):
        """What a zip of all photos of a set holds; see ``_client_bundle``.

        :raise ClientNotFound: no telling why
        """
        document = self._client_get(document_id)
        if not document.sudo().shared_photos:  # behind the gate
            raise ClientNotFound()
        return document._client_bundle()

    @api.model
    def _client_send_cover(self, document_id):
        """Answer with what stands for a document in a gallery: a picture, or the first page of a PDF.

        No journal: a small picture is part of the list, and of the page whose opening is written down.

        :param int document_id: from an address, trusted in no way
        :raise ClientNotFound: no telling why
        :raise DocumentLost: there is no copy to be had now
        """
        document = self._client_get(document_id).sudo()  # behind the gate
        if photo := document.cover_id:
            return answer(photo._client_stream("thumb"), "thumb", photo._report_lost)
        if document.cover_page:
            return document.current_id._client_answer_page()
        raise ClientNotFound()

    @api.model
    def _client_send_photo(self, document_id, number, kind):
        """Answer with the copy of a photo.

        :param int document_id: from an address, trusted in no way
        :param int number: of a photo of the set
        :param str kind: 'thumb', 'view' or 'download'
        :raise ClientNotFound: no telling why
        :raise DocumentLost: there is no copy to be had now
        """
        document = self._client_get(document_id)
        photo = document._client_photo(number)
        if not photo:
            raise ClientNotFound()
        if kind != "thumb":  # a small picture is part of the page, whose opening is in the journal
            self.env["client.access"].with_context(client_photo=photo.number)._opened(document, kind)
        return answer(photo._client_stream(kind), kind, photo._report_lost)
