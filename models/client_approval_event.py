from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# kind -> (words filled with the event's values, tone of the dot)
WORDS = {
    "asked": (_lt("Approval asked"), "info"),
    "asked_again": (_lt("Approval asked again, for what changed"), "warning"),
    "escalated": (_lt("%(who)s may not approve this: %(names)s asked instead"), "warning"),
    "nobody_can": (_lt("Nobody at %(client)s may approve this yet"), "danger"),
    "reminded": (_lt("Reminder sent to %(names)s"), "muted"),
    "approver_gone": (_lt("%(who)s has no access any more"), "muted"),
    "opened_up": (_lt("Now anyone who may approve this can answer"), "info"),
    "approve": (_lt("Approved by %(who)s"), "success"),
    "decline": (_lt("Declined by %(who)s"), "danger"),
    "changes": (_lt("%(who)s asked for changes"), "warning"),
    "approved": (_lt("Approved"), "success"),
    "edited": (_lt("Changed before it was answered"), "muted"),
    "stale": (_lt("Changed since it was approved"), "warning"),
    "restored": (_lt("Changed back to what was approved"), "success"),
    "expired": (_lt("Ended without an answer"), "muted"),
    "withdrawn": (_lt("Withdrawn"), "muted"),
    "revising": (_lt("Taken back for revision"), "muted"),
    "confirmed": (_lt("Settled without the portal"), "muted"),
    "record_gone": (_lt("What it was about does not exist any more"), "muted"),
}


class ClientApprovalEvent(models.Model):
    """One line of an approval's timeline: what happened, in values for client-safe words."""

    _name = "client.approval.event"
    _description = "Line of an approval's timeline"
    _order = "date desc, id desc"
    _rec_name = "kind"

    approval_id = fields.Many2one("client.approval", required=True, index=True, ondelete="cascade", readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    kind = fields.Char(required=True, readonly=True)
    values = fields.Json(readonly=True)
    actor_id = fields.Many2one("res.users", string="By", readonly=True, ondelete="set null")
    title = fields.Char("What happened", compute="_compute_title")

    def _compute_title(self):
        for event in self:
            event.title = event._sentence()

    @api.model
    def _append(self, approvals, kind, values):
        date = self.env.context.get("client_update_date") or fields.Datetime.now()
        actor = self.env.uid if self.env.user.active else False  # nobody for scheduled actions
        return self.create(
            [
                {"approval_id": approval.id, "date": date, "kind": kind, "values": values, "actor_id": actor}
                for approval in approvals
            ]
        )

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("The timeline is kept as it was written."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The timeline is kept as it was written."))

    def _sentence(self):
        """In the reader's language."""
        words, _tone = WORDS.get(self.kind, ("", "muted"))
        values = {"who": "", "names": "", "client": "", **(self.values or {})}
        sentence = self.env._(words) if words else self.kind
        return sentence % values if words else sentence

    def _client_rows(self):
        """[{'title', 'note', 'lines', 'who', 'when', 'tone'}] for the page, newest first."""
        words = self.env["client.words"]
        rows = []
        for event in self:
            day = words._local(event.date)
            rows.append(
                {
                    "title": event._sentence(),
                    "note": (event.values or {}).get("note") or "",
                    "lines": event.approval_id._kind()._change_words((event.values or {}).get("changes") or []),
                    "when": f"{words._day(day.date())}, {words._time(event.date)}",
                    "tone": WORDS.get(event.kind, ("", "muted"))[1],
                }
            )
        return rows
