"""What is approved and what is read of a document: its current version, named by the digest of its bytes."""

from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
READ = "document_read"
_APPROVE_CONSENT = (
    "1",
    _lt("I have read this version of the document and approve it on behalf of %(client)s."),
)
_READ_CONSENT = (
    "1",
    _lt("I have read this version of the document and understood it."),
)


class ClientApprovalKindDocument(models.AbstractModel):
    """A document that the client says yes to, such as a drawing or a method statement.

    The answer points at a version by its SHA-256. A newer version that is shared is a change of what was
    approved: the engine notices it, tells staff and asks again.
    """

    _name = "client.approval.kind.document"
    _inherit = "client.approval.kind"
    _description = "Approval of a document's version"

    _client_model = "client.document"

    @api.model
    def _label(self):
        return self.env._("Document")

    @api.model
    def _consent(self):
        return _APPROVE_CONSENT

    @api.model
    def _labels(self):
        return {
            **super()._labels(),
            "title": self.env._("Title"),
            "category": self.env._("Category"),
            "version": self.env._("Version"),
            "file": self.env._("File"),
            "size": self.env._("Size in bytes"),
            "sha256": self.env._("SHA-256 of the file"),
        }

    # ------------------------------------------------------------------------ what

    @api.model
    def _fits(self, record):
        return super()._fits(record) and record.state == "published" and bool(record.current_id)

    @api.model
    def _subject(self, record):
        return record.name, self.env._("Version %s", record.current_id.number)

    @api.model
    def _content(self, record):
        version = record.current_id
        return {
            "title": record.name or "",
            "version": str(version.number),
            "file": version.name or "",
            "size": str(int(version.size)),
            "sha256": version.sha256 or "",
        }

    @api.model
    def _obstacle(self, record):
        return "" if record.client_published else self.env._("This document is not shared any more.")

    @api.model
    def _guarded(self, record):
        """A document that was taken back is no other version of itself."""
        return record.state == "published" and bool(record.current_id)

    @api.model
    def _facts(self, record):
        version = record.current_id
        return [
            {
                "label": self.env._("Document"),
                "value": self.env._("%(name)s, %(size)s", name=version.name, size=version.size_words),
                "url": record._client_url(),
            },
            {"label": self.env._("Version"), "value": str(version.number)},
        ]

    @api.model
    def _text(self, record):
        return record.current_id.note or ""

    @api.model
    def _plain_text(self, record):
        version = record.current_id
        digest = self.env._("SHA-256 of the file: %s", version.sha256)
        return "\n".join(filter(None, [version.note, version.name, digest]))

    @api.model
    def _file(self, record):
        """A PDF itself is what is frozen with the answer; of anything else a paper that names its digest."""
        return record.current_id._paper()

    # --------------------------------------------------------------------- effects

    @api.model
    def _approved(self, approval, decision):
        document = approval._subject()
        document.approved_version_id = document.current_id
        self._note(document, self.env._("%(name)s (%(role)s) approved version %(number)s"), decision)
        document._ask_reading()

    @api.model
    def _declined(self, approval, decision):
        self._send_back(approval, decision, self.env._("%(name)s declined version %(number)s"))

    @api.model
    def _changes_requested(self, approval, decision):
        self._send_back(approval, decision, self.env._("%(name)s asks for changes of version %(number)s"))

    @api.model
    def _withdrawn(self, approval):
        approval._subject()._ask_reading()

    @api.model
    def _send_back(self, approval, decision, words):
        document = approval._subject()
        approval._alert(self._note(document, words, decision), decision.comment)

    @api.model
    def _note(self, document, words, decision):
        """A line for staff on the document."""
        who = {"name": decision.user_name, "role": decision.role, "number": document.current_id.number}
        line = words % who
        body = f"{line}: {decision.comment}" if decision.comment else line
        document._client_say(body, self.env.user.partner_id, internal=True)
        return line


class ClientApprovalKindDocumentRead(models.AbstractModel):
    """'Read and understood': each person who is asked says so for themselves.

    It needs no right to approve, nobody stands in for somebody else, and only a yes can be said. See
    ``client_document_reading.py`` for who is asked and ``client_approval_reading.py`` for the engine's side.
    """

    _name = "client.approval.kind.document_read"
    _inherit = "client.approval.kind.document"
    _description = "Acknowledgement of a document's version"

    @api.model
    def _label(self):
        return self.env._("Read and understood")

    @api.model
    def _consent(self):
        return _READ_CONSENT

    @api.model
    def _obstacle(self, record):
        """Where staff want it, whoever answers has had the file itself before them; the journal knows."""
        obstacle = super()._obstacle(record)
        if obstacle or not record.acknowledge_opened or record._client_has_opened(self.env.user):
            return obstacle
        return self.env._("Please open the document first.")

    @api.model
    def _after(self, approval):
        return f"{approval._subject()._client_url()}?done=read"

    @api.model
    def _approved(self, approval, decision):
        document = approval._subject()
        number = document.current_id.number
        words = self.env._("Everybody who was asked has read and understood version %s", number)
        document._client_say(words, self.env.user.partner_id, internal=True)

    @api.model
    def _withdrawn(self, approval):
        """Nothing else waits for it."""

    @api.model
    def _tells(self, approval, event):
        """That it is to be read is news; who has read it is between them and staff."""
        return event == "requested"
