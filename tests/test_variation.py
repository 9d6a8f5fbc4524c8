"""Variations: what they change, why, and what a contract comes to with them."""

from lxml import html

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCase


@tagged("post_install", "-at_install", "client_portal")
class TestVariation(ApprovalCase):
    """An order of 1,000 that pays for a project, and what comes on top."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.original = cls.quote(1000, state="sale", project_id=cls.project_a_one.id)
        cls.variation = cls.quote(
            250, variation_of_id=cls.original.id, variation_reason="Roots were found.", variation_days=6
        )
        cls.variation.action_quotation_sent()
        cls.env.flush_all()

    @classmethod
    def quote(cls, price, client=None, **more):
        line = {"product_id": cls.product.id, "name": "Work", "price_unit": price, "tax_ids": False}
        vals = {"partner_id": (client or cls.client_a).id, "company_id": cls.company_one.id, "require_signature": False}
        return cls.env["sale.order"].create({**vals, "order_line": [Command.create(line)], **more})

    def text(self, actor, record):
        page = html.fromstring(self.page(actor, record._client_url()).text)
        return " ".join(page.text_content().replace("\xa0", " ").split())

    def sums(self, actor, record):
        """{label: amount} of every sum on a page."""
        page = html.fromstring(self.page(actor, record._client_url()).text)
        rows = page.xpath("//dl[contains(@class, 'cp-totals')]/div")
        words = [[" ".join(cell.text_content().replace("\xa0", " ").split()) for cell in row] for row in rows]
        return {label: float(amount.strip("$ ").replace(",", "")) for label, amount in words}

    def test_the_page_says_what_and_why(self):
        text = self.text("approver_a", self.variation)
        for words in ("Variation: ", "Roots were found.", "6 days later", self.original.name):
            self.assertIn(words, text)
        sums = self.sums("approver_a", self.variation)
        self.assertEqual((sums["This variation"], sums["Contract sum with it"]), (250, 1250))
        self.assertNotIn("Roots were found.", self.text("approver_a", self.original))

    def test_what_it_changes_stands_before_what_signs(self):
        text = self.text("approver_a", self.variation)
        self.assertLess(text.index("What this variation changes"), text.index("Please review and answer"))

    def test_the_question_says_it_too_to_who_sees_what_it_changes(self):
        approval = self.approval_of(self.variation)
        text = self.text("approver_a", approval)
        for words in ("Roots were found.", self.original.name, "Contract sum with it"):
            self.assertIn(words, text)
        self.variation.partner_shipping_id = self.site_a_one
        self.original.partner_shipping_id = self.client_a
        self.members["approver_a"].write({"all_sites": False, "site_ids": [Command.set(self.site_a_one.ids)]})
        self.env.flush_all()
        text = self.text("approver_a", approval)
        self.assertIn("Roots were found.", text)
        for words in (self.original.name, "Contract sum with it"):
            self.assertNotIn(words, text, "the order is of no site")

    def test_words_of_days(self):
        words = self.as_user("approver_a")["sale.order"]._client_days_words
        told = [words(days) for days in (0, 1, -1, 12, -12)]
        self.assertEqual(told, ["none", "1 day later", "1 day earlier", "12 days later", "12 days earlier"])

    def test_the_project_sums_up(self):
        sums = self.sums("administrator_a", self.project_a_one)
        self.assertEqual(sums["Contract sum"], 1000)
        self.assertEqual(sums["Variations waiting for an answer (1)"], 250)
        self.assertNotIn("Approved variations (1)", sums)
        self.assertEqual(self.answer("approver_a", self.approval_of(self.variation)).status_code, 303)
        self.assertEqual(self.variation.state, "sale")
        self.env.flush_all()
        sums = self.sums("administrator_a", self.project_a_one)
        self.assertEqual(
            {label: sums.get(label) for label in ("Original contract", "Approved variations (1)", "Contract sum")},
            {"Original contract": 1000, "Approved variations (1)": 250, "Contract sum": 1250},
        )
        self.assertNotIn("Contract sum", self.text("viewer_a", self.project_a_one), "who sees no quotes sees no sums")

    def test_further_variations_build_on_the_approved_ones(self):
        self.variation._validate_order()
        more = self.quote(-100, variation_of_id=self.variation.id, variation_days=-1)
        more.action_quotation_sent()
        self.env.flush_all()
        sums = self.sums("approver_a", more)
        self.assertEqual((sums["Other approved variations"], sums["Contract sum with it"]), (250, 1150))

    def test_currencies_do_not_add_up(self):
        pricelist = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": self.env.ref("base.JPY").id, "company_id": self.company_one.id}
        )
        pricelist.currency_id.active = True
        yen = self.quote(9000, variation_of_id=self.original.id, pricelist_id=pricelist.id)
        yen.action_quotation_sent()
        self.env.flush_all()
        self.assertNotIn("Contract sum", self.text("approver_a", yen))
        yen._validate_order()
        self.env.flush_all()
        page = html.fromstring(self.page("administrator_a", self.project_a_one._client_url()).text)
        self.assertEqual(len(page.xpath("//dl[contains(@class, 'cp-totals')]")), 2)

    def test_of_a_job_without_an_order(self):
        job = self.quote(80, variation_task_id=self.task_a_one.id, variation_reason="Another hedge.")
        job.action_quotation_sent()
        self.env.flush_all()
        approval = self.approval_of(job)
        self.assertEqual(approval.kind, "variation")
        text = self.text("administrator_a", job)
        self.assertIn(self.task_a_one.client_name, text)
        self.assertNotIn("Contract sum with it", text)
        self.assertNotIn(self.task_a_one.client_name, self.text("billing_a", job), "jobs are not theirs to see")
        self.assertIn("Variation: ", self.text("administrator_a", self.project_a_whole), "it stands on the project")

    def test_reason_and_days_are_part_of_what_is_approved(self):
        approval = self.approval_of(self.variation)
        self.assertEqual(self.answer("approver_a", approval).status_code, 303)
        (decision,) = self.decisions(approval)
        content = self.shown_in(decision)["content"]
        self.assertEqual((content["reason"], content["days"]), ("Roots were found.", "6"))
        self.variation.variation_days = 60
        self.settle()
        self.assertEqual(approval.state, "stale")

    def test_only_of_the_same_client(self):
        for vals in ({"variation_of_id": self.order_b_confirmed.id}, {"variation_task_id": self.task_b_one.id}):
            with self.assertRaises(ValidationError):
                self.quote(5, **vals)
        with self.assertRaises(ValidationError):
            self.original.variation_of_id = self.original

    def test_the_form_fills_in_order_and_project(self):
        task = self.task_a_one
        task.sale_line_id = self.original.order_line
        made = self.env["sale.order"].new({"partner_id": self.client_a.id, "variation_task_id": task.id})
        made.client_id = self.client_a
        made._onchange_variation()
        self.assertEqual(made.variation_of_id._origin, self.original)
        self.assertEqual(made.project_id._origin, self.project_a_one)
