"""The pages in a real browser."""

from odoo.tests import tagged

from .test_portal_pages import PagesCase


@tagged("post_install", "-at_install")
class TestPortalTours(PagesCase):
    def test_member_opens_job(self):
        self.start_tour("/web/login", "client_portal_member_opens_job")
        self.assertIn("When do you come?", str(self.task_a_one.message_ids.mapped("body")))

    def test_approver_signs_quote(self):
        self.order_a_sent.require_signature = True
        self.order_a_sent.require_payment = False
        self.start_tour("/my/quotes?filterby=open", "client_portal_approver_signs", login="approver_a")
        self.assertEqual(self.order_a_sent.state, "sale")
        self.assertEqual(self.order_a_sent.signed_by, "Ada Approver")

    def test_reader_of_quotes_cannot_sign(self):
        self.order_a_sent.require_signature = True
        self.start_tour("/my/quotes", "client_portal_billing_reads_quote", login="billing_a")
        self.assertEqual(self.order_a_sent.state, "sent")
