"""``client_id``: whose a record is, decided when its own customer is set, and by nothing else."""

from odoo.tests import tagged

from .common import ClientPortalCommon


@tagged("post_install", "-at_install", "client_portal")
class TestScopedClient(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jane = cls.env["res.partner"].create({"name": "Jane", "parent_id": cls.client_a.id})
        cls.work = [
            cls.env["project.project"].create(
                {
                    "name": "Jane's project",
                    "partner_id": cls.jane.id,
                    "privacy_visibility": "portal",
                    "allow_billable": True,
                }
            ),
            cls.env["project.task"].create(
                {"name": "Jane's job", "partner_id": cls.jane.id, "project_id": cls.project_internal.id}
            ),
            cls.env["sale.order"].create({"partner_id": cls.jane.id, "company_id": cls.company_one.id}),
            cls.invoice_a_draft.copy({"partner_id": cls.jane.id}),
        ]
        cls.env.flush_all()

    def _clients(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return [record.client_id for record in self.work]

    def _jane_moves(self):
        self.jane.parent_id = self.client_b
        self.env.flush_all()
        self.assertEqual(self.jane.commercial_partner_id, self.client_b)

    def test_contact_counts_for_her_company(self):
        self.assertEqual(self._clients(), [self.client_a] * 4)

    def test_customer_that_is_no_client_counts_too(self):
        self.assertEqual(self.order_stock.client_id, self.no_client)
        self.no_client.is_client = True
        self.env.flush_all()
        self.env["client.member"].create(
            {
                "user_id": self.users["stock"].id,
                "client_id": self.no_client.id,
                "role_id": self.roles["administrator"].id,
            }
        )
        self.assertTrue(self.sees("stock", self.order_stock), "history is there on the day of becoming a client")

    def test_contact_moving_to_another_firm_moves_no_history(self):
        self._jane_moves()
        self.assertEqual(self._clients(), [self.client_a] * 4)

    def test_contact_leaving_every_firm_moves_no_history(self):
        self.jane.parent_id = False
        self.assertEqual(self._clients(), [self.client_a] * 4)

    def test_writing_the_same_customer_again_moves_nothing(self):
        self._jane_moves()
        for record in self.work:
            record.write({"partner_id": self.jane.id})
            record.partner_id = self.jane
        self.assertEqual(self._clients(), [self.client_a] * 4)

    def test_ordinary_edits_after_the_move_move_nothing(self):
        """Whatever staff do to old records after Jane left, her old company keeps them."""
        self._jane_moves()
        project, task, order, invoice = self.work
        edits = {
            "rename": lambda: [record.write({"name": "renamed"}) for record in (project, task)],
            "company of the project": lambda: project.write({"company_id": self.company_one.id}),
            "job into another project": lambda: task.write({"project_id": self.project_a_whole.id}),
            "job below another job": lambda: task.write({"parent_id": self.task_a_one.id}),
            "stage and state": lambda: task.write({"stage_id": self.stages[1].id, "state": "1_done"}),
            "customer of the other project": lambda: self.project_a_whole.write({"name": "other"}),
            "confirm the order": lambda: order.write({"state": "sale"}),
            "post the invoice": lambda: invoice.action_post(),
            "archive and back": lambda: [project.action_archive(), project.action_unarchive()],
            "publish": lambda: [record.action_client_publish() for record in self.work],
        }
        for what, edit in edits.items():
            with self.subTest(what):
                edit()
                self.assertEqual(self._clients(), [self.client_a] * 4)

    def test_changing_the_customer_moves_the_record(self):
        for record in self.work:
            record.partner_id = self.client_b
        self.assertEqual(self._clients(), [self.client_b] * 4)

    def test_taking_the_customer_away_takes_the_client_away(self):
        project, task = self.work[:2]
        (project + task.project_id).partner_id = False
        task.partner_id = False
        self.env.flush_all()
        self.assertFalse(project.client_id)
        self.assertFalse(task.client_id)

    def test_new_record_after_the_move_is_the_new_companys(self):
        self._jane_moves()
        order = self.env["sale.order"].create({"partner_id": self.jane.id, "company_id": self.company_one.id})
        self.assertEqual(order.client_id, self.client_b)

    def test_batch_write_moves_only_those_whose_customer_changed(self):
        self._jane_moves()
        other = self.env["sale.order"].create({"partner_id": self.client_a.id, "company_id": self.company_one.id})
        order = self.work[2]
        (order + other).write({"partner_id": self.jane.id})
        self.env.flush_all()
        self.assertEqual((order.client_id, other.client_id), (self.client_a, self.client_b))

    def test_job_of_b_in_a_project_of_a(self):
        self.assertEqual(self.task_b_in_project_of_a.client_id, self.client_b)
        self.assertEqual(self.project_a_whole.client_id, self.client_a)

    def _merge_a_into_b(self):
        self.env["base.partner.merge.automatic.wizard"]._merge((self.client_a + self.client_b).ids, self.client_b)
        self.env.invalidate_all()

    def test_merge_of_clients(self):
        """The client that survives owns the records; memberships of the merged one go along."""
        user = self.users["viewer_a"]
        self.env.cr.execute("DELETE FROM client_member WHERE id = %s", self.members["both_a"].ids)  # nobody doubled
        self._merge_a_into_b()
        self.assertEqual(self._clients(), [self.client_b] * 4)
        self.assertEqual(self.task_a_one.client_site_id, self.site_a_one, "the site moved with its parent")
        self.assertEqual(user.client_member_ids.client_id, self.client_b)
        self.assertEqual(user.client_member_ids.role_id, self.roles["viewer"])
        self.assertTrue(self.sees("administrator_b", self.task_a_one))
        self.assertTrue(self.sees("viewer_a", self.task_b_one))

    def test_merge_keeps_every_membership_though_one_user_has_both(self):
        """Odoo's merge deletes every row of a table in which one would be double; memberships are never deleted."""
        self._merge_a_into_b()
        Member = self.env["client.member"].with_context(active_test=False)
        for actor in ("viewer_a", "site_viewer_a", "administrator_a", "revoked", "suspended", "both"):
            with self.subTest(actor=actor):
                member = Member.search([("user_id", "=", self.users[actor].id)])
                self.assertEqual(member.client_id, self.client_b)
                self.assertEqual(len(member), 1)

    def test_merge_of_two_contacts_moves_no_history(self):
        john = self.env["res.partner"].create({"name": "John", "parent_id": self.client_b.id})
        self.env["base.partner.merge.automatic.wizard"]._merge((self.jane + john).ids, john)
        self.env.invalidate_all()
        self.assertEqual(self._clients(), [self.client_a] * 4)
