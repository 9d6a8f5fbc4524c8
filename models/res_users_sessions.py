import secrets

from odoo import fields, models


class ResUsers(models.Model):
    """Ending the open sessions of a login, on every worker and with the transaction."""

    _inherit = "res.users"

    # part of every session's token: empty until sessions were ended once, so that installing signs nobody out
    client_session_seal = fields.Char(groups=fields.NO_ACCESS, copy=False, prefetch=False)

    def _get_session_token_fields(self):
        return super()._get_session_token_fields() | {"client_session_seal"}

    def _client_end_sessions(self):
        """Sign these logins out everywhere; they may sign in again."""
        for user in self.sudo():  # reason: nobody may write the seal
            user.client_session_seal = secrets.token_urlsafe(16)
