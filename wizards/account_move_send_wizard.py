from odoo import models


class AccountMoveSendWizard(models.TransientModel):
    _inherit = "account.move.send.wizard"

    def action_send_and_print(self, allow_fallback_pdf=False):
        """Staff who send one invoice see whom they send it to."""
        chosen = self.with_context(client_chosen_recipients=True)
        return super(AccountMoveSendWizard, chosen).action_send_and_print(allow_fallback_pdf=allow_fallback_pdf)
