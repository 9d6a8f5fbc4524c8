import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class ClientPasswordReset(models.Model):
    """Passwords somebody asked to choose anew, until the mail is sent.

    Writing a mail takes longer than finding nobody to write to. So the request notes what was
    typed, whoever it is, and the scheduler does the rest.
    """

    _name = "client.password.reset"
    _description = "Asked for a new password"
    _log_access = False

    login = fields.Char(required=True)
    source = fields.Char(help="Address it was asked from.")
    asked = fields.Datetime(required=True, default=fields.Datetime.now)

    @api.model
    def _ask(self, login, source):
        """Note one request, and wake the scheduler.

        :param str login: as typed
        :param str source: address of the caller, for the log
        """
        self.create({"login": login[:200], "source": source})
        self.env["ir.cron"]._client_wake("client_portal.ir_cron_client_password_reset")

    @api.model
    def _send_all(self):
        """Send what Odoo sends, once each; a login that does not exist is only logged."""
        waiting = self.search([], order="id", limit=200)
        for login, rows in waiting.grouped("login").items():
            try:
                with self.env.cr.savepoint():
                    self.env["res.users"]._client_send_reset(login)
            except Exception:  # stock raises bare exceptions, each of which tells on a login
                _logger.info("No password reset sent for login %r from %s", login, rows[:1].source, exc_info=True)
        waiting.unlink()
