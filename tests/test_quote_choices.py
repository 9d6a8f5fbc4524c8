"""Optional lines: who may choose, what is taken over, and that what was chosen is what is approved."""

from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCase


@tagged("post_install", "-at_install", "client_portal")
class TestChoices(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.offer(cls.client_a)
        _part, cls.fixed, _section, cls.lamp, cls.bench = cls.order.order_line
        cls.env.flush_all()

    @classmethod
    def offer(cls, client):
        """A quote of 100, a lamp of 10 chosen once and a bench of 25 not chosen."""
        line = {"product_id": cls.product.id, "tax_ids": False}
        lines = [
            {"display_type": "line_section", "name": "Path"},
            {**line, "name": "Gravel", "price_unit": 100},
            {"display_type": "line_section", "name": "Extras", "is_optional": True},
            {**line, "name": "Lamp", "price_unit": 10},
            {**line, "name": "Bench", "price_unit": 25, "product_uom_qty": 0},
        ]
        order = cls.env["sale.order"].create(
            {
                "partner_id": client.id,
                "company_id": cls.company_one.id,
                "require_signature": False,
                "order_line": [Command.create({**vals, "sequence": n}) for n, vals in enumerate(lines)],
            }
        )
        order.action_quotation_sent()
        return order

    def choose(self, actor, order=None, **quantities):
        """Send the form as a browser does."""
        order = order or self.order
        self.authenticate(actor, actor)
        data = {f"quantity_{getattr(self, name).id}": value for name, value in quantities.items()}
        url = f"{order._client_url()}/choose"
        return self.url_open(url, data={**data, "csrf_token": self.csrf()}, allow_redirects=False)

    def form_of(self, actor):
        """{label: value} of the form on the page."""
        page = html.fromstring(self.page(actor, self.order._client_url()).text)
        return {
            label.text_content(): page.get_element_by_id(label.get("for")).get("value")
            for label in page.xpath("//li[contains(@class, 'cp-choose')]//label")
        }

    def test_who_may_choose(self):
        for actor in ("approver_a", "administrator_a", "both"):
            self.assertEqual(self.form_of(actor), {"Lamp": "1", "Bench": "0"}, actor)
        self.assertEqual(self.form_of("billing_a"), {})
        for actor in ("billing_a", "viewer_a", "approver_b"):
            self.assertIn(self.choose(actor, lamp="7").status_code, (303, 403, 404), actor)
            self.env.invalidate_all()
            self.assertEqual(self.lamp.product_uom_qty, 1, actor)

    def test_what_is_chosen_is_what_is_approved(self):
        self.assertEqual(self.choose("approver_a", lamp="3", bench="2").status_code, 303)
        self.settle()
        self.assertEqual(self.order.amount_total, 180)
        approval = self.approval_of(self.order)
        self.assertEqual((approval.state, approval.amount), ("pending", 180))
        self.assertEqual(self.answer("approver_a", approval).status_code, 303)
        self.env.invalidate_all()
        self.assertEqual((self.order.state, self.order.amount_total), ("sale", 180))
        (decision,) = self.decisions(approval)
        lines = self.shown_in(decision)["content"]["lines"]
        self.assertEqual([float(line["quantity"]) for line in lines if line["kind"] == "line"], [1, 3, 2])
        self.assertEqual(self.choose("approver_a", lamp="9").status_code, 422, "what is approved stays")
        self.env.invalidate_all()
        self.assertEqual(self.lamp.product_uom_qty, 3)

    def test_a_choice_meanwhile_is_not_approved_unseen(self):
        approval = self.approval_of(self.order)
        form = self.form("administrator_a", approval)
        self.choose("approver_a", bench="4")
        self.settle()
        self.authenticate("administrator_a", "administrator_a")
        form["csrf_token"] = self.csrf()
        self.assertEqual(self.send(approval, form).status_code, 409)
        self.assertEqual(self.order.state, "sent")

    def test_only_optional_lines(self):
        other = self.offer(self.client_a)
        other_lamp = other.order_line[3]
        self.env.flush_all()
        self.authenticate("approver_a", "approver_a")
        data = {f"quantity_{line.id}": "50" for line in (self.fixed, other_lamp, self.order_b_sent.order_line[:1])}
        reply = self.url_open(
            f"{self.order._client_url()}/choose", data={**data, "csrf_token": self.csrf()}, allow_redirects=False
        )
        self.assertEqual(reply.status_code, 303)
        self.env.invalidate_all()
        self.assertEqual((self.fixed.product_uom_qty, other_lamp.product_uom_qty), (1, 1))

    def test_bad_quantities(self):
        for odd in ("-1", "many", "nan", "inf", "1e9", "1e400", "٣ lamps", "\x00"):
            reply = self.choose("approver_a", lamp=odd, bench="2")
            self.env.invalidate_all()
            if odd.strip("\x00"):
                self.assertEqual(reply.status_code, 422, odd)
                self.assertIn("as a number", reply.text)
                self.assertIn('value="2"', reply.text, "nothing typed is lost")
                self.assertEqual(self.bench.product_uom_qty, 0, "nothing half-written")
        self.assertEqual(self.lamp.product_uom_qty, 1)
        self.assertEqual(self.choose("approver_a", lamp="1,5").status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(self.lamp.product_uom_qty, 1.5)

    def test_expired_and_taken_back(self):
        self.order.validity_date = "2020-01-01"
        self.env.flush_all()
        self.assertEqual(self.form_of("approver_a"), {})
        self.assertEqual(self.choose("approver_a", lamp="5").status_code, 422)
        self.order.write({"validity_date": False, "state": "draft"})
        self.env.flush_all()
        self.assertNotEqual(self.choose("approver_a", lamp="5").status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(self.lamp.product_uom_qty, 1)

    def test_hidden_prices_stay_hidden(self):
        self.lamp.parent_id.collapse_prices = True
        self.env.flush_all()
        page = html.fromstring(self.page("approver_a", self.order._client_url()).text)
        rows = page.xpath("//li[contains(@class, 'cp-choose')]")
        self.assertEqual(len(rows), 2)
        self.assertNotIn("10.00", rows[0].text_content())

    def test_staff_read_who_chose_what(self):
        self.choose("approver_a", bench="2")
        self.env.invalidate_all()
        note = self.order.message_ids.filtered(lambda message: "Bench" in (message.body or ""))
        self.assertEqual(note.author_id, self.users["approver_a"].partner_id)
        self.assertIn("0 → 2", note.body)
        self.assertTrue(note.is_internal or note.subtype_id.internal)
        self.assertTrue(self.order.client_acted_on)

    def test_throttle(self):
        self.env["ir.config_parameter"].set_param("client_portal.choices_per_minute", "1")
        self.assertEqual(self.choose("approver_a", bench="1").status_code, 303)
        self.assertEqual(self.choose("approver_a", bench="2").status_code, 429)
        self.env.invalidate_all()
        self.assertEqual(self.bench.product_uom_qty, 1)
