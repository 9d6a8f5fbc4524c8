"""How the model and method matrices try things: arguments, outcomes, and what must not change."""

import copy
import inspect

from odoo.exceptions import AccessDenied, AccessError, MissingError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tools import mute_logger

from .common import ClientPortalCommon
from .matrix_routes import LOUD
from .matrix_watch import WatchMixin

# what a call by name gets for an argument it insists on
PLAUSIBLE = {
    "domain": [],
    "fields": ["display_name"],
    "field_names": ["display_name"],
    "fnames": ["display_name"],
    "fields_spec": {"display_name": {}},
    "specification": {"display_name": {}},
    "groupby": ["client_id"],
    "aggregates": ["__count"],
    "grouping_sets": [["client_id"]],
    "vals": {"name": "x"},
    "values": {"name": "x"},
    "vals_list": [{"name": "x"}],
    "name": "x",
    "operation": "read",
    "mode": "read",
    "field_name": "client_id",
    "fname": "name",
    "body": "x",
    "data": [["x"]],
    "translations": {"en_US": "x"},
    "import_fields": ["name"],
    "fields_to_export": ["display_name"],
    "fields_list": ["name"],
    "views": [[False, "form"]],
    "view_id": False,
    "view_type": "form",
    "progress_bar": {"field": "client_status", "colors": {}},
    "group_by": "client_id",
    "lang": "en_US",
    "group_name": "base.group_user",
    "email": "x@example.com",
    "new_values": {},
    "key": "x",
}


# and these get more than they insist on: the attack is in the optional arguments
GENEROUS = {
    "message_notify": ("body", "partner_ids"),
    "message_post": ("body", "partner_ids"),
    "message_subscribe": ("partner_ids",),
    "message_unsubscribe": ("partner_ids",),
    "activity_schedule": ("summary", "user_id"),
    "web_resequence": ("field_name",),
    "reset_password": ("login",),
}


def reading(cell, wide):
    """What a cell says here; after a slash stands what optional modules make of it."""
    return cell.split("/")[-1 if wide else 0]


def merged(cell, now, wide):
    """A cell with what was observed now; what stands for the other database is kept."""
    alone, beside = cell.split("/")[0], cell.split("/")[-1]
    alone, beside = (alone, now) if wide else (now, beside if "/" in cell else now)
    return f"{alone}/{beside}" if alone not in ("?", beside) else beside


class ModelsCase(WatchMixin, ClientPortalCommon):
    """``attempt`` as an Administrator member, everything undone afterwards."""

    actor = "administrator_a"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wide = "website" in cls.env
        actor = cls.users[cls.actor]
        cls.values = {
            **PLAUSIBLE,
            "partner_ids": actor.partner_id.ids,
            "user_id": actor.id,
            "login": "viewer_b",
            "summary": "x",
        }

    def installed(self):
        return set(self.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name"))

    def attempt(self, act):
        """(outcome, answer, whether anything changed) of ``act(env of the member)``.

        Outcome: ``denied`` (no access, or as if it did not exist), ``error`` (anything else), ``answers``.
        """
        self.watch()
        self.env.cr.execute("SAVEPOINT matrix")
        env = self.as_user(self.actor)
        env.invalidate_all()
        with mute_logger(*LOUD, "odoo.orm.models", "odoo.fields", "py.warnings"):
            try:
                answer = act(env)
                env.flush_all()
                outcome, changed = "answers", self.changed()
            except (AccessError, AccessDenied, MissingError) as refusal:
                outcome, answer, changed = "denied", str(refusal), False
            except Exception as failure:  # an error message is an answer too
                outcome, answer, changed = "error", str(failure) if isinstance(failure, UserError) else "", False
        env.transaction.clear()
        self.env.cr.execute("ROLLBACK TO SAVEPOINT matrix")
        return outcome, answer, changed

    def call(self, env, record, name):
        """A public method by name as RPC calls it, required arguments filled in."""
        method = get_public_method(env[record._name], name)
        first = [base for base in type(record).mro() if name in vars(base)][-1]  # later ones may take *args
        parameters = list(inspect.signature(getattr(first, name)).parameters.values())[1:]
        values = copy.deepcopy(self.values)  # some methods keep what they are given
        args = [values.get(p.name, False) for p in parameters if p.default is p.empty and p.kind in (0, 1)]
        named = {p.name for p in parameters if p.kind == p.KEYWORD_ONLY or p.default is not p.empty}
        kwargs = {key: values[key] for key in GENEROUS.get(name, ()) if key in named}
        ids = [] if getattr(method, "_api_model", False) else [record.ids]
        return call_kw(env[record._name], name, [*ids, *args], kwargs)
