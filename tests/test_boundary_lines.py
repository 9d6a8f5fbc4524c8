"""Lines below a section that hides prices, or what it is made of: on the page as on paper, by RPC not at all."""

import json

from odoo.tests import HttpCase, tagged

from .common import ClientPortalCommon

# (kind, name, what it hides, whether a member reads the line); prices are told apart by their digits
LINES = (
    ("line_section", "Grounds", "prices", True),
    (None, "Priceless hedge", None, False),
    ("line_note", "Priceless note", None, False),
    ("line_subsection", "Priceless beds", None, False),
    (None, "Priceless roses", None, False),
    ("line_section", "Machines", "composition", True),
    ("line_subsection", "Unseen tractors", None, False),
    (None, "Unseen diesel", None, False),
    (None, "Unseen oil", None, False),
    ("line_section", "Fences", None, True),
    (None, "Open posts", None, True),
    ("line_subsection", "Gates", "prices", True),
    (None, "Priceless hinges", None, False),
    (None, "Priceless bolts", None, False),
    ("line_subsection", "Rails", None, True),
    (None, "Open rails", None, True),
    ("line_section", "Paths", None, True),
    (None, "Open gravel", None, True),
)
HIDDEN_PRICE, SHOWN_PRICE = 4444, 5555


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryLines(ClientPortalCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        invoice = cls.invoice_a_one
        invoice.button_draft()
        cls.documents = {cls.order_a_sent: "order_line", invoice: "invoice_line_ids"}
        for document, field in cls.documents.items():
            document[field] = [(5,), *((0, 0, cls._line(document, n, row)) for n, row in enumerate(LINES))]
        invoice.action_post()
        cls.order_stock.order_line = [(0, 0, cls._line(cls.order_stock, n, row)) for n, row in enumerate(LINES[:2])]
        cls.env.flush_all()

    @classmethod
    def _line(cls, document, number, row):
        kind, name, hides, shown = row
        values = {"name": name, "sequence": 10 * number, "display_type": kind}
        if hides:
            values[f"collapse_{hides}"] = True
        if kind:
            return values
        values.update(product_id=cls.product.id, tax_ids=False, price_unit=SHOWN_PRICE if shown else HIDDEN_PRICE)
        return {**values, "display_type": "product"} if document._name == "account.move" else values

    def test_stock_tells_the_prices_it_hides_on_paper(self):
        line = self.order_stock.order_line.filtered(lambda row: row.name == "Priceless hedge")
        self.assertTrue(self.reads("stock", line, ["price_unit"]))

    def test_what_is_folded_is_computed_and_searched_alike(self):
        for document, field in self.documents.items():
            lines = document[field].with_env(self.as_user("administrator_a")).sudo()
            with self.subTest(model=lines._name):
                expected = {name for _kind, name, _hides, shown in LINES if not shown}
                self.assertEqual({line.name for line in lines if line.client_folded}, expected)
                for folded in (True, False):
                    found = lines.search([("id", "in", lines.ids), ("client_folded", "=", folded)])
                    self.assertEqual(found, lines.filtered(lambda line, folded=folded: line.client_folded == folded))

    def test_members_read_the_others(self):
        for document, field in self.documents.items():
            for line, (_kind, name, _hides, shown) in zip(document[field].sorted("sequence"), LINES, strict=True):
                for actor in ("administrator_a", "both"):
                    with self.subTest(model=line._name, name=name, actor=actor):
                        self.assertEqual(self.sees(actor, line), shown)

    def test_pages_show_what_the_paper_shows(self):
        self.authenticate("administrator_a", "administrator_a")
        for document in self.documents:
            with self.subTest(model=document._name):
                text = self.url_open(document._client_url()).text
                for _kind, name, _hides, _shown in LINES:
                    self.assertEqual(name in text, not name.startswith("Unseen"), name)
                self.assertIn("5,555.00", text)
                self.assertNotIn("4,444.00", text)

    def test_what_is_approved_is_what_is_shown(self):
        """The evidence of an answer goes to the client."""
        content = json.dumps(self.env["client.approval.kind.quote"]._content(self.order_a_sent))
        for _kind, name, _hides, _shown in LINES:
            self.assertEqual(name in content, not name.startswith("Unseen"), name)
        self.assertIn(str(SHOWN_PRICE), content)
        self.assertNotIn(str(HIDDEN_PRICE), content)

    def test_searching_a_list_does_not_feel_for_them(self):
        self.authenticate("administrator_a", "administrator_a")
        for word, found in (("gravel", True), ("diesel", False), ("hinges", False)):
            page = self.url_open(f"/my/quotes?search={word}").text
            self.assertEqual(f"/my/orders/{self.order_a_sent.id}" in page, found, word)
            with self.refused("a quote's lines are no way around their own rule"):
                self.as_user("administrator_a")["sale.order"].search([("order_line.name", "ilike", word)])
