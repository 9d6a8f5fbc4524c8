"""``client_site_id``: a site counts only for its own client, whatever stock's addresses say."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ClientPortalCommon


@tagged("post_install", "-at_install", "client_portal")
class TestScopedSite(ClientPortalCommon):
    def _site_of(self, record):
        self.env.flush_all()
        record.invalidate_recordset()
        return record.client_site_id

    def test_delivery_address_is_the_site(self):
        self.assertEqual(self.order_a_sent.client_site_id, self.site_a_one)
        self.assertEqual(self.invoice_a_two.client_site_id, self.site_a_two)

    def test_order_shipped_to_the_site_of_another_client_has_no_site(self):
        self.assertEqual(self.order_a_shipped_to_site_of_b.client_id, self.client_a)
        self.assertFalse(self.order_a_shipped_to_site_of_b.client_site_id)
        self.assertFalse(self.sees("site_viewer_b", self.order_a_shipped_to_site_of_b))

    def _refused_or_dropped(self, act):
        """Refusing a foreign site is as good as dropping it: whether either happened.

        :param act: makes a record with a foreign site and returns it
        """
        try:
            with self.env.cr.savepoint():
                record = act()
                self.env.flush_all()
        except ValidationError:
            return True
        return not self._site_of(record)

    def _set_foreign_site(self, record):
        record.client_site_id = self.site_b_one
        return record

    def test_site_of_another_client_by_hand_counts_nothing(self):
        for record in (self.project_a_one, self.task_a_one, self.order_a_sent):
            with self.subTest(model=record._name):
                self.assertTrue(self._refused_or_dropped(lambda record=record: self._set_foreign_site(record)))
                self.assertNotEqual(self._site_of(record), self.site_b_one)

    def test_no_record_ever_holds_a_foreign_site(self):
        """Whatever the door: the customer changes under a site, or the address does."""
        self.task_a_one.partner_id = self.client_b
        self.order_a_sent.write({"partner_id": self.client_b.id, "partner_shipping_id": self.site_a_one.id})
        self.order_a_confirmed.partner_shipping_id = self.site_b_one
        for record in (self.task_a_one, self.order_a_sent, self.order_a_confirmed):
            with self.subTest(model=record._name, name=record.name):
                self.assertFalse(self._site_of(record))

    def test_creating_with_a_foreign_site_is_refused_or_drops_it(self):
        values = {
            "name": "Made",
            "project_id": self.project_a_whole.id,
            "partner_id": self.client_a.id,
            "client_site_id": self.site_b_one.id,
        }
        self.assertTrue(self._refused_or_dropped(lambda: self.env["project.task"].create(values)))

    def test_plain_delivery_address_is_no_site(self):
        depot = self.env["res.partner"].create({"name": "Depot", "parent_id": self.client_a.id, "type": "delivery"})
        self.order_a_sent.partner_shipping_id = depot
        self.assertFalse(self._site_of(self.order_a_sent))

    def test_flagging_a_site_later_fills_existing_records(self):
        depot = self.env["res.partner"].create({"name": "Depot", "parent_id": self.client_a.id, "type": "delivery"})
        self.order_a_sent.partner_shipping_id = depot
        self.invoice_a_draft.partner_shipping_id = depot
        archived = self.order_a_confirmed
        archived.partner_shipping_id = depot
        self.assertFalse(self._site_of(self.order_a_sent))
        depot.is_client_site = True
        for record in (self.order_a_sent, self.invoice_a_draft, archived):
            self.assertEqual(self._site_of(record), depot)
        depot.is_client_site = False
        for record in (self.order_a_sent, self.invoice_a_draft, archived):
            self.assertFalse(self._site_of(record))

    def test_changing_the_address_changes_the_site(self):
        self.order_a_sent.partner_shipping_id = self.site_a_two
        self.assertEqual(self._site_of(self.order_a_sent), self.site_a_two)

    def test_site_by_hand_stays_through_edits(self):
        for edit in ({"name": "other name"}, {"stage_id": self.stages[1].id}, {"client_publish": "no"}):
            self.task_a_two.write(edit)
            self.assertEqual(self._site_of(self.task_a_two), self.site_a_two)

    def test_job_takes_the_site_of_its_project_unless_staff_say_otherwise(self):
        job = self.env["project.task"].create(
            {"name": "Job", "project_id": self.project_a_one.id, "partner_id": self.client_a.id}
        )
        self.assertEqual(self._site_of(job), self.site_a_one)
        job.client_site_id = self.site_a_two
        self.assertEqual(self._site_of(job), self.site_a_two)
        self.project_a_one.name = "Renamed"
        self.assertEqual(self._site_of(job), self.site_a_two)

    def test_reparented_site_clears_records_and_suspends_or_trims_memberships(self):
        two_sites = self.members["viewer_a"]
        two_sites.write({"all_sites": False, "site_ids": [(6, 0, (self.site_a_one + self.site_a_two).ids)]})
        only = self.members["site_viewer_a"]
        self.site_a_one.parent_id = self.client_b
        for record in (self.task_a_one, self.project_a_one, self.order_a_sent, self.invoice_a_one):
            with self.subTest(model=record._name):
                self.assertFalse(self._site_of(record))
                self.assertEqual(record.client_id, self.client_a, "the record stays the client's")
        self.assertEqual(two_sites.site_ids, self.site_a_two)
        self.assertFalse(two_sites.suspended)
        self.assertTrue(only.suspended)
        self.assertFalse(self.sees("site_viewer_a", self.task_a_one))
        self.assertFalse(self.sees("administrator_b", self.task_a_one))

    def test_site_is_never_its_own_commercial_entity(self):
        for values in ({"parent_id": False}, {"is_company": True}):
            with self.subTest(values), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.site_a_one.write(values)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.client_a.is_client_site = True

    def test_archived_site_keeps_its_history(self):
        self.site_a_one.active = False
        self.assertEqual(self._site_of(self.task_a_one), self.site_a_one)
        self.assertTrue(self.sees("viewer_a", self.task_a_one))
