"""The remote doors: JSON-RPC of the web client and XML-RPC, call by call, as ``tables/rpc.md`` says."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ACTORS
from .common_records import KINDS, SCOPED
from .extensions import added
from .rpc_common import REFUSED, RpcCase
from .truth import table, truth

# the record each column of the table means, by model
PLACES = {
    "project.project": {"own": "project_a_one", "unpublished": "project_a_hidden", "foreign": "project_b_one"},
    "project.task": {"own": "task_a_one", "unpublished": "task_a_unpublished", "foreign": "task_b_one"},
    "sale.order": {"own": "order_a_sent", "unpublished": "order_a_draft", "foreign": "order_b_sent"},
    "account.move": {"own": "invoice_a_one", "unpublished": "invoice_a_draft", "foreign": "invoice_b_one"},
    "project.update": {"own": "update_a_one", "unpublished": "update_a_unpublished", "foreign": "update_b_one"},
    "client.agreement": {"own": "agreement_a_one", "unpublished": "agreement_a_hidden", "foreign": "agreement_b_one"},
    "client.asset": {"own": "asset_a_one", "unpublished": "asset_a_hidden", "foreign": "asset_b_one"},
    **added("PLACES"),
}
SPEC = {"display_name": {}, "client_id": {"fields": {"display_name": {}}}}
CALLS = {
    "search": lambda r: ([[("id", "=", r.id)]], {}),
    "search_count": lambda r: ([[("id", "=", r.id)]], {}),
    "search_read": lambda r: ([[("id", "=", r.id)], ["display_name"]], {}),
    "web_search_read": lambda r: ([], {"domain": [("id", "=", r.id)], "specification": SPEC}),
    "name_search": lambda r: ([], {"name": "", "domain": [("id", "=", r.id)]}),
    "formatted_read_group": lambda r: ([[("id", "=", r.id)], ["client_id"], ["__count"]], {}),
    "read": lambda r: ([r.ids, ["display_name"]], {}),
    "web_read": lambda r: ([r.ids, SPEC], {}),
    "export_data": lambda r: ([r.ids, ["id", "name", "user_id/name"]], {}),
    "read_progress_bar": lambda r: ([[("id", "=", r.id)], "user_id", {"field": "activity_state", "colors": {}}], {}),
    "write": lambda r: ([r.ids, {"name": "changed"}], {}),
    "web_save": lambda r: ([r.ids, {"name": "changed"}, SPEC], {}),
    "unlink": lambda r: ([r.ids], {}),
    "copy": lambda r: ([r.ids], {}),
    "create": lambda r: ([[{"name": "new", "partner_id": r.client_id.id}]], {}),
    "name_create": lambda r: (["new"], {}),
    "action_archive": lambda r: ([r.ids], {}),
    "message_post": lambda r: ([r.ids], {"body": "posted", "message_type": "comment"}),
    "message_subscribe": lambda r: ([r.ids, r.client_id.ids], {}),
    "activity_schedule": lambda r: ([r.ids], {"summary": "x"}),
    "action_client_publish": lambda r: ([r.ids], {}),
    "action_client_unpublish": lambda r: ([r.ids], {}),
}
LOUD = (
    "odoo.http",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.models",
    "odoo.addons.rpc",
)


def outcome(answer):
    """``found``, ``empty`` or ``refused``, whatever shape the answer has."""
    if answer == REFUSED:
        return REFUSED
    if isinstance(answer, dict) and "records" in answer:
        answer = answer["records"]
    return "found" if answer else "empty"


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryRpc(RpcCase):
    def test_table_names_every_call(self):
        self.assertEqual({row["call"] for row in table("rpc")}, set(CALLS))

    def test_calls_of_the_web_client(self):
        self.sign_in("administrator_a")
        before = self._fingerprint()
        for row in table("rpc"):
            name = row.pop("call")
            for place, expected in row.items():
                for model, keys in PLACES.items():
                    record = self.records[keys[place]]
                    args, kwargs = CALLS[name](record)
                    with self.subTest(call=name, model=model, place=place), mute_logger(*LOUD):
                        self.assertEqual(outcome(self.call(model, name, *args, **kwargs)), expected)
        self.assertEqual(self._fingerprint(), before, "a refused call changed something")

    def test_calls_with_a_password(self):
        calls = [
            row for row in table("rpc") if row["call"] in ("search_read", "read", "write", "unlink", "message_post")
        ]
        for row in calls:
            name = row.pop("call")
            for place, expected in row.items():
                record = self.records[PLACES["project.task"][place]]
                args, kwargs = CALLS[name](record)
                with self.subTest(call=name, place=place), mute_logger(*LOUD):
                    answer = self.call_xmlrpc("administrator_a", "project.task", name, *args, **kwargs)
                    self.assertEqual(outcome(answer), expected)

    def _fingerprint(self):
        """What must not change by a refused call."""
        self.env.invalidate_all()
        return {
            model: [
                (
                    r.id,
                    r.name,
                    r.client_published,
                    r.client_publish,
                    len(r.message_ids),
                    r.message_follower_ids.ids,
                    len(r.activity_ids),
                )
                for r in (self.records[key].exists() for key in KINDS[model])
            ]
            for model in SCOPED
        } | {"counts": [self.env[model].with_context(active_test=False).search_count([]) for model in SCOPED]}

    def test_every_actor_lists_what_the_table_allows(self):
        actors = [actor for actor in ACTORS if actor not in ("staff", "manager")]
        for actor in actors:
            self.sign_in(actor)
            for model in SCOPED:
                ids = {self.records[key].id: key for key in KINDS[model]}
                with self.subTest(actor=actor, model=model), mute_logger(*LOUD):
                    rows = self.call(model, "search_read", [("id", "in", list(ids))], ["display_name"])
                    names = set() if rows == REFUSED else {ids[row["id"]] for row in rows}
                    self.assertEqual(names, truth(model)[actor])

    def test_missing_and_foreign_answer_alike(self):
        """An error must not tell whether a foreign record exists, nor name it."""
        self.sign_in("administrator_a")
        for model, keys in PLACES.items():
            foreign = self.records[keys["foreign"]]
            with mute_logger(*LOUD):
                payload = self.build_rpc_payload(
                    {"model": model, "method": "read", "args": [foreign.ids, ["display_name"]], "kwargs": {}}
                )
                reply = self.url_open("/web/dataset/call_kw", json=payload).text
            with self.subTest(model=model):
                self.assertNotIn("Birch", reply)
                self.assertNotIn("SECRET", reply)

    def test_nothing_internal_in_any_answer(self):
        """All readable fields of all readable records, as the web client reads them: no secret, no other client."""
        for actor in ("administrator_a", "site_viewer_a"):
            self.sign_in(actor)
            for model in (
                *SCOPED,
                "sale.order.line",
                "account.move.line",
                "project.milestone",
                "res.partner",
                "res.company",
                "mail.message",
                "client.update",
            ):
                with self.subTest(actor=actor, model=model), mute_logger(*LOUD):
                    described = self.call(model, "fields_get", [], ["type"])
                    if described == REFUSED:
                        continue
                    answer = self.call(model, "search_read", [], [name for name in described])
                    self.assertNotEqual(answer, REFUSED, "every described field can be read")
                    self.assertNotIn("SECRET", str(answer))
                    self.assertNotIn("Birch", str(answer))
