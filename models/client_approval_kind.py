from odoo import api, models, tools
from odoo.tools import html2plaintext
from odoo.tools.translate import LazyTranslate

from .client_canonical import canonical, differences, digest

_lt = LazyTranslate(__name__)

# changes of texts longer than this are told without the texts
_SHORT = 80
_CONSENT = (
    "1",
    _lt("I have read what is shown here and approve it on behalf of %(client)s."),
)
_ITEMS = {
    "added": _lt("Added: “%(name)s”"),
    "removed": _lt("Removed: “%(name)s”"),
    "moved": _lt("The order of the lines changed"),
}


class ClientApprovalKind(models.AbstractModel):
    """What one kind of approval says and does. A new kind inherits this and fills the hooks.

    ``client.approval.kind.quote`` is asked as kind ``quote``. Records are passed in sudo: the engine
    has decided who may look and answer. Nothing here writes but the three effects.
    """

    _name = "client.approval.kind"
    _description = "Kind of approval"

    # model whose records are asked for with this kind
    _client_model = ""

    @api.model
    def _of(self, kind):
        """The kind by name; plain words for one whose module is gone."""
        name = f"client.approval.kind.{kind}"
        return self.env[name if name in self.env else "client.approval.kind"]

    @api.model
    def _fitting(self, record):
        """Names of the kinds ``record`` may be asked for now, in the order they are offered.

        :rtype: list[str]
        """
        return [
            kind
            for kind in self._names()
            if self._of(kind)._client_model == record._name and self._of(kind)._fits(record)
        ]

    @api.model
    def _names(self):
        """Names of all kinds, in the order they are offered."""
        prefix = "client.approval.kind."
        return [name.removeprefix(prefix) for name in sorted(self.env.registry) if name.startswith(prefix)]

    @api.model
    def _choices(self):
        """[(name, label)] of all kinds."""
        return [(kind, self._of(kind)._label()) for kind in self._names()]

    # ------------------------------------------------------------------- hooks: words

    @api.model
    def _label(self):
        """What it is called: 'Quote', 'Milestone'."""
        return self.env._("Approval")

    @api.model
    def _consent(self):
        """(version, words agreed to); ``%(client)s`` is the client's name. New words take a new version."""
        return _CONSENT

    @api.model
    def _labels(self):
        """{key of the content: what it is called}, for telling what changed."""
        return {"documents": self.env._("Document")}

    # -------------------------------------------------------------------- hooks: what

    @api.model
    def _fits(self, record):
        """Whether the record may be asked for now: its client sees it."""
        scope = record._client_approval_scope()
        return bool(scope.client_published and scope.client_id.is_client)

    @api.model
    def _subject(self, record):
        """(what it is about, its number or nothing)."""
        return record.display_name, ""

    @api.model
    def _content(self, record):
        """What is approved, in plain canonical values; a change of it is a change of what was approved."""
        return {}

    @api.model
    def _amount(self, record):
        """(amount, res.currency) that limits are held to; an empty currency for none."""
        return 0.0, self.env["res.currency"]

    @api.model
    def _due(self, record):
        """(answer by, last day to answer) when nobody says otherwise; False for none."""
        return False, False

    @api.model
    def _signs(self, record):
        """Whether a drawn signature is asked."""
        return False

    @api.model
    def _asks_order_number(self, record):
        """Whether the member may add their own order number."""
        return False

    @api.model
    def _obstacle(self, record):
        """Why it cannot be answered now, in words; empty when it can."""
        return ""

    @api.model
    def _guarded(self, record):
        """Whether a change of the record still matters after the answer."""
        return True

    @api.model
    def _asked_by(self, record):
        """res.users of the client who asked for the work; they answer not where four eyes are wanted."""
        return record.create_uid.filtered("share")

    @api.model
    def _facts(self, record):
        """[{'label', 'value', 'url'?}] shown beside the question."""
        return []

    @api.model
    def _page_facts(self, record):
        """``_facts`` as the page shows them."""
        return self._facts(record)

    @api.model
    def _lines(self, record):
        """Lines and totals shown with the question: {'lines', 'totals', 'variation'?}, or nothing."""
        return {}

    @api.model
    def _text(self, record):
        """Text or Markup shown with the question."""
        return ""

    @api.model
    def _plain_text(self, record):
        """``_text`` without markup, for the plain document."""
        return html2plaintext(self._text(record) or "")

    @api.model
    def _after(self, approval):
        """Address that an answer leads to, or nothing for the approval's own page."""
        return ""

    @api.model
    def _file(self, record):
        """(name, bytes) of the document that is frozen with an answer where there is one already, or None."""
        return None

    @api.model
    def _print(self, record):
        """(name, bytes) of the record's own document, or None; may take seconds, and is done while staff ask."""
        return None

    # ----------------------------------------------------------------- hooks: effects

    @api.model
    def _approved(self, approval, decision):
        """Let the yes take effect in the record.

        :param approval: client.approval that was approved
        :param decision: client.decision that completed it
        """

    @api.model
    def _declined(self, approval, decision):
        """Let the no take effect in the record."""

    @api.model
    def _changes_requested(self, approval, decision):
        """Tell the people responsible what should be changed."""

    @api.model
    def _withdrawn(self, approval):
        """Staff took the question back: nothing waits for the client any more."""

    @api.model
    def _stale(self, approval, decision):
        """Take back what no longer holds of an approved record that changed."""

    @api.model
    def _restored(self, approval, decision):
        """The record is again as it was approved."""

    @api.model
    def _tells(self, approval, event):
        """Whether the client's feed hears of it from the engine; false where the record says it itself."""
        return True

    @api.model
    def _announces(self, record):
        """Whether those asked get a mail from the engine; false where staff send the record itself."""
        return True

    # ------------------------------------------------------------------- made of them

    @api.model
    def _snapshot(self, approval, record):
        """Everything that was shown: what it is and what of it is approved.

        :rtype: dict
        """
        title, reference = self._subject(record)
        content = self._content(record)
        content["documents"] = [
            {"id": file.id, "name": file.name, "sha256": self._file_digest(file.checksum, file.id)}
            for file in approval.document_ids.sorted("id")
        ]
        return {
            "kind": approval.kind,
            "record": {"model": record._name, "id": record.id, "title": title, "reference": reference or ""},
            "company": approval.company_id.name or "",
            "client": approval.client_id.name,
            "message": approval.message or "",
            "content": content,
        }

    @api.model
    @tools.ormcache("checksum")
    def _file_digest(self, checksum, file_id):
        """SHA-256 of a file, read once for every content Odoo has a checksum of."""
        return digest(self.env["ir.attachment"].sudo().browse(file_id).raw or b"")  # bytes of a document asked for

    @api.model
    def _seal(self, snapshot):
        """(canonical text, SHA-256) of a snapshot."""
        text = canonical(snapshot)
        return text, digest(text)

    @api.model
    def _changes(self, before, after):
        """What of the content differs between two snapshots; see ``client_canonical.differences``."""
        return differences(before.get("content", {}), after.get("content", {}))

    @api.model
    def _change_words(self, changes):
        """The changes as sentences in the reader's language.

        :rtype: list[str]
        """
        labels = self._labels()
        return [self._one_change(change, labels) for change in changes]

    @api.model
    def _one_change(self, change, labels):
        if change.get("act") in _ITEMS:
            sentence = self.env._(_ITEMS[change["act"]])
            return sentence % {"name": change["name"] or ""}
        old, new = change["old"] or "–", change["new"] or "–"
        name = labels.get(change.get("field") or change["key"], change.get("field") or change["key"])
        if change.get("field") == "sha256":
            return self.env._("“%s” was replaced", change["name"])
        if change.get("act"):
            name = self.env._("“%(item)s”, %(field)s", item=change["name"], field=name)
        if max(len(str(old)), len(str(new))) > _SHORT:
            return self.env._("%s changed", name)
        return f"{name}: {old} → {new}"
