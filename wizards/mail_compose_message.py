from odoo import models


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def action_send_mail(self):
        """The button: staff who write about one record see whom they write to.

        Mails that Odoo composes by itself do not come through here.
        """
        if len(self) == 1 and self.composition_mode == "comment" and not self.composition_batch:
            self = self.with_context(client_chosen_recipients=True)
        return super().action_send_mail()
