"""Installing on a database with data: the SQL that fills the columns says what the ORM would say."""

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from odoo.addons.client_portal import hooks

from .common import ClientPortalCommon
from .common_records import KINDS

# models that were there before the suite
SCOPED = tuple(model for model in KINDS if not model.startswith("client."))
COMPARED = (
    "client_id",
    "client_published",
    "client_publish",
    "client_name",
    "client_publish_jobs",
    "client_status",
    "client_court",
)


@tagged("post_install", "-at_install", "client_portal")
class TestScopedInstall(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_awkward_records()
        cls.env["project.update"].search([]).client_title = False  # nobody wrote one before the suite was there
        cls.env.flush_all()

    @classmethod
    def _make_awkward_records(cls):
        """What an old database holds: contacts as customers, none, archived, templates, sub-tasks, every state."""
        jane = cls.env["res.partner"].create({"name": "Jane", "parent_id": cls.client_a.id})
        project = cls.env["project.project"].create(
            {"name": "Jane's", "partner_id": jane.id, "privacy_visibility": "invited_users", "allow_billable": True}
        )
        template = cls.env["project.project"].create(
            {
                "name": "Template",
                "partner_id": jane.id,
                "privacy_visibility": "portal",
                "is_template": True,
                "allow_billable": True,
            }
        )
        jobs = cls.env["project.task"].create(
            [
                {"name": "by her", "project_id": project.id, "partner_id": jane.id},
                {"name": "nobody's", "project_id": cls.project_internal.id},
                {"name": "archived", "project_id": project.id, "active": False},
                {"name": "done", "project_id": project.id, "state": "1_done"},
                {"name": "cancelled", "project_id": project.id, "state": "1_canceled"},
                {"name": "changes", "project_id": project.id, "state": "02_changes_requested"},
                {"name": "of a template", "project_id": template.id},
                {"name": "template", "project_id": project.id, "is_template": True},
            ]
        )
        cls._make_awkward_children(project, jobs[0])
        cls.env["sale.order"].create({"partner_id": jane.id, "company_id": cls.company_one.id})

    @classmethod
    def _make_awkward_children(cls, project, job):
        cls.env["project.task"].create(
            [
                {"name": "below", "project_id": project.id, "parent_id": job.id},
                {"name": "waits", "project_id": project.id, "depend_on_ids": [(6, 0, job.ids)]},
            ]
        )
        cls.env["project.project"].create(
            {"name": "Old", "partner_id": project.partner_id.id, "active": False, "privacy_visibility": "portal"}
        )
        cls.env["account.move"].create({"move_type": "entry", "journal_id": cls.journals[cls.company_one, "sale"].id})

    def _columns(self, model):
        fields = self.env[model]._fields
        return [name for name in COMPARED if name in fields and fields[name].store]

    def _all(self, model):
        return self.env[model].with_context(active_test=False).search([], order="id")

    def _snapshot(self, model):
        self.env.invalidate_all()
        return {
            (record.id, name): record[name].id if name == "client_id" else record[name]
            for record in self._all(model)
            for name in self._columns(model)
        }

    def _wipe(self):
        """As before the installation: the columns are there and empty."""
        self.env.flush_all()
        for model in SCOPED:
            columns = [*self._columns(model), "client_site_id"]
            for column in columns:
                self.env.cr.execute(f'ALTER TABLE {self.env[model]._table} ALTER COLUMN "{column}" DROP NOT NULL')
            sets = ", ".join(f'"{column}" = NULL' for column in columns)
            self.env.cr.execute(f"UPDATE {self.env[model]._table} SET {sets}")
        self.env.invalidate_all()

    def test_sql_fill_says_what_the_orm_says(self):
        self._wipe()
        for model in SCOPED:
            hooks.fill(self.env.cr, self.env[model]._table)
        by_sql = {model: self._snapshot(model) for model in SCOPED}
        for model in SCOPED:
            records = self._all(model)
            for name in self._columns(model):
                if name != "client_publish":
                    self.env.add_to_compute(records._fields[name], records)
        self.env.flush_all()
        for model in SCOPED:
            by_orm = self._snapshot(model)
            self.assertTrue(by_orm)
            for key, value in by_orm.items():
                with self.subTest(model=model, record=key[0], column=key[1]):
                    self.assertEqual(by_sql[model][key], value)

    def test_fill_leaves_no_column_empty_that_the_orm_would_fill_again(self):
        """A NULL left behind would make every later install or update recompute a million rows in Python."""
        self._wipe()
        for model in SCOPED:
            table = self.env[model]._table
            hooks.fill(self.env.cr, table)
            for column in ("client_published", "client_publish"):
                self.env.cr.execute(f'SELECT count(*) FROM {table} WHERE "{column}" IS NULL')
                self.assertEqual(self.env.cr.fetchone()[0], 0, f"{table}.{column}")

    def test_an_update_fills_what_is_new_as_the_orm_would(self):
        """From 19.0.1.0.0; see ``migrations``."""
        tasks, orders = self._all("project.task"), self._all("sale.order")
        by_orm = {record: record.client_court for records in (tasks, orders) for record in records}
        finished = set(tasks.filtered("client_done_on"))
        self.assertTrue(finished and any(by_orm.values()))
        self.env.flush_all()
        for table in ("project_task", "sale_order"):
            self.env.cr.execute(f"UPDATE {table} SET client_court = NULL, client_spent_client = NULL")
        self.env.cr.execute("UPDATE project_task SET client_done_on = NULL")
        path = file_path("client_portal/migrations/19.0.1.1.0/pre-migration.py")
        load_script(path, "client_portal_pre_migration").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual({record: record.client_court for record in by_orm}, by_orm)
        self.assertEqual(set(tasks.filtered("client_done_on")), finished)
        self.env.cr.execute("SELECT count(*) FROM project_task WHERE client_spent_client IS NULL")
        self.assertEqual(self.env.cr.fetchone()[0], 0, "the ORM would fill it again")

    def test_columns_the_rules_read_are_stored_and_indexed(self):
        for model in SCOPED:
            table = self.env[model]._table
            self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", (table,))
            indexes = " ".join(row[0] for row in self.env.cr.fetchall())
            for column in ("client_id", "client_site_id"):
                with self.subTest(model=model, column=column):
                    self.assertTrue(self.env[model]._fields[column].store)
                    self.assertIn(f"({column}", indexes)
            self.assertIn("client_published", indexes, model)
