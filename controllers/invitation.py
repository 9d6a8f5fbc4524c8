from odoo.http import request, route

from odoo.addons.auth_signup.controllers.main import AuthSignupHome


class ClientInvitation(AuthSignupHome):
    """Where the button of an invitation leads."""

    @route()
    def web_auth_signup(self, *args, **kw):
        """A link that no longer works is told in plain words instead of a form that cannot be sent."""
        response = super().web_auth_signup(*args, **kw)
        dead = getattr(response, "qcontext", None) and response.qcontext.get("invalid_token")
        if not dead or kw.get("redirect") != "/my":
            return response
        page = request.render("client_portal.invitation_dead", self.get_auth_signup_config())
        page.status_code = 410
        return page
