from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _create_payment(self, **extra_create_values):
        """A payment for a client's invoices stands on the client's account.

        Stock books it for the company of whoever pays. A member may work elsewhere, as a
        property manager does, and the client's account would go on asking for the money.
        """
        clients = self.env["client.door"]._guarded(self.invoice_ids).commercial_partner_id
        if len(clients) == 1:
            extra_create_values = {"partner_id": clients.id, **extra_create_values}
        return super()._create_payment(**extra_create_values)
