"""Who finds and reads what through the ORM, as tables say, on every scoped model and what hangs on it."""

from odoo.tests import tagged

from .common import PORTAL_ACTORS, ClientPortalCommon
from .common_records import KINDS, SCOPED
from .truth import table, truth

TABLE_ACTORS = {*PORTAL_ACTORS, "public"}


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryOrm(ClientPortalCommon):
    def _ids(self, keys):
        return {self.records[key].id for key in keys}

    def test_tables_name_every_record_and_every_actor(self):
        for model, records in KINDS.items():
            rows = table(model)
            self.assertEqual([row.pop("record") for row in rows], list(records), model)
            self.assertEqual(set(rows[0]), TABLE_ACTORS, model)

    def test_search_finds_what_the_table_allows(self):
        for model in SCOPED:
            mine = [("id", "in", [self.records[key].id for key in KINDS[model]])]
            for actor, allowed in truth(model).items():
                with self.subTest(model=model, actor=actor):
                    found = self.seen(actor, model, mine)
                    names = {key for key in KINDS[model] if self.records[key].id in found}
                    self.assertEqual(names, allowed)

    def test_search_without_domain_finds_nothing_more(self):
        for model in SCOPED:
            for actor, allowed in truth(model).items():
                if actor in ("stock", "public"):
                    continue
                with self.subTest(model=model, actor=actor):
                    self.assertEqual(self.seen(actor, model), self._ids(allowed))

    def test_read_by_id_opens_what_the_table_allows(self):
        for model in SCOPED:
            for actor, allowed in truth(model).items():
                for key in KINDS[model]:
                    with self.subTest(record=key, actor=actor):
                        self.assertEqual(self.reads(actor, self.records[key]), key in allowed)

    def test_counts_agree_with_search(self):
        for model in SCOPED:
            for actor in ("administrator_a", "site_viewer_a", "billing_a", "both", "revoked", "colleague"):
                with self.subTest(model=model, actor=actor):
                    count = self.as_user(actor)[model].search_count([])
                    self.assertEqual(count, len(truth(model)[actor]))

    def test_archived_records_do_not_come_back_with_active_test(self):
        self.task_a_one.active = False
        self.env.flush_all()
        domain = [("active", "in", (True, False)), ("id", "=", self.task_a_one.id)]
        self.assertFalse(self.seen("administrator_a", "project.task", domain))

    def test_lines_follow_their_parent(self):
        for model, lines in (("sale.order", "order_line"), ("account.move", "invoice_line_ids")):
            for actor, allowed in truth(model).items():
                parents = [self.records[key] for key in KINDS[model]]
                with self.subTest(model=model, actor=actor):
                    expected = {line.id for key in allowed for line in self.records[key][lines]}
                    every = [line.id for parent in parents for line in parent[lines]]
                    self.assertEqual(self.seen(actor, parents[0][lines]._name, [("id", "in", every)]), expected)

    def test_milestones_follow_their_project(self):
        every = [milestone.id for milestone in self.milestones.values()]
        for actor, allowed in truth("project.project").items():
            if actor in ("stock", "public"):
                continue
            with self.subTest(actor=actor):
                expected = {self.milestones[key].id for key in allowed}
                self.assertEqual(self.seen(actor, "project.milestone", [("id", "in", every)]), expected)

    def test_staff_gain_and_lose_nothing(self):
        """An internal user without rights sees what stock shows them; a client manager gets no business records."""
        for actor in ("staff", "manager"):
            self.assertTrue(self.sees(actor, self.project_a_one), actor)
            self.assertFalse(self.sees(actor, self.project_a_hidden), actor)
            for record in (self.order_a_sent, self.invoice_a_one):
                self.assertFalse(self.sees(actor, record), actor)


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryReplacesStock(ClientPortalCommon):
    """Each way in that stock opens, shown open for a portal user of no client and shut for a governed one."""

    def _opens(self, actor, record, customer):
        """Whether following as a company, stock's own way, opens ``record`` for ``actor``."""
        record.message_subscribe(customer.ids)
        self.env.flush_all()
        return self.sees(actor, record)

    def test_following_opens_nothing(self):
        self.project_internal.partner_id = self.no_client
        self.assertTrue(self._opens("stock", self.project_internal, self.no_client), "stock opens what one follows")
        for record in (
            self.task_a_unpublished,
            self.order_a_draft,
            self.invoice_a_draft,
            self.bill_a,
            self.order_b_sent,
        ):
            self.assertFalse(self._opens("administrator_a", record, self.client_a), record.name)

    def test_collaborator_row_opens_nothing(self):
        """Sharing a project, stock's second way in, opens it for an outsider and adds nothing for a member."""
        for actor, project in (("stock", self.project_stock), ("site_viewer_a", self.project_a_whole)):
            project.message_unsubscribe(project.message_partner_ids.ids)
            project.privacy_visibility = "invited_users"
            self.env["project.collaborator"].create(
                {"project_id": project.id, "partner_id": self.users[actor].partner_id.id}
            )
        self.env.flush_all()
        self.assertTrue(self.sees("stock", self.project_stock), "stock opens what is shared")
        for record in (self.project_a_whole, self.task_a_two, self.task_a_whole, self.task_a_unpublished):
            self.assertFalse(self.sees("site_viewer_a", record), record.name)

    def test_drafts_of_no_client_stay_as_stock(self):
        """Stock shows a customer's draft quotation; a governed user's is closed, the outsider's stays."""
        self.order_stock.state = "draft"
        self.env.flush_all()
        self.assertTrue(self.sees("stock", self.order_stock))
        self.assertFalse(self.sees("administrator_a", self.order_a_draft))

    def test_colleague_never_invited_sees_nothing(self):
        for record in (self.project_a_one, self.task_a_one, self.order_a_sent, self.invoice_a_one):
            record.message_subscribe(self.users["colleague"].partner_id.ids)
            self.env.flush_all()
            self.assertFalse(self.sees("colleague", record), record._name)
