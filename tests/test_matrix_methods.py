"""Every public method of the models behind the boundary, called as a member: ``tables/methods.csv``.

A new public method fails until it is listed. ``METHODS_WRITE=1 make test-fast
FILES=tests/test_matrix_methods.py`` writes the table from what is observed (add ``LANES=wide`` for the
methods of optional modules); the difference is what somebody has to read.
"""

import os
import re
from collections import defaultdict

from odoo.tests import tagged

from .common import SECRET
from .extensions import call, home
from .matrix_models import ModelsCase, merged, reading
from .matrix_routes import MISSING
from .truth import sheet as table
from .truth import write_sheet as write

WRITE = bool(os.environ.get("METHODS_WRITE"))
HEADS = ("method", "module", "own", "foreign", "review", "models")
MODELS = (
    "project.project",
    "project.task",
    "project.milestone",
    "project.update",
    "sale.order",
    "sale.order.line",
    "account.move",
    "account.move.line",
    "res.partner",
    "res.users",
    "mail.message",
)
SUITE = ("client_portal", "client_portal_docs")
ADDRESS = re.compile(r"0x[0-9a-f]+|[0-9]+")
# changes nothing but a setting of the caller's own
OWN_SETTING = {("res.users", "switch_tour_enabled")}
# what an answer or an error on a foreign record must not hold
FOREIGN = (SECRET, "Birch")


def review(own, foreign):
    """The word a person would use, and the test holds the method to it."""
    if foreign == "tells":
        return "tells"
    if "answers" in (own, foreign):
        return "harmless" if foreign == "answers" else "reads own"
    return "denied" if "denied" in (own, foreign) else "fails"


@tagged("post_install", "-at_install", "client_portal")
class TestMatrixMethods(ModelsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        messages = cls.env["mail.message"].create(
            [
                {
                    "body": f"Talk on {task.name}",
                    "model": task._name,
                    "res_id": task.id,
                    "message_type": "comment",
                    "subtype_id": cls.env.ref("mail.mt_comment").id,
                    "author_id": cls.users["manager"].partner_id.id,
                }
                for task in (cls.task_a_one, cls.task_b_one)
            ]
        )
        cls.samples = {
            "project.project": (cls.project_a_one, cls.project_b_one),
            "project.task": (cls.task_a_one, cls.task_b_one),
            "project.milestone": (cls.milestones["project_a_one"], cls.milestones["project_b_one"]),
            "project.update": (cls.update_a_one, cls.update_b_one),
            "sale.order": (cls.order_a_sent, cls.order_b_sent),
            "sale.order.line": (cls.order_a_sent.order_line, cls.order_b_sent.order_line),
            "account.move": (cls.invoice_a_one, cls.invoice_b_one),
            "account.move.line": (cls.invoice_a_one.invoice_line_ids, cls.invoice_b_one.invoice_line_ids),
            "res.partner": (cls.client_a, cls.client_b),
            "res.users": (cls.users[cls.actor], cls.users["administrator_b"]),
            "mail.message": tuple(messages),
            "client.approval": (cls.order_a_sent.client_approval_id, cls.order_b_sent.client_approval_id),
            "client.agreement": (cls.agreement_a_one, cls.agreement_b_one),
            "client.asset": (cls.asset_a_one, cls.asset_b_one),
            "client.asset.kind": (cls.asset_a_one.kind_id, cls.asset_b_one.kind_id),
            "client.site.correction": (cls.correction_a_one, cls.correction_b_one),
        }
        cls.samples.update(call("samples", cls))
        cls.own = {name: cls.env[name] for name in sorted(cls.env.registry) if name.startswith("client.")}
        for name, model in cls.own.items():
            model = model.with_context(active_test=False)
            record = (model.search([], limit=1) if model._auto else model) or model.browse(1)
            cls.samples.setdefault(name, (record, record))
        cls.env.flush_all()

    def _alias(self, model):
        """``tables`` or ``services``: what stands in a row for every model of the suite that it does not name."""
        return "tables" if self.own[model]._auto else "services"

    def _public_methods(self):
        """{(model, method): module that defines it} of everything RPC may call."""
        methods = {}
        for name in self.samples:
            cls = type(self.env[name])
            for attribute in dir(cls):
                if attribute.startswith("_") or not callable(getattr(cls, attribute, None)):
                    continue
                if any(getattr(getattr(base, attribute, None), "_api_private", False) for base in cls.mro()):
                    continue
                owner = [base for base in cls.mro() if attribute in vars(base)][-1]
                methods[name, attribute] = getattr(owner, "_module", None) or "base"
        return methods

    def test_every_public_method_is_listed_and_does_what_the_list_says(self):
        found = self._public_methods()
        listed = self._listed(found)
        if not WRITE:
            self.assertEqual(sorted(set(found) - set(listed)), [], "new public methods: list them")
            there = self.installed()
            gone = [key for key in set(listed) - set(found) if listed[key]["module"] in there and key[0] in self.env]
            self.assertEqual(sorted(gone), [], "listed methods that are gone")
        observed = {}
        for (model, method), module in sorted(found.items()):
            with self.subTest(model=model, method=method):
                own, foreign = self._observe(model, method)
                observed[model, method] = (module, own, foreign)
                if not WRITE:
                    row = listed[model, method]
                    listed_as = [reading(row[head], self.wide) for head in ("own", "foreign", "review")]
                    self.assertEqual(listed_as, [own, foreign, review(own, foreign)])
        if WRITE:
            self._write(listed, observed)

    def _listed(self, found):
        """{(model, method): row}. A row may say ``tables`` or ``services`` for models of the suite, but only of
        methods that Odoo defines: what the suite itself makes public is named one by one."""
        rows, listed = table("methods"), {}
        for row in rows:
            for model in self.own:
                key = (model, row["method"])
                if self._alias(model) in row["models"].split() and found.get(key) == row["module"] not in SUITE:
                    listed[key] = row
        for row in rows:
            named = set(row["models"].split()) - {"tables", "services"}
            listed.update({(model, row["method"]): row for model in named})
        return listed

    def _observe(self, model, method):
        """(outcome on an own record, on a foreign one): ``answers``, ``denied``, ``error``; ``tells`` when
        the answer about a foreign record differs from the one about a record that does not exist."""
        own, foreign = self.samples[model]
        outcomes = {}
        for place, record in (("own", own), ("foreign", foreign), ("missing", foreign.browse(MISSING))):
            outcome, answer, changed = self.attempt(lambda env, record=record: self.call(env, record, method))
            text = repr(answer)
            for word in FOREIGN if place != "own" and own != foreign else (SECRET,):
                at = text.find(word)
                self.assertEqual(at, -1, f"{place}: {text[max(0, at - 200) : at + 100]}")
            if (model, method) not in OWN_SETTING:
                self.assertFalse(changed, f"{method} changed something on {record}")
            # the dispatcher has one text for whatever is denied; see test_matrix_routes
            outcomes[place] = outcome, "" if outcome == "denied" else sorted(ADDRESS.sub("#", text))
        foreign, missing = outcomes["foreign"], outcomes["missing"]
        return outcomes["own"][0], foreign[0] if foreign == missing else "tells"

    def _write(self, listed, observed):
        """One line per method and outcome, the models it holds for side by side."""
        kept = {key: tuple(row[head] for head in HEADS[1:5]) for key, row in listed.items()}
        for key, (module, own, foreign) in observed.items():
            before = kept.get(key, (module, "?", "?", "?"))
            now = (own, foreign, review(own, foreign))
            kept[key] = (before[0], *(merged(cell, new, self.wide) for cell, new in zip(before[1:], now)))
        lines, own_lines = defaultdict(list), defaultdict(list)
        for (model, method), values in sorted(kept.items()):
            if model not in self.env or (model, method) in observed or values[0] not in self.installed():
                own = model in self.own and values[0] not in SUITE
                (own_lines if own else lines)[(method, *values)].append(model)
        self._shorten(lines, own_lines)
        write("methods", HEADS, [row for values, models in sorted(lines.items()) for row in self._rows(values, models)])

    def _rows(self, values, models):
        """One row, and one for the models of each module that leans on this one."""
        by_home = defaultdict(list)
        for model in sorted(models):
            by_home[home({"module": values[1], "models": model})].append(model)
        return [dict(zip(HEADS, [*values, " ".join(mine)])) for _home, mine in sorted(by_home.items())]

    def _shorten(self, lines, own_lines):
        """Say ``tables`` and ``services`` for what most of the suite's models answer to a method of Odoo."""
        usual = {}
        for key, models in own_lines.items():
            for alias in ("tables", "services"):
                count = sum(self._alias(model) == alias for model in models)
                if count > usual.get((key[0], alias), (0, None))[0]:
                    usual[key[0], alias] = (count, key)
        for key, models in own_lines.items():
            short = {alias for alias in ("tables", "services") if usual.get((key[0], alias), (0, None))[1] == key}
            lines[key] += sorted({*short, *(model for model in models if self._alias(model) not in short)})
