"""Roles: capabilities by name, and the limit up to which a role approves."""
from odoo.tests import tagged

from .common import ClientPortalCommon

# limit in the order's currency, limit in another currency -> may approve an order of 100
LIMITS = [
    (None, None, True),
    (100, None, True),
    (99.99, None, False),
    (None, 1000, False),
    (100, 1, True),
]


@tagged("post_install", "-at_install", "client_portal")
class TestRole(ClientPortalCommon):

    def _may_approve(self, actor="approver_a"):
        return self.users[actor]._client_can("approve", self.order_a_sent)

    def test_limits_per_currency(self):
        role = self.roles["approver"]
        own = self.order_a_sent.currency_id
        other = self.env["res.currency"].with_context(active_test=False).search([("id", "!=", own.id)], limit=1)
        self.order_a_sent.order_line.write({"tax_ids": [(5,)], "product_uom_qty": 0})
        self.order_a_sent.order_line[0].write({"product_uom_qty": 1, "price_unit": 100})
        self.assertEqual(self.order_a_sent.amount_total, 100)
        for in_own, in_other, allowed in LIMITS:
            with self.subTest(own=in_own, other=in_other):
                role.limit_ids.unlink()
                rows = [(own, in_own), (other, in_other)]
                role.limit_ids = [
                    (0, 0, {"currency_id": currency.id, "amount": amount})
                    for currency, amount in rows if amount is not None
                ]
                self.assertEqual(self._may_approve(), allowed)
                self.assertTrue(self.users["approver_a"]._client_can("see_quotes", self.order_a_sent))

    def test_capability_ends_with_the_role(self):
        self.assertTrue(self._may_approve())
        self.roles["approver"].can_approve = False
        self.assertFalse(self._may_approve())

    def test_capability_is_the_clients_own(self):
        self.assertFalse(self._may_approve("approver_b"))
        self.assertFalse(self._may_approve("viewer_a"))
