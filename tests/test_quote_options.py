"""Several options of one quote: approving one ends the others; and how quotes are found."""

from lxml import html

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCase
from .test_lists import ListsCase


@tagged("post_install", "-at_install", "client_portal")
class TestOptions(ApprovalCase):
    """A quote with two further options, all sent, and one that is still written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wood = cls.offer("Wood", 100)
        cls.steel = cls.offer("Steel", 300, client_option_of_id=cls.wood.id)
        cls.stone = cls.offer("Stone", 900, client_option_of_id=cls.wood.id)
        (cls.wood + cls.steel + cls.stone).action_quotation_sent()
        cls.draft = cls.offer("Glass", 700, client_option_of_id=cls.wood.id)
        cls.env.flush_all()

    @classmethod
    def offer(cls, name, price, client=None, **more):
        line = {"product_id": cls.product.id, "name": name, "price_unit": price, "tax_ids": False}
        vals = {"partner_id": (client or cls.client_a).id, "company_id": cls.company_one.id, "require_signature": False}
        return cls.env["sale.order"].create({**vals, "order_line": [Command.create(line)], **more})

    def options(self, actor, order):
        """Titles in the card of the options; None without the card."""
        page = html.fromstring(self.page(actor, order._client_url()).text)
        for card in page.xpath("//section[.//h2[contains(., 'Your options')]]"):
            return [" ".join(n.text_content().split()) for n in card.xpath(".//*[contains(@class, 'cp-row-title')]")]
        return None

    def test_the_page_shows_what_is_offered(self):
        for order in (self.wood, self.steel):
            self.assertEqual(self.options("approver_a", order), ["Quote: Wood", "Quote: Steel", "Quote: Stone"])
        self.assertIsNone(self.options("approver_a", self.order_a_sent))

    def test_approving_one_ends_the_others(self):
        chosen = self.approval_of(self.steel)
        self.assertEqual(self.answer("approver_a", chosen).status_code, 303)
        self.env.invalidate_all()
        states = {order: order.state for order in (self.wood, self.steel, self.stone, self.draft)}
        self.assertEqual(list(states.values()), ["cancel", "sale", "cancel", "cancel"])
        for other in (self.wood, self.stone):
            self.assertEqual(self.approval_of(other).state, "withdrawn")
            kinds = self.env["client.update"].search([("res_model", "=", "sale.order"), ("res_id", "=", other.id)])
            self.assertIn("option_passed", kinds.mapped("kind"))
            self.assertIn(self.steel.name, str(other.message_ids.mapped("body")))
            self.assertNotEqual(self.answer("approver_a", self.approval_of(other)).status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(self.stone.state, "cancel")

    def test_the_first_one_may_be_chosen_too(self):
        self.answer("approver_a", self.approval_of(self.wood))
        self.env.invalidate_all()
        self.assertEqual((self.wood.state, self.steel.state, self.stone.state), ("sale", "cancel", "cancel"))

    def test_approved_and_waiting_for_a_payment(self):
        self.steel.write({"require_payment": True, "prepayment_percent": 1.0})
        self.settle()
        self.answer("approver_a", self.approval_of(self.steel))
        self.env.invalidate_all()
        self.assertEqual((self.steel.state, self.wood.state, self.stone.state), ("sent", "cancel", "cancel"))

    def test_declining_one_leaves_the_others(self):
        self.answer("approver_a", self.approval_of(self.steel), "decline", comment="Too cold")
        self.env.invalidate_all()
        self.assertEqual((self.wood.state, self.steel.state, self.stone.state), ("sent", "cancel", "sent"))

    def test_confirmed_by_staff(self):
        self.stone.action_confirm()
        self.assertEqual((self.wood.state, self.steel.state, self.draft.state), ("cancel", "cancel", "cancel"))

    def test_add_an_option(self):
        action = self.steel.action_client_add_option()
        made = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual((made.client_option_of_id, made.state), (self.wood, "draft"))
        self.assertEqual(made.order_line.name, "Steel")

    def test_only_of_one_client_and_one_deep(self):
        for vals in (
            {"client": self.client_b, "client_option_of_id": self.wood.id},
            {"client_option_of_id": self.steel.id},
        ):
            with self.assertRaises(ValidationError):
                self.offer("Odd", 1, **vals)
        with self.assertRaises(ValidationError):
            self.wood.client_option_of_id = self.order_a_sent
        with self.assertRaises(ValidationError):
            self.order_a_sent.client_option_of_id = self.order_a_sent


@tagged("post_install", "-at_install", "client_portal")
class TestQuoteList(ListsCase):
    def found(self, query, actor="administrator_a"):
        shown = [" ".join(row) for row in self.rows(actor, query)]
        return {order.name for order in self.orders if any(order.name in row for row in shown)}

    def rows(self, actor, query):
        return self.screen(actor, f"/my/quotes?{query}")

    @property
    def orders(self):
        return self.env["sale.order"].search([("client_id", "=", self.client_a.id)])

    def test_by_site_period_and_kind(self):
        day = fields.Date.today()
        self.order_a_sent.date_order = fields.Datetime.to_datetime("2026-03-07 12:00:00")
        self.order_a_whole.variation_of_id = self.order_a_confirmed
        self.env.flush_all()
        at_one = {self.order_a_sent.name, self.order_a_company_two.name, self.order_a_sent_then_cancelled.name}
        self.assertEqual(self.found(f"site={self.site_a_one.id}"), at_one)
        self.assertEqual(self.found("from=2026-03-07&to=2026-03-07"), {self.order_a_sent.name})
        self.assertNotIn(self.order_a_sent.name, self.found(f"from={day}"))
        self.assertEqual(self.found("filterby=variations"), {self.order_a_whole.name})
        self.assertEqual(self.found(f"site={self.site_b_one.id}"), self.found(""), "a foreign site narrows nothing")
