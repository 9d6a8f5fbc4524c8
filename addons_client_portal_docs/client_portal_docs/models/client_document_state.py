"""The library by state: how valid a document is, and what was replaced."""

from odoo import api, models


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _client_narrowings(self, query, client_ids):
        words = {
            "valid": self.env._("Valid"),
            "expiring": self.env._("Expiring"),
            "expired": self.env._("Expired"),
            "unlimited": self.env._("Without an end"),
        }
        state = self._client_plain_choice("state", self.env._("State"), query, words, self._client_of_state)
        return [*super()._client_narrowings(query, client_ids), state]

    def _client_of_state(self, value):
        """Domain of a word about how long a document is valid."""
        today = self.env["client.words"]._today()
        return {
            "valid": ["|", ("valid_until", "=", False), ("valid_until", ">=", today)],
            "expiring": [("expiring_from", "<=", today), ("valid_until", ">=", today)],
            "expired": [("valid_until", "<", today)],
            "unlimited": [("valid_until", "=", False)],
        }[value]

    def action_supersede(self):
        """Another document took its place: it is not among the client's any more, and stays with staff."""
        self.check_access("write")
        self.write({"state": "superseded"})
