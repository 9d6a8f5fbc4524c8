from odoo.addons.auth_signup.controllers.main import AuthSignupHome


class ClientSignIn(AuthSignupHome):
    def get_auth_signup_qcontext(self):
        """Without an invitation an address in the URL is not looked up: the answer would
        say whether it has a login.
        """
        qcontext = super().get_auth_signup_qcontext()
        if not qcontext.get("token"):
            qcontext.pop("signup_email", None)
        return qcontext
