"""Transactions: nothing a browser sends is believed, and the money lands on the client's account."""

from odoo.fields import Command
from odoo.tests import tagged

from .pay_common import PayCase

# what a browser may send in place of what the form offered
WRONG = (
    {"amount": 100.01},
    {"amount": 0},
    {"amount": -1},
    {"amount": True},
    {"amount": None},
    {"amount": "100"},
    {"provider_id": "hidden"},
    {"provider_id": "elsewhere"},
    {"provider_id": 999999999},
    {"provider_id": "x"},
    {"payment_method_id": 999999999},
    {"payment_method_id": [1]},
    {"flow": "token", "token_id": "card"},
    {"flow": "validation"},
)


@tagged("post_install", "-at_install")
class TestPayActs(PayCase):
    def test_transaction_of_several(self):
        answer, made = self.send("billing_a", (self.one, self.two))
        self.assertIn("reference", answer)
        self.assertEqual(made.invoice_ids, self.one + self.two)
        self.assertEqual(made.amount, 120.5)
        self.assertEqual(made.landing_route, "/my/invoices?message=payment")
        self.assertEqual(made.partner_id, self.users["billing_a"].partner_id)

    def test_transaction_of_a_part(self):
        answer, made = self.send("billing_a", (self.one,), amount=12.34)
        self.assertIn("reference", answer)
        self.assertEqual((made.amount, made.invoice_ids), (12.34, self.one))
        self.assertEqual(made.landing_route, f"{self.one._client_url()}?message=payment")

    def test_nothing_a_browser_sends_is_believed(self):
        mine = self.users["billing_a"].partner_id
        card = self.env["payment.token"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "partner_id": mine.id,
                "provider_ref": "x",
            }
        )
        places = {"hidden": self.hidden.id, "elsewhere": self.elsewhere.id, "card": card.id}
        for values in WRONG:
            values = {name: places.get(str(value), value) for name, value in values.items()}
            with self.subTest(values):
                answer, made = self.send("billing_a", (self.one,), **values)
                self.assertEqual((answer, len(made)), ("odoo.exceptions.ValidationError", 0))
        answer, made = self.send("billing_a", (self.one, self.two), amount=100)
        self.assertEqual((answer, len(made)), ("odoo.exceptions.ValidationError", 0), "several are paid in full")
        _answer, made = self.send(
            "billing_a",
            (self.one,),
            landing_route="https://evil.example",
            tokenization_requested=True,
            is_validation=True,
            partner_id=1,
            custom_create_values={"amount": 1},
        )
        self.assertEqual((made.landing_route[:4], made.tokenize, made.amount), ("/my/", False, 100))
        self.assertEqual((made.operation, made.partner_id), ("online_redirect", mine))

    def test_too_often(self):
        self.env["ir.config_parameter"].set_param("client_portal.payments_per_ten_minutes", "1")
        self.assertTrue(self.send("billing_a", (self.one,), amount=1)[1])
        answer, made = self.send("billing_a", (self.one,), amount=1)
        self.assertFalse(made)
        self.assertIn("TooMany", answer)

    def test_notice_is_for_the_payer_alone(self):
        moves = self.as_user("billing_a")["account.move"]
        _answer, made = self.send("billing_a", (self.one,))
        self.assertIsNone(moves._client_payment_notice(made.id), "nothing has come of it yet")
        for state, words in (("done", "received"), ("pending", "processed"), ("cancel", "cancelled")):
            made.state = state
            self.assertIn(words, moves._client_payment_notice(made.id)["text"])
        others = self.as_user("administrator_a")["account.move"]
        self.assertIsNone(others._client_payment_notice(made.id))
        self.assertIsNone(moves._client_payment_notice(999999999))
        self.assertIsNone(moves._client_payment_notice(None))

    def test_payment_stands_on_the_clients_account(self):
        made = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "reference": "X1",
                "amount": 100,
                "currency_id": self.one.currency_id.id,
                "partner_id": self.users["both"].partner_id.id,
                "invoice_ids": [Command.set(self.one.ids)],
                "operation": "online_redirect",
            }
        )
        self.assertNotEqual(made.partner_id.commercial_partner_id, self.client_a)
        line = self.journals[self.company_one, "bank"].inbound_payment_method_line_ids[:1]
        self.provider.journal_id = line.journal_id
        line.payment_provider_id = self.provider
        payment = made._create_payment()
        self.assertEqual(payment.partner_id, self.client_a)
        self.assertEqual(self.one.amount_residual, 0)
