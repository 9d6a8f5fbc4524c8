"""Invoices to pay, and a provider that pretends to be paid."""

from datetime import timedelta

from odoo.fields import Command, Date

from .billing_common import BillingMixin
from .test_portal_pages import PagesCase

PAY = "/my/invoices/pay"


class PayCase(BillingMixin, PagesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        cls.method = cls.env.ref("payment.payment_method_unknown")
        cls.form = cls.env["ir.ui.view"].create(
            {"name": "Dummy redirect form", "type": "qweb", "arch": "<form method='post' t-att-action='api_url'/>"}
        )
        cls.provider, cls.hidden, cls.elsewhere = (
            cls._provider(company, published)
            for company, published in ((cls.company_one, True), (cls.company_one, False), (cls.company_two, False))
        )
        cls.method.active = True

    @classmethod
    def _provider(cls, company, published):
        return cls.env["payment.provider"].create(
            {
                "name": "Dummy",
                "code": "none",
                "state": "test",
                "is_published": published,
                "company_id": company.id,
                "payment_method_ids": [Command.set(cls.method.ids)],
                "redirect_form_view_id": cls.form.id,
            }
        )

    def setUp(self):
        super().setUp()
        self.day = Date.today() - timedelta(days=40)
        self.one = self.bill(self.client_a, 100, self.day)
        self.two = self.bill(self.client_a, 20.5, self.day)
        self.euros = self.bill(self.client_a, 30, self.day, currency=self._other_currency())

    def _other_currency(self):
        return self.euro if self.company_one.currency_id != self.euro else self.dollar

    def choose(self, *invoices):
        return f"{PAY}?{'&'.join(f'invoice={invoice.id}' for invoice in invoices)}"

    def send(self, actor, invoices, **more):
        """Answer of the transaction's address, and the transactions it made."""
        known = self.env["payment.transaction"].search([])
        values = {
            "provider_id": self.provider.id,
            "payment_method_id": self.method.id,
            "amount": sum(invoice.amount_residual for invoice in invoices),
            "flow": "redirect",
            **more,
        }
        address = f"{PAY}/{'-'.join(str(invoice.id) for invoice in invoices)}"
        answer = self.rpc(actor, address, **values)
        return answer, self.env["payment.transaction"].search([]) - known
