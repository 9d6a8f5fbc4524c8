import contextlib

from odoo import api, models
from odoo.exceptions import AccessDenied
from odoo.http import request

from .client_throttle import TooMany


class ResUsers(models.Model):
    """Signing in and asking for a new password, throttled in the database.

    Odoo counts failures in the memory of each worker, and says which logins exist.
    """

    _inherit = "res.users"

    @contextlib.contextmanager
    def _assert_can_auth(self, user=None):
        """Remote calls with a password name no address (stock lets them try without end)."""
        source = request.httprequest.remote_addr if request else "rpc"
        key = f"{source}:{str(user).strip().lower()}"
        if self.env["client.throttle"]._full("login", key):
            raise AccessDenied(self.env._("Too many login failures, please wait a bit before trying again."))
        try:
            with super()._assert_can_auth(user=user):
                yield
        except AccessDenied:
            self._client_login_failed(key)
            raise

    @api.model
    def _client_login_failed(self, key):
        """Count a failure in a transaction of its own: that of the request is rolled back."""
        with self.env.registry.cursor() as cr:
            self.env(cr=cr)["client.throttle"]._hit("login", key)

    @api.private  # the sign-in pages call it; a remote call would only tell who may ask for whom
    def reset_password(self, login):
        """Answers alike for every login, known or not, and does as much: what is sent is sent later.

        :raise TooMany: asked too often for this login from this address
        """
        source = request.httprequest.remote_addr if request else "-"
        if not self.env["client.throttle"]._hit("reset", f"{source}:{str(login).strip().lower()}"):
            raise TooMany(self.env._("That was a lot at once. Please wait an hour and try again."))
        self.env["client.password.reset"].sudo()._ask(str(login), source)  # whoever asks may have no login
        return True

    def _client_send_reset(self, login):
        """Send what Odoo sends at once; see ``client.password.reset``."""
        return super().reset_password(login)  # pylint: disable=super-method-mismatch

    def _login(self, credential, user_agent_env):
        """A login nobody has costs as much as a wrong password."""
        try:
            return super()._login(credential, user_agent_env)
        except AccessDenied:
            known = self.sudo().search_count(self._get_login_domain(credential.get("login")), limit=1)  # only whether
            if not known and credential.get("password"):
                self._crypt_context().hash(str(credential["password"]))
            raise
