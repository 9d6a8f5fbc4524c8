from odoo import api, models
from odoo.fields import Date
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
_SCOPE_CONSENT = (
    "1",
    _lt("I have read what this job covers and approve it on behalf of %(client)s, so that work can start."),
)
_MILESTONE_CONSENT = (
    "1",
    _lt("I confirm on behalf of %(client)s that this milestone is reached as described here."),
)
_OPEN = ("requested", "scheduled", "in_progress", "waiting")


class ClientApprovalKindScope(models.AbstractModel):
    """What a job covers, before it starts; Odoo's own task states tell staff what the client said."""

    _name = "client.approval.kind.scope"
    _inherit = "client.approval.kind"
    _description = "Approval of a job's scope"

    _client_model = "project.task"

    @api.model
    def _label(self):
        return self.env._("Scope of the job")

    @api.model
    def _consent(self):
        return _SCOPE_CONSENT

    @api.model
    def _labels(self):
        return {
            **super()._labels(),
            "title": self.env._("Title"),
            "summary": self.env._("Description"),
            "site": self.env._("Site"),
            "parts": self.env._("Part"),
            "name": self.env._("title"),
        }

    @api.model
    def _fits(self, record):
        return super()._fits(record) and record.client_status in _OPEN and not record._client_is_finished()

    @api.model
    def _subject(self, record):
        return record.client_name, f"#{record.id}"

    @api.model
    def _content(self, record):
        parts = record.child_ids.filtered("client_published").sorted("id")
        return {
            "title": record.client_name,
            "summary": record.client_summary or "",
            "site": record.client_site_id.name or "",
            "parts": [{"id": part.id, "name": part.client_name} for part in parts],
        }

    @api.model
    def _obstacle(self, record):
        return "" if record.client_status in _OPEN else self.env._("This job is over.")

    @api.model
    def _guarded(self, record):
        return record.client_status in _OPEN

    @api.model
    def _facts(self, record):
        words = self.env["client.words"]
        visit = words._visit(record.client_visit_start, record.client_visit_end)
        return [{"label": self.env._("Visit"), "value": visit}]

    @api.model
    def _text(self, record):
        return record.client_summary or ""

    @api.model
    def _plain_text(self, record):
        parts = [part["name"] for part in self._content(record)["parts"]]
        return "\n".join([record.client_summary or "", *(f"– {part}" for part in parts)]).strip()

    @api.model
    def _approved(self, approval, decision):
        task = approval._subject()
        task.state = "03_approved"
        words = self.env._("%(name)s (%(role)s) approved the scope", name=decision.user_name, role=decision.role)
        task._client_say(words, self.env.user.partner_id, internal=True)

    @api.model
    def _declined(self, approval, decision):
        self._send_back(approval, decision, self.env._("%(name)s declined the scope of %(job)s"))

    @api.model
    def _changes_requested(self, approval, decision):
        self._send_back(approval, decision, self.env._("%(name)s asks for changes of %(job)s"))

    @api.model
    def _send_back(self, approval, decision, summary):
        """Staff read what the client wrote on the job, and get a to-do."""
        task = approval._subject()
        task.state = "02_changes_requested"
        task._client_say(decision.comment, self.env.user.partner_id)
        approval._alert(summary % {"name": decision.user_name, "job": task.client_name}, decision.comment)

    @api.model
    def _stale(self, approval, decision):
        task = approval._subject()
        if task.state == "03_approved":
            task.state = "01_in_progress"

    @api.model
    def _restored(self, approval, decision):
        approval._subject().state = "03_approved"


class ClientApprovalKindMilestone(models.AbstractModel):
    """A milestone of a project; approved, it is reached."""

    _name = "client.approval.kind.milestone"
    _inherit = "client.approval.kind"
    _description = "Approval of a milestone"

    _client_model = "project.milestone"

    @api.model
    def _label(self):
        return self.env._("Milestone")

    @api.model
    def _consent(self):
        return _MILESTONE_CONSENT

    @api.model
    def _labels(self):
        return {
            **super()._labels(),
            "name": self.env._("Name"),
            "deadline": self.env._("Date"),
            "project": self.env._("Project"),
        }

    @api.model
    def _fits(self, record):
        return super()._fits(record) and not record.is_reached

    @api.model
    def _subject(self, record):
        return record.name, ""

    @api.model
    def _content(self, record):
        return {
            "name": record.name or "",
            "deadline": Date.to_string(record.deadline) or "",
            "project": record.project_id.client_name or "",
        }

    @api.model
    def _obstacle(self, record):
        return self.env._("This milestone is reached already.") if record.is_reached else ""

    @api.model
    def _guarded(self, record):
        return not record.is_reached

    @api.model
    def _facts(self, record):
        day = self.env["client.words"]._short(record.deadline)
        return [
            {"label": self.env._("Project"), "value": record.project_id.client_name},
            {"label": self.env._("Date"), "value": day},
        ]

    @api.model
    def _approved(self, approval, decision):
        milestone = approval._subject()
        milestone.is_reached = True
        words = self.env._("%(name)s (%(role)s) approved", name=decision.user_name, role=decision.role)
        milestone._client_say(words, self.env.user.partner_id, internal=True)

    @api.model
    def _declined(self, approval, decision):
        self._send_back(approval, decision, self.env._("%(name)s declined the milestone %(milestone)s"))

    @api.model
    def _changes_requested(self, approval, decision):
        self._send_back(approval, decision, self.env._("%(name)s asks for changes before %(milestone)s"))

    @api.model
    def _send_back(self, approval, decision, summary):
        milestone = approval._subject()
        milestone._client_say(decision.comment, self.env.user.partner_id)
        approval._alert(summary % {"name": decision.user_name, "milestone": milestone.name}, decision.comment)

    @api.model
    def _tells(self, approval, event):
        """A milestone that is reached is news by itself."""
        return event != "approved"
