from odoo import api, models
from odoo.fields import Date
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
_CONSENT = (
    "1",
    _lt(
        "I have read what was done on this job and accept the work as finished on behalf of %(client)s. "
        "My name here is a simple electronic signature."
    ),
)


class ClientApprovalKindCompletion(models.AbstractModel):
    """The sign-off of a finished job: a yes closes it, a no opens it again.

    What is signed is the completion record, which is frozen already; a job completed again gets the next
    version and a question of its own.
    """

    _name = "client.approval.kind.completion"
    _inherit = "client.approval.kind"
    _description = "Sign-off of a finished job"

    _client_model = "project.task"

    @api.model
    def _label(self):
        return self.env._("Sign-off")

    @api.model
    def _consent(self):
        return _CONSENT

    @api.model
    def _labels(self):
        return {
            **super()._labels(),
            "title": self.env._("Title"),
            "version": self.env._("Version of the completion record"),
            "sha256": self.env._("SHA-256 of the completion record"),
            "done_on": self.env._("Done on"),
            "people": self.env._("Done by"),
            "site": self.env._("Site"),
            "assets": self.env._("Assets"),
            "note": self.env._("What was done"),
            "readings": self.env._("Reading"),
            "value": self.env._("value"),
        }

    # ------------------------------------------------------------------------ what

    @api.model
    def _fits(self, record):
        return super()._fits(record) and record.client_sign_off_state == "asked"

    @api.model
    def _subject(self, record):
        return record.client_name, f"#{record.id}"

    @api.model
    def _paper(self, record):
        """The completion record that is to be signed, sudo."""
        return self.env["client.completion"]._latest(record)

    @api.model
    def _content(self, record):
        paper = self._paper(record)
        values = paper.values or {}
        readings = values.get("readings") or []
        return {
            "title": values.get("title") or record.client_name,
            "version": str(paper.version),
            "sha256": paper.sha256 or "",
            "done_on": values.get("done_on") or "",
            "people": ", ".join(values.get("people") or ()),
            "site": values.get("site") or "",
            "assets": ", ".join(values.get("assets") or ()),
            "note": values.get("note") or "",
            "readings": [{"id": row, "name": name, "value": value} for row, (name, value) in enumerate(readings, 1)],
        }

    @api.model
    def _signs(self, record):
        return True

    @api.model
    def _obstacle(self, record):
        return "" if record.client_sign_off_state == "asked" else self.env._("This job is not finished any more.")

    @api.model
    def _guarded(self, record):
        return False  # what was signed is frozen, and the job's later life is no change of it

    @api.model
    def _facts(self, record):
        paper = self._paper(record)
        values = paper.values or {}
        done = self.env["client.words"]._short(Date.to_date(values.get("done_on")))
        return [
            {"label": self.env._("Done on"), "value": done},
            {"label": self.env._("Done by"), "value": ", ".join(values.get("people") or ())},
            {
                "label": self.env._("Completion record"),
                "value": self.env._("Version %s (PDF)", paper.version),
                "url": f"{record._client_url()}/completion",
            },
        ]

    @api.model
    def _text(self, record):
        content = self._content(record)
        readings = [": ".join(filter(None, (row["name"], row["value"]))) for row in content["readings"]]
        return "\n".join(filter(None, [content["note"], *readings]))

    @api.model
    def _plain_text(self, record):
        return self._text(record)

    @api.model
    def _file(self, record):
        paper = self._paper(record)
        stream = paper._stream(paper.filename)
        return paper.filename, stream.read()

    # --------------------------------------------------------------------- effects

    @api.model
    def _approved(self, approval, decision):
        approval._subject()._client_signed_off(self._member(decision))

    @api.model
    def _declined(self, approval, decision):
        approval._subject()._client_sign_off_refused(self._member(decision), decision.comment)

    @api.model
    def _changes_requested(self, approval, decision):
        self._declined(approval, decision)

    @api.model
    def _withdrawn(self, approval):
        approval._subject()._client_sign_off_waived()

    @api.model
    def _member(self, decision):
        return self.env["client.member"].sudo().browse(decision.member_id)  # who has just answered

    @api.model
    def _tells(self, approval, event):
        """The job tells by itself when it waits, is signed off or opens again; staff who take it back close it."""
        return False
