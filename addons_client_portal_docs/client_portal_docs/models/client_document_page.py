"""PDFs show their first page: drawn once for each version, by a job and outside the request that brings it."""

import base64
from pathlib import Path

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from .client_bytes import at_path
from .client_document_send import PictureNotGiven, answer
from .client_page import draw_page

PDF = "application/pdf"
PAGE = [
    ("again", "To be drawn once more"),
    ("ready", "Ready"),
    ("locked", "Opens with a password only"),
    ("large", "Too large to be drawn"),
    ("broken", "Cannot be drawn"),
    ("lost", "Missing from the storage"),
]
# nothing is known yet of what has just come in, nor of what was there before pages were drawn
TO_DRAW = [("mimetype", "=", PDF), ("page_state", "in", (False, "again"))]
AT_A_TIME = 20
_TOLD = {"page", "page_state"}


class ClientDocumentVersion(models.Model):
    _inherit = "client.document.version"

    page = fields.Binary("First page", attachment=True, readonly=True)
    page_state = fields.Selection(PAGE, "Picture of the first page", readonly=True)

    _to_draw = models.Index(
        "(id) WHERE mimetype = 'application/pdf' AND (page_state IS NULL OR page_state = 'again')"
    )

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        if PDF in versions.mapped("mimetype"):
            self._draw_soon()
        return versions

    def write(self, vals):
        """What a page looks like is told by its file."""
        if not self.env.su and _TOLD & vals.keys():
            raise UserError(self.env._("The picture of a first page is drawn from its file."))
        return super().write(vals)

    @api.model
    def _draw_soon(self):
        """Wake the job as soon as this transaction is through."""
        self.env["ir.cron"]._client_wake("client_portal_docs.client_page_cron")

    @api.model
    def _cron_draw(self):
        """Draw what waits, the newest first: those are the ones people look at.

        What a version is while it is drawn: one that brought the whole server down is tried once more and then left.
        """
        cron = self.env["ir.cron"]
        while waiting := self.search(TO_DRAW, limit=AT_A_TIME, order="id desc"):
            for version in waiting:
                if not version.exists():
                    continue  # a draft, thrown away meanwhile
                version.page_state = "broken" if version.page_state else "again"
                cron._commit_progress()
                drawn = version._first_page()
                cron._commit_progress()  # what happened to the document while it was drawn is seen from here on
                version.exists()._page_is(*drawn)
                if not cron._commit_progress(1):
                    self._draw_soon()
                    return
        cron._commit_progress(remaining=0)

    def _draw(self):
        """Draw the first page of each, at once."""
        for version in self:
            version._page_is(*version._first_page())

    def _page_is(self, picture, state):
        """Note what was drawn, or why nothing was.

        :param bytes picture: a JPEG, or nothing
        """
        self.write({"page_state": state, "page": base64.b64encode(picture) if picture else False})

    def _first_page(self):
        """(JPEG or nothing, state)."""
        self.ensure_one()
        file = self.attachment_id
        if file.file_size > file._client_most_to_read():
            return b"", "large"
        try:
            with at_path(file) as path:
                if not Path(path).stat().st_size:
                    return b"", "lost"
                return draw_page(path, file._client_seconds_to_read())
        except OSError:
            return b"", "lost"

    # ----------------------------------------------------------------------- leaving

    def _client_answer_page(self):
        """Answer with the picture of the first page (sudo, behind the gate of the document).

        :raise PictureNotGiven: it is gone; it is drawn again
        """
        self.ensure_one()
        try:
            stream = self.env["ir.binary"]._get_stream_from(self, "page", mimetype="image/jpeg")
        except FileNotFoundError:
            stream = None
        if not stream or not stream.size:
            self._client_page_lost()
            raise PictureNotGiven(self.env._("This picture is being prepared. Please try again in a minute."))
        stream.etag = f"{self.sha256}-page"
        stream.last_modified = None
        stream.max_age = 0
        return answer(stream, "thumb", self._client_page_lost)

    def _client_page_lost(self):
        """A picture that is gone is drawn again, beside the running request: it may be a read-only one."""
        version_id, registry = self.id, self.env.registry

        def again():
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})  # draws a page anew: the reader gets nothing of it
                version = env["client.document.version"].browse(version_id)
                version.page_state = False
                version._draw_soon()

        self.env.cr.postcommit.add(again)
        self.env.cr.postrollback.add(again)


class ClientDocument(models.Model):
    _inherit = "client.document"

    cover_page = fields.Boolean(
        "First page shown in galleries", compute="_compute_cover_page", store=True, copy=False
    )

    @api.depends("current_id.page_state")
    def _compute_cover_page(self):
        """Whether the first page of what the client reads stands for it in a gallery."""
        for document in self:
            document.cover_page = document.current_id.page_state == "ready"
