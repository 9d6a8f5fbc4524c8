"""Answers in a browser."""

from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCase


@tagged("post_install", "-at_install", "client_portal")
class TestApprovalTours(ApprovalCase):
    def tour(self, name, login="approver_a", url="/my/approvals"):
        self.env.flush_all()
        self.start_tour(url, f"client_portal_{name}", login=login)
        self.env.invalidate_all()

    def test_declines_with_a_reason(self):
        self.tour("declines")
        self.assertEqual(self.order_a_sent.state, "cancel")
        self.assertIn("Too dear", str(self.order_a_sent.activity_ids.mapped("note")))

    def test_asks_for_changes_and_approves_the_revision(self):
        order = self.order_a_sent
        order.require_signature = False
        self.settle()
        self.tour("asks_for_changes")
        self.assertEqual(order.client_approval_id.state, "changes")
        order.action_draft()
        order.order_line[:1].price_unit = 80
        order.action_quotation_sent()
        self.settle()
        self.tour("approves_revision")
        self.assertEqual((order.state, order.client_approval_id.state), ("sale", "approved"))

    def test_above_the_limit_somebody_else_approves(self):
        self.order_a_sent.require_signature = False
        usd = self.env.ref("base.USD").id
        self.roles["approver"].limit_ids = [Command.create({"currency_id": usd, "amount": 50})]
        self.settle()
        self.tour("above_the_limit", url="/my/approvals?filterby=pending")
        self.tour("approves_above", login="administrator_a")
        self.assertEqual(self.order_a_sent.state, "sale")

    def test_chooses_an_option_and_optional_lines(self):
        gravel = self.offer("Path in gravel", 100)
        stone = self.offer("Path in stone", 200, client_option_of_id=gravel.id)
        self.settle()
        self.tour("chooses_and_signs", url="/my/quotes?filterby=open")
        self.assertEqual((stone.state, stone.amount_total, gravel.state), ("sale", 250, "cancel"))
        self.assertEqual(stone.signed_by, "Ada Approver")
        self.assertIn('"quantity":"2.00"', self.decisions(stone.client_approval_id).snapshot)

    def offer(self, title, price, **vals):
        """A sent quote with a bench of 25 that may be chosen."""
        line = {"product_id": self.product.id, "tax_ids": False}
        lines = [
            {"display_type": "line_section", "name": title},
            {**line, "name": "Path", "price_unit": price},
            {"display_type": "line_section", "name": "Extras", "is_optional": True},
            {**line, "name": "Bench", "price_unit": 25, "product_uom_qty": 0},
        ]
        vals |= {"partner_id": self.client_a.id, "company_id": self.company_one.id, "require_signature": True}
        order = self.env["sale.order"].create(
            {**vals, "order_line": [Command.create({**row, "sequence": n}) for n, row in enumerate(lines)]}
        )
        order.action_quotation_sent()
        return order

    def test_signs_off_and_refuses(self):
        self.users["manager"].group_ids += self.env.ref("project.group_project_manager")
        job = self.task_a_one
        job.write({"client_sign_off": "yes", "client_done_note": "Hedge cut."})
        for name, state in (("refuses_sign_off", "refused"), ("signs_off", "signed")):
            job.with_user(self.users["manager"]).state = "1_done"
            self.tour(name, url="/my/jobs?filterby=all")
            self.assertEqual(job.client_sign_off_state, state)
        self.assertEqual(job.client_status, "completed")
