from odoo import api, models
from odoo.fields import Domain

from .client_bytes import pieces_of
from .client_document_send import SHOWN_TYPES, DocumentLost

TEXT_SHOWN = 100_000  # bytes of a text that its preview shows
CARD_SHOWN = 5
_ICONS = {
    "application/pdf": "fa-file-pdf-o",
    "text/plain": "fa-file-text-o",
    "application/msword": "fa-file-word-o",
    "application/vnd.ms-excel": "fa-file-excel-o",
}


class ClientDocument(models.Model):
    """What the pages show of a document."""

    _inherit = "client.document"

    _client_row_fields = (
        "client_id",
        "client_site_id",
        "company_id",
        "name",
        "published_on",
        "valid_until",
        "expiring_from",
    )

    # what a row says beside; members read none of it themselves
    _client_row_facts = ("category_id", "current_id", "shared_photos", "cover_id", "cover_page")

    def _client_rows(self):
        places = self._client_places()
        sudo = self.sudo()  # what a visible document is and how large
        sudo.fetch(self._client_row_facts)
        sudo.category_id.fetch(["name"])
        sudo.current_id.fetch(["size", "mimetype", "name"])
        days = self.env["client.words"]._short_days(sudo.mapped("published_on"))
        return [
            {
                "id": document.id,
                "url": document._client_url(),
                "title": document.name,
                "pick": {"value": document.id},
                "icon": fact._client_icon(),
                "detail": self._client_details(fact.category_id.name, places[document.id]),
                "badge": document._client_validity(),
                "note": days[document.published_on],
            }
            for document, fact in zip(self, sudo, strict=True)
        ]

    def _client_icon(self):
        """Name of the icon for the kind of file (sudo)."""
        kind = self.current_id.mimetype or ""
        if kind.startswith("image/"):
            return "fa-file-image-o"
        if kind.startswith("video/"):
            return "fa-file-video-o"
        if "spreadsheet" in kind:
            return "fa-file-excel-o"
        if "wordprocessing" in kind or "opendocument.text" in kind:
            return "fa-file-word-o"
        return _ICONS.get(kind, "fa-file-o")

    def _client_validity(self):
        """Until when it is valid, as a badge; None without an end or long before it."""
        until, words = self.valid_until, self.env["client.words"]
        if not until:
            return None
        today = words._today()
        if until < today:
            return {"label": self.env._("expired %s", words._short(until)), "tone": "danger"}
        if self.expiring_from <= today:
            return {"label": self.env._("valid until %s", words._short(until)), "tone": "warning"}
        return None

    def _client_facts(self):
        """Values of the document's page."""
        self.ensure_one()
        words = self.env["client.words"]
        document = self.sudo()  # names and versions of a visible document
        shared = document.published_on and words._day(words._local(document.published_on).date())
        valid = " – ".join(words._short(day) for day in (document.valid_from, document.valid_until) if day)
        return {
            "id": self.id,
            "title": self.name,
            "badge": self._client_validity(),
            "asks": self._client_asks(),
            "audience": self._client_audience_card(),
            "current": self._client_version_row(document.current_id, True),
            "preview": self._client_preview_values(document.current_id),
            "versions": self._client_earlier(),
            "facts": [
                {"label": self.env._("Category"), "value": document.category_id.name},
                self._client_record_fact(),
                self._client_site_fact(with_address=False),
                {"label": self.env._("Shared on"), "value": shared or ""},
                {"label": self.env._("Valid"), "value": valid},
                {"label": self.env._("Tags"), "value": ", ".join(document.tag_ids.mapped("name"))},
            ],
        }

    def _client_record_fact(self):
        """What it belongs to, with the way there; the record is the user's to see, or so is not the document."""
        empty = {"label": "", "value": ""}
        if self.res_model not in self.env or not self.res_id:
            return empty
        record = self.env[self.res_model].search([("id", "=", self.res_id)], limit=1)
        if not record:
            return empty
        label = self.env["ir.model"]._get(record._name).sudo().name  # a model's name
        labels = {
            "project.task": self.env._("Job"),
            "sale.order": self.env._("Quote"),
            "account.move": self.env._("Invoice"),
        }
        return {
            "label": labels.get(record._name, label),
            "value": record[record._client_label_field],
            "url": record._client_url(),
        }

    # --------------------------------------------------------------------- versions

    def _client_version_row(self, version, current=False):
        """{'number', 'name', 'note', 'detail', 'url', 'sha256'} of a version (sudo)."""
        words = self.env["client.words"]
        day = words._short(words._local(version.create_date).date()) if version else ""
        return {
            "number": version.number,
            "name": version.name,
            "note": version.note or "",
            "detail": self._client_details(version.size_words, day),
            "sha256": version.sha256,
            "url": f"{self._client_url()}/download" + ("" if current else f"/{version.number}"),
        }

    def _client_earlier(self):
        """Earlier versions, newest first, where the document shows them."""
        document = self.sudo()  # behind the gate
        if not document.show_history:
            return []
        earlier = document.version_ids.filtered(lambda v: v.state == "published" and v != document.current_id)
        return [self._client_version_row(version) for version in earlier.sorted("number", reverse=True)]

    def _client_preview_values(self, version):
        """{'kind', 'url', 'text'} of what the page shows of a version (sudo); None for what it does not."""
        kind = SHOWN_TYPES.get(version.mimetype)
        if not kind:
            return None
        try:
            version._client_stream("view")
        except DocumentLost as refusal:
            return {"kind": "waiting", "url": "", "text": str(refusal)}
        text = self._client_text(version) if kind == "text" else ""
        return {"kind": kind, "url": f"{self._client_url()}/view", "text": text}

    def _client_text(self, version):
        """Beginning of a plain text; nothing where its file is gone."""
        try:
            piece = next(pieces_of(version.attachment_id), b"")[:TEXT_SHOWN]
        except OSError:
            return ""
        return piece.decode("utf-8-sig", errors="replace")

    # -------------------------------------------------------------------- on records

    @api.model
    def _client_card(self, record):
        """The documents of a record as a card of its page; None without any, or without the right to see them.

        :param record: one record, bound to the user
        """
        if not self.env.user._client_can("see_documents"):
            return None
        place = "client_site_id" if record._name == "res.partner" else ""
        domain = Domain(place, "=", record.id) if place else Domain(self._client_of_record(record))
        found = self._client_find(domain, "published_on desc, id desc", CARD_SHOWN + 1)
        if not found:
            return None
        return {
            "template": "client_portal_docs.documents_card",
            "documents": found[:CARD_SHOWN]._client_rows(),
            "documents_more": f"/my/documents?site={record.id}" if place and len(found) > CARD_SHOWN else "",
        }
