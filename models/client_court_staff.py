"""What the back office shows of whose turn it is."""

from odoo import api, fields, models


class ClientCourt(models.AbstractModel):
    _inherit = "client.court"

    client_turn = fields.Char(
        string="Whose turn", compute="_compute_client_turn", help="Who is waited for, and for how many days."
    )

    @api.depends("client_court", "client_court_since", "client_wrote_on")
    def _compute_client_turn(self):
        now = fields.Datetime.now()
        for record in self:
            since = record.client_wrote_on or record.client_court_since
            record.client_turn = record._client_turn_words(max((now - since).days, 0)) if since else ""

    def _client_turn_words(self, days):
        """'Client wrote, 2 days', 'Waiting for the client, 1 day', 'Waiting for us, today'.

        :param int days: full days of the turn so far
        """
        words = {"client": self.env._("Waiting for the client"), "operator": self.env._("Waiting for us")}
        who = self.env._("Client wrote") if self.client_wrote_on else words[self.client_court]
        if not days:
            return self.env._("%(who)s, today", who=who)
        if days == 1:
            return self.env._("%(who)s, 1 day", who=who)
        return self.env._("%(who)s, %(days)s days", who=who, days=days)

    def action_client_answered(self):
        """What the client wrote needs no answer, or got it elsewhere."""
        self.check_access("write")
        self.with_context(client_response_outcome="not_needed")._client_answered()
