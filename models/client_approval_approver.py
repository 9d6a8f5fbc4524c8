from odoo import fields, models

VERDICTS = [
    ("approve", "Approved"),
    ("decline", "Declined"),
    ("changes", "Requested changes"),
]


class ClientApprovalApprover(models.Model):
    """A member who was asked, or who answered."""

    _name = "client.approval.approver"
    _description = "Approver"
    _order = "sequence, id"
    _rec_name = "member_id"

    approval_id = fields.Many2one("client.approval", required=True, index=True, ondelete="cascade")
    member_id = fields.Many2one("client.member", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    turn = fields.Boolean(readonly=True, help="May answer now.")
    user_id = fields.Many2one("res.users", string="Answered by", readonly=True, ondelete="set null")
    verdict = fields.Selection(VERDICTS, readonly=True)
    date = fields.Datetime("Answered", readonly=True)
    ended = fields.Boolean(readonly=True, help="Lost access before answering.")
    # who could not approve the amount, where this member was asked in their place
    escalated_from_id = fields.Many2one("client.member", readonly=True, ondelete="set null")

    _approval_member_uniq = models.Constraint("unique (approval_id, member_id)", "Each approver is asked once.")

    def _client_badge(self):
        tones = {"approve": "success", "decline": "danger", "changes": "warning"}
        if self.verdict:
            words = dict(self._fields["verdict"]._description_selection(self.env))
            return {"label": words[self.verdict], "tone": tones[self.verdict]}
        return {"label": self.env._("asked") if self.turn else self.env._("not yet asked"), "tone": "muted"}
