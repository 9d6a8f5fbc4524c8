from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("open", "Waiting for us"),
    ("accepted", "Accepted"),
    ("kept", "The visit stays"),
    ("moved", "Moved otherwise"),
    ("withdrawn", "Taken back"),
    ("lapsed", "No longer needed"),
]
COMMENT_MAX = 1000


class VisitRefused(UserError):
    """What somebody else did meanwhile, in words for the one who came second."""

    http_status = 409


class ClientVisitProposal(models.Model):
    """Other times a member asked for, for one visit, and what became of it.

    Nobody outside reads these rows: what members see of them is part of the job's page, behind its gate. Staff
    read them on the job. At most one per job is open, whoever asks at the same moment.
    """

    _name = "client.visit.proposal"
    _description = "Other times asked for a visit"
    _order = "id desc"

    task_id = fields.Many2one("project.task", required=True, readonly=True, ondelete="cascade", index=True)
    partner_id = fields.Many2one("res.partner", string="Asked by", required=True, readonly=True, ondelete="restrict")
    windows = fields.Json(required=True, readonly=True, help="List of [start, end] in UTC, best first.")
    comment = fields.Text(readonly=True)
    state = fields.Selection(STATES, default="open", required=True, readonly=True)
    reply = fields.Text(readonly=True, help="What staff answered, in words for the client.")
    answered_on = fields.Datetime(readonly=True)

    _one_open = models.UniqueIndex("(task_id) WHERE state = 'open'")

    def _windows(self):
        """[(start, end)] as naive UTC datetimes."""
        self.ensure_one()
        return [tuple(map(fields.Datetime.to_datetime, window)) for window in self.windows]

    @api.model
    def _pack(self, windows):
        """The other way round."""
        return [[fields.Datetime.to_string(moment) for moment in window] for window in windows]

    def _close(self, state, reply=""):
        """End open proposals.

        :param str state: one of STATES
        :param str reply: words of staff for the client
        """
        self.filtered(lambda p: p.state == "open").write(
            {"state": state, "reply": reply, "answered_on": fields.Datetime.now()}
        )
