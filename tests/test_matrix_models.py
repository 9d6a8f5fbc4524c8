"""Every model a portal user has any access to: what a member may do with it, as ``tables/models.csv`` says.

``MODELS_WRITE=1`` writes what is observed into the table; the difference is the decision to review.
"""

import os

from odoo.tests import tagged

from .common import SECRET
from .extensions import call
from .matrix_models import ModelsCase, merged, reading
from .truth import sheet as table
from .truth import write_sheet as write

WRITE = bool(os.environ.get("MODELS_WRITE"))
OPERATIONS = ("read", "search", "read_group", "write", "create", "unlink", "copy")
HEADS = ("model", "module", "why", *OPERATIONS)
REASONS = {"boundary", "reference", "own security", "conversation", "denied"}


@tagged("post_install", "-at_install", "client_portal")
class TestMatrixModels(ModelsCase):
    def _open_models(self):
        """Names of the models with any access for portal users, from the access rights themselves."""
        portal = self.env.ref("base.group_portal").all_implied_ids.ids
        access = self.env["ir.model.access"].with_context(active_test=False)  # some wait for a shared project
        lines = access.search(["|", ("group_id", "=", False), ("group_id", "in", portal)])
        return {
            line.model_id.model
            for line in lines
            if not line.model_id.abstract
            and (line.perm_read or line.perm_write or line.perm_create or line.perm_unlink)
        }

    def test_every_model_with_portal_access_is_listed(self):
        listed = {row["model"] for row in table("models")}
        self.assertEqual(sorted(self._open_models() - listed), [], "decide on these in tables/models.csv")

    def test_every_listed_model_is_there_or_its_module_is_not(self):
        there = self.installed()
        gone = [row["model"] for row in table("models") if row["model"] not in self.env and row["module"] in there]
        self.assertEqual(gone, [])

    def test_no_other_model_answers_at_all(self):
        listed = {row["model"] for row in table("models")}
        env = self.as_user(self.actor)
        for name, model in env.items():
            if name in listed or model._abstract:
                continue
            open_for = [mode for mode in ("read", "write", "create", "unlink") if model.has_access(mode)]
            self.assertEqual(open_for, [], name)

    def test_operations(self):
        rows = table("models")
        for row in rows:
            if row["model"] not in self.env:
                continue
            observed = {name: self._try(row["model"], name) for name in OPERATIONS}
            if WRITE:
                row.update({name: merged(row[name], now, self.wide) for name, now in observed.items()})
                continue
            with self.subTest(model=row["model"]):
                self.assertIn(row["why"], REASONS)
                self.assertEqual({name: reading(row[name], self.wide) for name in OPERATIONS}, observed)
        if WRITE:
            write("models", HEADS, rows)

    def _try(self, name, operation):
        """``allow`` or ``.`` (refused): one operation as a member, on a record that exists if there is one."""
        model = self.env[name].sudo().with_context(active_test=False)
        record = self._own(name) or model.search([], limit=1)
        ids = record.ids
        acts = {
            "read": lambda m: (m.browse(ids).check_access("read"), m.browse(ids).read(["id"])),
            "search": lambda m: m.search([], limit=1),
            "read_group": lambda m: m.formatted_read_group([], ["id"], ["__count"]),
            "write": lambda m: m.browse(ids).check_access("write"),
            "create": lambda m: m.browse().check_access("create"),
            "unlink": lambda m: m.browse(ids).check_access("unlink"),
            "copy": lambda m: m.browse(ids).copy() if ids else m.check_access("create"),
        }
        outcome, answer, changed = self.attempt(lambda env: acts[operation](env[name]))
        self.assertNotIn(SECRET, str(answer))
        self.assertFalse(changed, f"{operation} on {name}")
        return "allow" if outcome == "answers" else "."

    def _own(self, name):
        """A record that the member may read, where the fixture has one."""
        samples = {
            "project.project": self.project_a_one,
            "project.task": self.task_a_one,
            "sale.order": self.order_a_sent,
            "sale.order.line": self.order_a_sent.order_line,
            "account.move": self.invoice_a_one,
            "account.move.line": self.invoice_a_one.invoice_line_ids,
            "res.partner": self.client_a,
            "res.users": self.users[self.actor],
            "project.milestone": self.milestones["project_a_one"],
            "client.approval": self.order_a_sent.client_approval_id,
            "client.agreement": self.agreement_a_one,
            "client.asset": self.asset_a_one,
            "project.update": self.update_a_one,
            "client.asset.kind": self.asset_a_one.kind_id,
            "client.site.correction": self.correction_a_one,
            "client.update": self.env["client.update"].search([("client_id", "=", self.client_a.id)], limit=1),
        }
        samples.update({model: pair[0] for model, pair in call("samples", self).items()})
        return samples.get(name)
