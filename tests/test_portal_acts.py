"""What members may do on their pages, checked on the server: decide on quotes, write, download."""

import base64

from odoo import http
from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCase
from .test_portal_pages import BILLS, JOBS, QUOTES, PagesCase

PIXEL = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
).decode()
COMMENT = ("requester", "approver", "billing", "administrator")
APPROVE = ("approver", "administrator")


@tagged("post_install", "-at_install")
class TestStockDecision(PagesCase):
    """Odoo's own ways to answer a quote lead nowhere for a client's; tests/test_approval.py has the engine."""

    def accept(self, actor, order):
        return self.rpc(actor, f"/my/orders/{order.id}/accept", name="Somebody", signature=PIXEL)

    def test_nobody_accepts_beside_the_approval(self):
        for actor in (*(f"{role}_a" for role in ("viewer", "billing", "approver")), "administrator_b", "revoked"):
            for order in (self.order_a_sent, self.order_a_draft, self.order_b_sent):
                order.require_signature = True
                with self.subTest(actor=actor, order=order.name):
                    self.assertEqual(list(self.accept(actor, order)), ["error"])
        self.assertEqual(self.order_a_sent.state, "sent")
        self.assertFalse(self.order_a_sent.signature)

    def test_token_accepts_nothing_of_a_client(self):
        order = self.order_a_sent
        order.require_signature = True
        token = order._portal_ensure_token()
        for actor in (None, "stock", "billing_a", "approver_a", "staff"):
            with self.subTest(actor=actor):
                self.authenticate(actor, actor)
                answer = self.rpc_here(f"/my/orders/{order.id}/accept", access_token=token, name="X", signature=PIXEL)
                self.assertIn("error", answer)
        self.assertEqual(order.state, "sent")

    def test_decline_leads_to_the_question(self):
        order = self.order_a_sent
        order.require_signature = True
        for actor, status in (("billing_a", 404), ("viewer_a", 404), ("approver_b", 404), ("approver_a", 303)):
            with self.subTest(actor=actor):
                self.authenticate(actor, actor)
                data = {"csrf_token": http.Request.csrf_token(self), "decline_message": "Too dear"}
                response = self.url_open(f"/my/orders/{order.id}/decline", data=data, allow_redirects=False)
                self.assertEqual(response.status_code, status)
                self.assertEqual(order.state, "sent")
        self.assertTrue(response.headers["Location"].endswith(f"/my/orders/{order.id}#approval"))

    def test_buttons_only_for_approvers(self):
        self.order_a_sent.require_signature = True
        for role in QUOTES:
            text = self.page(f"{role}_a", self.order_a_sent._client_url()).text
            self.assertEqual('value="approve"' in text, role in APPROVE, role)
            self.assertEqual('value="decline"' in text, role in APPROVE, role)

    def test_stock_customer_accepts_as_before(self):
        self.order_stock.require_signature = True
        answer = self.accept("stock", self.order_stock)
        self.assertIn("redirect_url", answer)
        self.assertEqual(self.order_stock.state, "sale")


@tagged("post_install", "-at_install")
class TestConversation(PagesCase):
    def post(self, actor, record, **data):
        return self.rpc(
            actor,
            "/mail/message/post",
            thread_model=record._name,
            thread_id=record.id,
            post_data={"body": "Hello", "message_type": "comment", **data},
        )

    def test_who_writes(self):
        for record, see in ((self.task_a_one, JOBS), (self.order_a_sent, QUOTES), (self.invoice_a_one, BILLS)):
            for role in ("viewer", "requester", "approver", "billing", "administrator"):
                with self.subTest(record=record._name, role=role):
                    before = len(record.message_ids)
                    self.post(f"{role}_a", record)
                    record.invalidate_recordset(["message_ids"])
                    allowed = role in see and role in COMMENT
                    self.assertEqual(len(record.message_ids) - before, int(allowed))

    def test_nobody_else_writes(self):
        for actor in ("administrator_b", "revoked", "suspended", "colleague"):
            for record in (self.task_a_one, self.order_a_sent):
                before = len(record.message_ids)
                self.post(actor, record)
                record.invalidate_recordset(["message_ids"])
                self.assertEqual(len(record.message_ids), before, actor)

    def test_only_plain_comments(self):
        self.post(
            "approver_a",
            self.task_a_one,
            subtype_xmlid="mail.mt_note",
            partner_ids=self.users["manager"].partner_id.ids,
            partner_emails=["stranger@example.com"],
        )
        message = self.task_a_one.message_ids.sorted("id")[-1]
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertFalse(message.partner_ids)
        self.assertFalse(self.env["res.partner"].search([("email", "=", "stranger@example.com")]))

    def test_token_reads_and_writes_nothing(self):
        token = self.order_b_sent._portal_ensure_token()
        before = len(self.order_b_sent.message_ids)
        self.rpc(
            "administrator_a",
            "/mail/message/post",
            thread_model="sale.order",
            thread_id=self.order_b_sent.id,
            post_data={"body": "Hello"},
            token=token,
        )
        self.order_b_sent.invalidate_recordset(["message_ids"])
        self.assertEqual(len(self.order_b_sent.message_ids), before)
        self.assertEqual(
            self.page("administrator_a", f"/my/orders/{self.order_b_sent.id}?access_token={token}").status_code, 404
        )

    def test_reading_the_thread(self):
        self.task_a_one.message_post(body="For the client", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.task_a_one.message_post(body="SECRET note", subtype_xmlid="mail.mt_note")
        for actor in ("viewer_a", "approver_a"):
            fetched = self.rpc(actor, "/mail/chatter_fetch", thread_model="project.task", thread_id=self.task_a_one.id)
            self.assertIn("For the client", str(fetched))
            self.assertNotIn("SECRET", str(fetched))
            self.assertIsInstance(
                self.rpc(actor, "/portal/chatter_init", thread_model="project.task", thread_id=self.task_a_one.id), dict
            )


@tagged("post_install", "-at_install")
class TestDownloads(PagesCase):
    def test_pictures_of_authors(self):
        author = self.users["manager"].partner_id
        message = self.task_a_one.message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", author_id=author.id
        )
        answer = self.page("viewer_a", f"/web/image/mail.message/{message.id}/author_avatar/50x50")
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("placeholder", answer.headers["Content-Disposition"])

    def test_pdf_of_what_one_sees(self):
        for record, allowed in ((self.order_a_sent, QUOTES), (self.invoice_a_one, BILLS)):
            url = f"{record._client_url()}?report_type=pdf&download=true"
            for role in ("viewer", "approver", "billing"):
                with self.subTest(record=record._name, role=role):
                    self.assertEqual(self.page(f"{role}_a", url).status_code, 200 if role in allowed else 404)
            self.assertEqual(self.page("administrator_b", url).status_code, 404)
            self.assertIn(self.page("revoked", url).status_code, (403, 404))


@tagged("post_install", "-at_install")
class TestPayment(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.method = cls.env.ref("payment.payment_method_unknown")
        form = cls.env["ir.ui.view"].create(
            {"name": "Dummy redirect form", "type": "qweb", "arch": "<form method='post' t-att-action='api_url'/>"}
        )
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Dummy",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": cls.company_one.id,
                "payment_method_ids": [Command.set(cls.method.ids)],
                "redirect_form_view_id": form.id,
            }
        )
        cls.method.active = True
        cls.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")

    def pay(self, actor, address, record, **more):
        return self.rpc(
            actor,
            address,
            provider_id=self.provider.id,
            payment_method_id=self.method.id,
            token_id=None,
            amount=record.amount_total,
            flow="redirect",
            tokenization_requested=False,
            landing_route=record._client_url(),
            access_token="",
            **more,
        )

    def test_invoice_page_offers_the_form(self):
        url = self.invoice_a_one._client_url()
        self.assertIn(f'href="{url}/pay"', self.page("billing_a", url).text)
        text = self.page("billing_a", f"{url}/pay").text
        self.assertIn("o_payment_form", text)
        self.assertNotIn(self.invoice_a_one.access_token or "no token", text)
        for actor in ("viewer_a", "approver_a", "billing_b", "revoked"):
            self.assertIn(self.page(actor, f"{url}/pay").status_code, (403, 404), actor)

    def test_invoice_is_paid_without_a_token(self):
        address = f"/invoice/transaction/{self.invoice_a_one.id}"
        self.assertIn("reference", self.pay("billing_a", address, self.invoice_a_one))
        paid = self.invoice_a_one.transaction_ids
        self.assertEqual(paid.partner_id, self.users["billing_a"].partner_id)
        for actor in ("viewer_a", "billing_b", "revoked"):
            self.pay(actor, address, self.invoice_a_one)
            self.assertEqual(self.invoice_a_one.transaction_ids, paid, actor)

    def test_only_approvers_pay_a_quote_and_only_an_approved_one(self):
        order = self.order_a_sent
        order.write({"require_signature": False, "require_payment": True, "prepayment_percent": 1.0})
        self.settle()
        address = f"/my/orders/{order.id}/transaction"
        self.pay("approver_a", address, order)
        self.assertFalse(order.transaction_ids, "not approved yet")
        self.assertNotIn(f"{order.id}/pay", self.page("approver_a", order._client_url()).text)
        reply = self.answer("approver_a", self.approval_of(order))
        self.assertTrue(reply.headers["Location"].endswith(f"/my/orders/{order.id}/pay"), "straight on to the payment")
        self.assertEqual(order.state, "sent", "a payment confirms it")
        for actor in ("viewer_a", "billing_a", "approver_b"):
            self.pay(actor, address, order)
            self.assertFalse(order.transaction_ids, actor)
        text = self.page("approver_a", order._client_url()).text
        self.assertIn(f'href="/my/orders/{order.id}/pay"', text)
        self.assertIn("o_payment_form", self.page("approver_a", f"/my/orders/{order.id}/pay").text)
        self.assertIn("reference", self.pay("approver_a", address, order))
        self.assertTrue(order.transaction_ids)
