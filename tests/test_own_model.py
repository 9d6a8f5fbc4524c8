"""The worked example of docs/permissions.md: another module puts its own model behind the boundary."""

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.orm.model_classes import add_to_registry
from odoo.tests import tagged
from odoo.tools.translate import LazyTranslate

from ..models.client_allowlist import CLIENT_READABLE
from ..models.client_told import Told
from .common import ClientPortalCommon

NAME = "client.example.inspection"
_lt = LazyTranslate("odoo.addons.client_portal")


class Inspection(models.Model):
    _module = None
    _name = NAME
    _description = "Inspection"
    _inherit = ["client.scoped"]
    _client_capability = "see_jobs"
    _client_site_paths = ("place_id",)
    _client_label_field = "name"
    _client_list_url = "/my/inspections"
    _client_updates = {
        "inspection_passed": Told(
            _lt("%(name)s passed its inspection"),
            "success",
            many=_lt("%(count)s inspections passed"),
            family="documents",
            when=("result", "passed"),
        ),
    }

    name = fields.Char()
    result = fields.Char()
    cost = fields.Float()
    partner_id = fields.Many2one("res.partner")
    place_id = fields.Many2one("res.partner")
    company_id = fields.Many2one("res.company")

    def _client_url(self):
        return f"/my/inspections/{self.id}"


@tagged("post_install", "-at_install", "client_portal")
class TestOwnModel(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._forget_model)
        CLIENT_READABLE[NAME] = frozenset({"id", "display_name", "name", "client_id", "client_site_id"})
        add_to_registry(cls.registry, Inspection)
        cls.registry._setup_models__(cls.env.cr, [NAME])
        cls.registry.init_models(cls.env.cr, [NAME], {"module": "client_portal"})
        model = cls.env["ir.model"]._get(NAME)
        portal = cls.env.ref("base.group_portal")
        cls.env["ir.model.access"].create(
            {"name": "inspection portal", "model_id": model.id, "group_id": portal.id, "perm_read": True}
        )
        cls.env["ir.rule"].create(
            {
                "name": "inspections in scope",
                "model_id": model.id,
                "groups": [(6, 0, portal.ids)],
                "client_boundary": True,
                "domain_force": "[('client_published', '=', True), '|',"
                " ('client_id', 'in', user.portal_jobs_client_ids.ids),"
                " ('client_site_id', 'in', user.portal_jobs_site_ids.ids)]",
            }
        )
        cls.registry.clear_all_caches()
        cls.inspections = cls.env[NAME].create(
            [
                {"name": "one", "partner_id": cls.client_a.id, "place_id": cls.site_a_one.id},
                {"name": "two", "partner_id": cls.client_a.id, "place_id": cls.site_a_two.id},
                {"name": "hidden", "partner_id": cls.client_a.id, "client_publish": "no"},
                {"name": "foreign", "partner_id": cls.client_b.id, "place_id": cls.site_b_one.id},
            ]
        )

    @classmethod
    def _forget_model(cls):
        CLIENT_READABLE.pop(NAME, None)
        cls.registry.models.pop(NAME, None)
        for parent in ("base", "client.scoped"):
            cls.registry[parent]._inherit_children.discard(NAME)
        cls.registry._setup_models__(cls.env.cr, [])

    def _seen(self, actor):
        user = self.users[actor]
        records = self.env[NAME].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return set(records.search([]).mapped("name"))

    def test_seen_by_those_in_scope(self):
        table = {
            "viewer_a": {"one", "two"},
            "site_viewer_a": {"one"},
            "billing_a": set(),
            "viewer_b": {"foreign"},
            "revoked": set(),
            "colleague": set(),
            "stock": set(),
        }
        for actor, names in table.items():
            with self.subTest(actor=actor):
                self.assertEqual(self._seen(actor), names)

    def test_only_listed_fields(self):
        mine = self.env[NAME].with_user(self.users["viewer_a"]).search([], limit=1)
        self.assertTrue(mine.name)
        with self.assertRaises(AccessError):
            mine.read(["cost"])
        with self.assertRaises(AccessError):
            mine.search([("cost", ">", 0)])

    def test_one_declaration_makes_it_news(self):
        """Line in the feed, one line for many, family of mails: nothing of it is said anywhere else."""
        updates = self.env["client.update"]
        first = updates.search([], order="id desc", limit=1).id
        one, _two, hidden, foreign = self.inspections
        (one + hidden + foreign).result = "failed"
        one.result = hidden.result = foreign.result = "passed"
        one.name = "still one"

        def lines(actor):
            env = self.as_user(actor)
            env = env(context={**env.context, "allowed_company_ids": env.user.company_ids.ids})
            return [line["title"] for line in env["client.update"]._client_feed([("id", ">", first)], 80)["lines"]]

        for actor in ("viewer_a", "site_viewer_a"):
            self.assertEqual(lines(actor), ["one passed its inspection"])
        self.assertEqual(lines("viewer_b"), ["foreign passed its inspection"])
        for actor in ("billing_a", "revoked", "colleague"):
            self.assertEqual(lines(actor), [])
        member = self.members["viewer_a"]
        told = updates.search([("id", ">", first), ("client_id", "=", self.client_a.id)])
        self.assertEqual(member._family_of(told.kind), "documents")
        self.assertIn(told, member._shown_updates(told))
        many = self.inspections.create(
            [{"name": f"roof {n}", "partner_id": self.client_a.id, "client_site_id": False} for n in range(5)]
        )
        many.write({"result": "passed"})
        self.assertEqual(lines("viewer_a"), ["6 inspections passed"])

    def test_writing_stays_closed(self):
        mine = self.env[NAME].with_user(self.users["administrator_a"]).search([], limit=1)
        with self.assertRaises(AccessError):
            mine.write({"name": "mine"})
