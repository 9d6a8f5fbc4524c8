from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _generate_signup_token(self, expiration=None):
        """Links of our invitations live as long as our setting says, whatever Odoo's own sign-up links do."""
        return super()._generate_signup_token(expiration or self.env.context.get("client_invitation_hours"))
