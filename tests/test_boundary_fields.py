"""Every field of every model behind the boundary: read exactly when ``tables/fields.md`` names it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ClientPortalCommon
from .extensions import call, rows
from .truth import table

# what stock gives away and nobody may read or infer: (model, field)
INTERNAL = [
    ("project.project", "name"),
    ("project.project", "description"),
    ("project.project", "access_token"),
    ("project.project", "task_ids"),
    ("project.project", "user_id"),
    ("project.task", "name"),
    ("project.task", "description"),
    ("project.task", "access_token"),
    ("project.task", "user_ids"),
    ("project.task", "stage_id"),
    ("project.task", "project_id"),
    ("project.task", "email_cc"),
    ("project.update", "name"),
    ("project.update", "description"),
    ("project.update", "task_count"),
    ("sale.order", "access_token"),
    ("sale.order", "user_id"),
    ("sale.order", "origin"),
    ("sale.order", "tag_ids"),
    ("sale.order.line", "product_id"),
    ("account.move", "invoice_user_id"),
    ("account.move", "line_ids"),
    ("account.move", "access_token"),
    ("account.move.line", "account_id"),
    ("account.move.line", "balance"),
    ("client.approval", "approver_ids"),
    ("client.approval", "requester_id"),
    ("client.approval", "decision_id"),
    ("client.asset", "description"),
    ("client.asset", "task_ids"),
    ("client.agreement", "description"),
    ("client.agreement", "line_ids"),
    ("client.agreement", "order_id"),
    ("client.agreement", "site_ids"),
    *rows("INTERNAL"),
]


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryFields(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["client.update"]._append([cls.task_a_one._client_update_vals("job_completed")])
        cls.env.flush_all()
        cls.samples = {
            "project.project": cls.project_a_one,
            "project.task": cls.task_a_one,
            "project.update": cls.update_a_one,
            "project.milestone": cls.milestones["project_a_one"],
            "sale.order": cls.order_a_sent,
            "sale.order.line": cls.order_a_sent.order_line,
            "account.move": cls.invoice_a_one,
            "account.move.line": cls.invoice_a_one.invoice_line_ids,
            "client.approval": cls.order_a_sent.client_approval_id,
            "client.asset": cls.asset_a_one,
            "client.agreement": cls.agreement_a_one,
            "client.asset.kind": cls.asset_a_one.kind_id,
            "client.site.correction": cls.correction_a_one,
            "client.update": cls.env["client.update"].search([("client_id", "=", cls.client_a.id)], limit=1),
            **{model: pair[0] for model, pair in call("samples", cls).items()},
        }

    def _answers(self, act):
        """False when ``act`` is refused; any other error fails the test."""
        try:
            act()
        except (AccessError, UserError):
            return False
        return True

    def test_every_field_of_every_model(self):
        for row in table("fields"):
            model, allowed = row["model"], set(row["fields"].split())
            sample = self.samples[model]
            self.assertTrue(self.sees("administrator_a", sample), model)
            readable = {name for name in sample._fields if self.reads("administrator_a", sample, [name])}
            with self.subTest(model=model):
                self.assertEqual(readable, allowed)

    def test_described_fields_are_the_readable_ones(self):
        for row in table("fields"):
            described = set(self.as_user("administrator_a")[row["model"]].fields_get(attributes=["type"]))
            with self.subTest(model=row["model"]):
                self.assertEqual(described, set(row["fields"].split()))

    def test_stock_gives_these_away(self):
        """The hole on stock: the same reads by a portal user of no client."""
        for record, field in (
            (self.order_stock, "origin"),
            (self.order_stock, "access_token"),
            (self.task_stock, "description"),
            (self.invoice_stock, "invoice_origin"),
        ):
            self.assertTrue(self.reads("stock", record, [field]), f"{record._name}.{field}")

    def test_internal_fields_answer_no_question(self):
        """Neither a domain nor an order nor a group tells what a forbidden field holds."""
        env = self.as_user("administrator_a")
        for model, name in INTERNAL:
            Model = env[model]
            doors = {
                "read": lambda Model=Model, model=model, name=name: self.samples[model].with_env(env).read([name]),
                "domain": lambda Model=Model, name=name: Model.search([(name, "!=", False)]),
                "order": lambda Model=Model, name=name: Model.search([], order=f"{name} desc"),
                "group": lambda Model=Model, name=name: Model.formatted_read_group([], [name], ["__count"]),
                "sum": lambda Model=Model, name=name: Model.formatted_read_group([], [], [f"{name}:count"]),
            }
            if Model._fields[name].type in ("one2many", "many2many"):
                del doors["order"], doors["sum"]
            for door, act in doors.items():
                with self.subTest(model=model, field=name, door=door):
                    env.invalidate_all()
                    self.assertFalse(self._answers(act))

    def test_computed_fields_answer_no_question(self):
        """What is no column is read by a way of its own: the ORM follows it in sudo, or asks its search method."""
        env, told = self.as_user("administrator_a"), []
        for row in table("fields"):
            Model, allowed = env[row["model"]], set(row["fields"].split())
            for name, field in Model._fields.items():
                if field.store or name in allowed:
                    continue
                doors = {
                    "domain": lambda Model=Model, name=name: Model.search([(name, "=", False)], limit=1),
                    "order": lambda Model=Model, name=name: Model.search([], order=f"{name} desc", limit=1),
                    "list": lambda Model=Model, name=name: Model.formatted_read_group([], [], [f"{name}:array_agg"]),
                    "group": lambda Model=Model, name=name: Model.formatted_read_group([], [name], ["__count"]),
                }
                told += [(row["model"], name, door) for door, act in doors.items() if self._answers_anything(act)]
        self.assertFalse(told)

    def _answers_anything(self, act):
        try:
            act()
        except (AccessError, UserError, ValueError):
            return False
        return True

    def test_paths_through_records_answer_no_question(self):
        env = self.as_user("administrator_a")
        for model, path in (
            ("sale.order", "client_id.comment"),
            ("sale.order", "client_id.ref"),
            ("project.milestone", "project_id.name"),
            ("project.milestone", "project_id.description"),
            ("sale.order.line", "order_id.origin"),
            ("account.move.line", "move_id.access_token"),
            ("sale.order", "company_id.bank_ids"),
            ("project.task", "client_id.user_ids.login"),
            ("sale.order", "create_uid.login"),
            ("sale.order", "client_id.activity_state"),
            ("project.task", "client_id.is_blacklisted"),
        ):
            with self.subTest(model=model, path=path):
                self.assertFalse(self._answers(lambda model=model, path=path: env[model].search([(path, "!=", False)])))
                first, _dot, last = path.partition(".")
                inside = [(first, "any", ["|", ("id", "=", 1), (last, "!=", False)])]
                self.assertFalse(self._answers(lambda model=model, inside=inside: env[model].search(inside)))

    def test_search_without_an_order_works_and_with_an_allowed_one_too(self):
        env = self.as_user("administrator_a")
        for row in table("fields"):
            Model = env[row["model"]]
            with self.subTest(model=row["model"]):
                self.assertTrue(Model.search([], limit=5))
                self.assertTrue(Model.search_read([], ["display_name"], limit=5))
                self.assertTrue(Model.name_search("", limit=5))
                self.assertTrue(Model.search([], order="id desc", limit=1))

    def test_names_searched_and_shown_are_the_clients(self):
        """The working title is neither shown nor found, directly or through a relation."""
        self.project_a_one.write({"name": "SECRET plan", "client_title": "Harbour works"})
        self.task_a_one.write({"name": "SECRET job", "client_title": "Harbour hedge"})
        self.env.flush_all()
        env = self.as_user("administrator_a")
        milestone = self.milestones["project_a_one"].with_env(env).read(["project_id"])
        self.assertEqual(milestone[0]["project_id"][1], "Harbour works")
        for record, shown in ((self.project_a_one, "Harbour works"), (self.task_a_one, "Harbour hedge")):
            with self.subTest(model=record._name):
                self.assertEqual(record.with_env(env).display_name, shown)
                self.assertFalse(self._finds(env[record._name], "SECRET"))

    def _finds(self, Model, text):
        """What searching by name finds; nothing when the search is refused."""
        try:
            return Model.name_search(text) or Model.search([("display_name", "ilike", text)])
        except AccessError:
            return []

    def test_lines_name_no_product_code(self):
        env = self.as_user("administrator_a")
        for line in (self.order_a_sent.order_line, self.invoice_a_one.invoice_line_ids):
            line.write({"product_id": self.product.id, "name": "Hedge cut, both sides"})
            self.env.flush_all()
            env.invalidate_all()
            self.assertNotIn("SECRET", line.with_env(env).display_name)

    def test_no_field_is_written(self):
        env = self.as_user("administrator_a")
        for row in table("fields"):
            record = self.samples[row["model"]].with_env(env)
            for name in row["fields"].split():
                with self.subTest(model=row["model"], field=name):
                    self.assertFalse(self._answers(lambda record=record, name=name: record.write({name: False})))
