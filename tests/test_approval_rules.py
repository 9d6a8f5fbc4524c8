"""Who has to say yes: rules, limits, who is asked in place of whom, and four eyes."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCase


class RulesCase(ApprovalCase):
    """Three members of client A who may approve: approver (Ada), administrator (Ann), and a second approver (Bea)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members["viewer_a"].role_id = cls.roles["approver"]
        of_both = [("user_id", "=", cls.users["both"].id), ("client_id", "=", cls.client_a.id)]
        cls.env["client.member"].search(of_both).active = False
        cls.ada, cls.ann, cls.bea = (cls.members[name] for name in ("approver_a", "administrator_a", "viewer_a"))
        cls.milestone = cls.milestones["project_a_whole"]
        cls.env.flush_all()

    def limit(self, role, amount, currency="USD"):
        currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", currency)])
        self.roles[role].limit_ids = [Command.clear(), Command.create({"currency_id": currency.id, "amount": amount})]
        self.env.flush_all()

    def turns(self, approval):
        return approval.approver_ids.filtered("turn").member_id

    def named(self, *members, **options):
        return self.ask(self.milestone, "milestone", members=self.env["client.member"].concat(*members), **options)

    def requote(self, *members, **options):
        """Ask anew about the sent quote, with names."""
        self.order_a_sent.client_approval_id._withdraw()
        return self.ask(self.order_a_sent, "quote", members=self.env["client.member"].concat(*members), **options)


@tagged("post_install", "-at_install", "client_portal")
class TestRules(RulesCase):
    def says(self, actor, approval, verdict="approve"):
        reply = self.answer(actor, approval, verdict, comment="Because")
        approval.invalidate_recordset()
        return reply.status_code, approval.state

    def test_any(self):
        approval = self.named(self.ada, self.ann)
        self.assertEqual(self.says("viewer_a", approval), (422, "pending"), "was not asked")
        self.assertEqual(self.says("administrator_a", approval), (303, "approved"))
        self.assertEqual(self.says("approver_a", approval), (409, "approved"))

    def test_any_one_no_is_a_no(self):
        self.assertEqual(self.says("approver_a", self.named(self.ada, self.ann), "decline"), (303, "declined"))

    def test_all(self):
        approval = self.named(self.ada, self.ann, rule="all")
        self.assertEqual(self.turns(approval), self.ada + self.ann)
        self.assertEqual(self.says("approver_a", approval), (303, "pending"))
        self.assertFalse(self.milestone.is_reached)
        self.assertEqual(self.says("approver_a", approval), (409, "pending"), "nobody approves twice")
        self.assertEqual(self.says("administrator_a", approval), (303, "approved"))
        self.assertTrue(self.milestone.is_reached)
        self.assertEqual(len(self.decisions(approval)), 2)

    def test_all_ends_with_the_first_no(self):
        approval = self.named(self.ada, self.ann, rule="all")
        self.says("approver_a", approval)
        self.assertEqual(self.says("administrator_a", approval, "decline"), (303, "declined"))

    def test_in_order(self):
        approval = self.named(self.ann, self.ada, rule="order")
        self.assertEqual(self.turns(approval), self.ann)
        self.assertEqual(self.says("approver_a", approval), (422, "pending"))
        self.assertEqual(self.says("administrator_a", approval), (303, "pending"))
        self.assertEqual(self.turns(approval), self.ada)
        mails = self.env["mail.message"].search([("subject", "ilike", "Waiting for your answer")])
        self.assertIn(self.ada.partner_id, mails.partner_ids, "whose turn begins is told")
        self.assertNotIn(self.ann.partner_id, mails.author_id, "by the house, not by whoever answered before")
        self.assertEqual(self.says("approver_a", approval), (303, "approved"))

    def test_quorum(self):
        approval = self.named(self.ada, self.ann, self.bea, rule="quorum", quorum=2)
        self.assertEqual(self.says("approver_a", approval, "decline"), (303, "pending"), "two can still say yes")
        self.assertEqual(self.says("administrator_a", approval), (303, "pending"))
        self.assertEqual(self.says("viewer_a", approval), (303, "approved"))

    def test_quorum_out_of_reach(self):
        approval = self.named(self.ada, self.ann, rule="quorum", quorum=2)
        self.assertEqual(self.says("approver_a", approval, "decline"), (303, "declined"))

    def test_quorum_of_anyone(self):
        approval = self.ask(self.milestone, "milestone", rule="quorum", quorum=2)
        self.assertEqual(self.says("approver_a", approval), (303, "pending"))
        self.assertEqual(self.says("approver_a", approval), (409, "pending"))
        self.assertEqual(self.says("administrator_a", approval), (303, "approved"))

    def test_changes_end_it_whatever_the_rule(self):
        approval = self.named(self.ada, self.ann, rule="all")
        self.assertEqual(self.says("approver_a", approval, "changes"), (303, "changes"))

    def test_four_eyes(self):
        task = self.task_a_one
        self.env.cr.execute("UPDATE project_task SET create_uid = %s", [self.users["approver_a"].id])
        self.env.invalidate_all()
        approval = self.ask(task, "scope", four_eyes=True)
        self.assertEqual(self.says("approver_a", approval), (422, "pending"))
        self.assertEqual(self.says("administrator_a", approval), (303, "approved"))


@tagged("post_install", "-at_install", "client_portal")
class TestLimits(RulesCase):
    def test_limits_by_amount_and_currency(self):
        approval = self.order_a_sent.client_approval_id
        for amount, currency, status in ((99.99, "USD", 422), (500, "EUR", 422), (100, "USD", 303)):
            self.limit("approver", amount, currency)
            with self.subTest(amount=amount, currency=currency):
                self.assertEqual(self.answer("approver_a", approval).status_code, status)
        right = self.decisions(approval).authority
        self.assertIn('"limit":"100.00"', right)

    def test_over_the_limit_goes_up(self):
        self.limit("approver", 50)
        approval = self.requote(self.ada)
        self.assertEqual(self.turns(approval), self.ann, "the one who may")
        self.assertIn("escalated", approval.event_ids.mapped("kind"))
        self.assertIn("above what you may approve", self.page("approver_a", approval._client_url()).text)
        self.assertEqual(self.answer("administrator_a", approval).status_code, 303)
        self.assertEqual(self.order_a_sent.state, "sale")

    def test_not_where_those_who_are_left_suffice(self):
        self.limit("approver", 50)
        approval = self.requote(self.ada, self.ann)
        self.assertEqual(self.turns(approval), self.ann)
        self.assertEqual(len(approval.approver_ids), 2, "nobody else is asked")

    def test_nobody_can(self):
        for role in ("approver", "administrator"):
            self.limit(role, 50)
        approval = self.requote(self.ada)
        self.assertIn("nobody_can", approval.event_ids.mapped("kind"))
        self.assertIn("Nobody at Alder Estates", str(self.order_a_sent.activity_ids.mapped("summary")))
        self.assertTrue(approval.anyone)
        self.limit("administrator", 500)
        self.assertEqual(self.answer("administrator_a", approval).status_code, 303)

    def test_a_price_that_rises_while_it_is_asked(self):
        self.limit("approver", 150)
        approval = self.requote(self.ada)
        self.order_a_sent.order_line[:1].price_unit = 200
        self.settle()
        self.assertEqual(self.turns(approval), self.ann)


@tagged("post_install", "-at_install", "client_portal")
class TestPeople(RulesCase):
    def test_removed_suspended_or_without_the_right(self):
        for change in ({"active": False}, {"suspended": True}, {"role_id": self.roles["viewer"].id}):
            with self.subTest(change=change), self.env.cr.savepoint() as savepoint:
                approval = self.named(self.ada, self.bea, rule="all")
                self.bea.write(change)
                self.assertEqual(self.turns(approval), self.ada + self.ann, "somebody else in their place")
                self.assertIn("approver_gone", approval.event_ids.mapped("kind"))
                savepoint.rollback()
                self.env.invalidate_all(flush=False)

    def test_the_last_one_leaves(self):
        self.ann.active = False
        approval = self.named(self.ada, rule="all")
        self.bea.role_id = self.roles["viewer"]
        self.ada.suspended = True
        self.assertTrue(approval.anyone)
        self.assertEqual(approval.state, "pending")
        self.ada.suspended = False
        self.assertEqual(self.answer("approver_a", approval).status_code, 303)

    def test_a_role_that_loses_the_right(self):
        approval = self.named(self.ada)
        self.roles["approver"].can_approve = False
        self.assertEqual(self.turns(approval), self.ann)

    def test_another_site(self):
        approval = self.requote(self.ada)
        self.ada.write({"all_sites": False, "site_ids": [Command.set(self.site_a_two.ids)]})
        self.assertNotIn(self.ada, self.turns(approval))


@tagged("post_install", "-at_install", "client_portal")
class TestWizard(RulesCase):
    def wizard(self, record, **vals):
        manager = self.users["manager"]
        manager.group_ids += self.env.ref("project.group_project_manager")
        wizard = self.env["client.approval.wizard"].with_user(manager)
        return wizard.with_context(default_res_model=record._name, default_res_id=record.id).create(vals)

    def test_asking_from_the_form(self):
        wizard = self.wizard(self.milestone)
        self.assertEqual((wizard.kind, wizard.client_id), ("milestone", self.client_a))
        self.assertIn(self.users["approver_a"].name, wizard.able_names)
        wizard.write({"anyone": False, "member_ids": self.ada.ids, "message": "Please look", "date_due": "2036-01-01"})
        wizard.action_client_ask()
        approval = self.approval_of(self.milestone)
        self.assertEqual((approval.approver_ids.member_id, approval.message), (self.ada, "Please look"))
        mails = self.env["mail.message"].search([("subject", "=", f"Waiting for your answer: {self.milestone.name}")])
        self.assertEqual(mails.partner_ids, self.ada.partner_id)

    def test_what_does_not_add_up_is_refused(self):
        for vals in (
            {"anyone": False},
            {"anyone": True, "rule": "all"},
            {"anyone": False, "member_ids": self.ada.ids, "rule": "quorum", "quorum": 2},
            {"date_due": "2036-02-01", "date_expires": "2036-01-01"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.wizard(self.milestone, **vals).action_client_ask()
