"""Paying with Odoo's demo provider, from the list to the statement."""

from odoo.tests import tagged

from .world_common import WorldCase


@tagged("post_install", "-at_install")
class TestPay(WorldCase):
    def closing(self, key, client):
        """Balance of the client's only account, as its statement says it to somebody."""
        user = self.user(key)
        env = self.as_user(key)
        statement = env(context={**env.context, "allowed_company_ids": user.company_ids.ids})["client.statement"]
        (book,) = statement._asked(statement._client_of(client.with_env(env)), {})["books"]
        return book["closing"]

    def test_several_at_once(self):
        client = self.book.get("client_grounds")
        self.assertEqual(self.closing("helen", client), 13925.5)
        self.start_tour("/my/invoices?filterby=open", "client_portal_pays_several", login="helen")
        self.assertEqual(self.closing("helen", client), 0)
        paid = self.book.get("invoice_grounds_month10") + self.book.get("invoice_grounds_platform")
        self.assertEqual(set(paid.mapped("amount_residual")), {0})
        self.assertEqual(len(paid.transaction_ids), 1)

    def test_a_part(self):
        client = self.book.get("client_grounds")
        self.start_tour("/my/invoices?filterby=overdue", "client_portal_pays_a_part", login="amira")
        self.assertEqual(self.closing("amira", client), 12925.5)
        self.assertEqual(self.book.get("invoice_grounds_month10").payment_state, "partial")

    def test_somebody_of_another_firm_pays(self):
        """A property manager's payment stands on the account of the client whose invoice it was."""
        invoice = self.book.get("invoice_grounds_month10")
        client = invoice.client_id
        before = self.closing("helen", client)
        role = self.env.ref("client_portal.client_role_administrator")
        self.env["client.member"].create(
            {"user_id": self.user("isla").id, "client_id": client.id, "role_id": role.id}
        )
        self.authenticate("isla", "isla")
        provider = self.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", invoice.company_id.id)]
        )
        processing = self.make_jsonrpc_request(
            f"/my/invoices/pay/{invoice.id}",
            {
                "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids.id,
                "amount": invoice.amount_residual,
                "flow": "direct",
            },
        )
        payment = self.env["payment.transaction"].search([("reference", "=", processing["reference"])])
        self.assertNotEqual(payment.partner_id.commercial_partner_id, client)
        payment._process("demo", {"reference": payment.reference, "simulated_state": "done"})
        payment._post_process()
        self.assertEqual(payment.payment_id.partner_id, client)
        self.assertEqual(self.closing("helen", client), before - 4275.5)
