"""Pages to pay on: who gets them, how much they ask for; and nothing to press where nothing can be paid."""

from odoo.fields import Command, Date
from odoo.tests import tagged

from .pay_common import PAY, PayCase


@tagged("post_install", "-at_install")
class TestPay(PayCase):
    def test_nothing_to_press_without_a_provider(self):
        pages = ("/my", "/my/invoices", self.one._client_url())
        for page in pages:
            self.assertRegex(self.page("billing_a", page).text, 'cp_pick|/pay&#34;|/pay"|>Pay<', page)
        for change in (
            lambda: self.provider.write({"state": "disabled"}),
            lambda: self.provider.write({"is_published": False}),
            lambda: self.provider.write({"available_currency_ids": [Command.set(self.yen.ids)]}),
            lambda: self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "False"),
        ):
            with self.subTest(), self.env.cr.savepoint() as savepoint:
                change()
                self.env.flush_all()
                self.registry.clear_cache()
                for page in pages:
                    text = self.page("billing_a", page).text
                    self.assertNotRegex(text, 'cp_pick|/pay"|>Pay<|Pay now', page)
                reply = self.page("billing_a", f"{self.one._client_url()}/pay")
                self.assertTrue(reply.url.endswith(self.one._client_url()), reply.url)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_provider_is_for_its_company(self):
        moves = self.as_user("billing_a")["account.move"].browse((self.one + self.invoice_a_company_two).ids)
        self.assertEqual(moves._client_payable().ids, self.one.ids)
        self.elsewhere.is_published = True
        self.assertEqual(moves._client_payable(), moves)

    def test_several_are_summed_up(self):
        text = self.page("billing_a", self.choose(self.one, self.two)).text
        self.assertIn("o_payment_form", text)
        self.assertIn("120.50", text)
        self.assertIn(f'data-transaction-route="{PAY}/{self.one.id}-{self.two.id}"', text)
        self.assertNotIn("access_token=", text)
        one = self.page("billing_a", self.choose(self.one))
        self.assertTrue(one.url.endswith(f"{self.one._client_url()}/pay"), "one is paid on its own page")

    def test_what_cannot_be_paid_together(self):
        self.elsewhere.is_published = True
        for invoices, words in (
            ((self.one, self.euros), "different currencies"),
            ((self.one, self.invoice_a_company_two), "different accounts"),
            ((self.one, self.refund_a_whole), "can be paid online"),
            ((), "choose what you would like to pay"),
        ):
            with self.subTest(words):
                reply = self.page("billing_a", self.choose(*invoices))
                self.assertEqual(reply.status_code, 422)
                self.assertIn(words, reply.text)
                self.assertNotIn("o_payment_form", reply.text)
                if invoices:
                    answer, made = self.send("billing_a", invoices)
                    self.assertEqual((answer, len(made)), ("odoo.exceptions.ValidationError", 0))

    def test_two_clients_are_two_payments(self):
        other = self.bill(self.client_b, 10, self.day)
        self.assertIn("different accounts", self.page("both", self.choose(self.one, other)).text)

    def test_foreign_hidden_and_missing_are_the_same(self):
        """One among the chosen that is not the member's own, and nothing is shown at all."""
        hidden = self.bill(self.client_a, 10, self.day, client_publish="no")
        foreign = self.bill(self.client_b, 10, self.day)
        missing = self.env["account.move"].browse(999999999)
        never = (hidden, foreign, missing)
        pages = {self._without_token(self.page("billing_a", self.choose(self.one, one)).text) for one in never}
        self.assertEqual(len(pages), 1)
        self.assertIn("We could not find this page", pages.pop())
        for one in never:
            answers = [
                self.rpc("billing_a", address, provider_id=self.provider.id, payment_method_id=self.method.id, amount=1)
                for address in (f"{PAY}/{self.one.id}-{one.id}", f"/invoice/transaction/{one.id}")
            ]
            self.assertFalse(one.exists().transaction_ids)
            self.assertFalse(self.one.transaction_ids)
            self.assertNotIn("reference", str(answers))
        for text in ("x", "1;2", "-", "9" * 40, "%00"):
            self.assertEqual(self.page("billing_a", f"{PAY}?invoice={text}").status_code, 404)

    @staticmethod
    def _without_token(text):
        return "\n".join(line for line in text.splitlines() if "csrf_token" not in line and "session_info" not in line)

    def test_only_who_sees_invoices(self):
        for actor in ("viewer_a", "approver_a", "billing_b", "revoked", "colleague", "site_viewer_a"):
            with self.subTest(actor):
                self.assertIn(self.page(actor, self.choose(self.one, self.two)).status_code, (403, 404))
                self.assertFalse(self.send(actor, (self.one, self.two))[1])
        self.assertFalse(self.send("stock", (self.one, self.two))[1])
        self.assertFalse(self.one.transaction_ids)

    def test_how_much(self):
        url = f"{self.one._client_url()}/pay"
        self.assertIn('data-amount="100.0"', self.page("billing_a", url).text)
        self.assertIn('data-amount="33.5"', self.page("billing_a", f"{url}?amount=33.5").text)
        for amount, words in (
            ("0", "above zero"),
            ("-5", "above zero"),
            ("nan", "above zero"),
            ("inf", "above zero"),
            ("ten", "above zero"),
            ("100.01", "left to pay"),
        ):
            with self.subTest(amount):
                reply = self.page("billing_a", f"{url}?amount={amount}")
                self.assertEqual(reply.status_code, 422)
                self.assertIn(words, reply.text)
                self.assertIn('data-amount="100.0"', reply.text, "what is left is offered still")

    def test_instalments(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "Two halves",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (10, 90)
                ],
            }
        )
        invoice = self.bill(self.client_a, 80, self.day, invoice_payment_term_id=terms.id, invoice_date_due=False)
        text = self.page("billing_a", f"{invoice._client_url()}/pay").text
        self.assertIn('data-amount="40.0"', text)
        self.assertIn("Overdue instalments", text)
        self.assertIn("All that is left", text)

    def test_discount_for_early_payment(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "2 % in ten days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})],
            }
        )
        invoice = self.bill(self.client_a, 50, Date.today(), invoice_payment_term_id=terms.id, invoice_date_due=False)
        self.assertIn('data-amount="49.0"', self.page("billing_a", f"{invoice._client_url()}/pay").text)
