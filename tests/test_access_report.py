"""The yearly audit on paper: numbers as each member has them."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MEMBERS, ClientPortalCommon

REPORT = "client_portal.client_access_report"


@tagged("post_install", "-at_install", "client_portal")
class TestAccessReport(ClientPortalCommon):
    def values(self, actor="manager"):
        report = self.env["report.client_portal.access_report"].with_env(self.as_user(actor))
        return report._get_report_values(self.client_a.ids)

    def test_counts_are_what_each_member_finds(self):
        values = self.values()
        rows = {row["name"]: row for row in values["members"][self.client_a.id]}
        active = [actor for actor, spec in MEMBERS.items() if spec[0] == "a" and spec[3] == "active"]
        self.assertEqual(set(rows), {f"Contact {actor}" for actor in (*active, "both")})
        for actor in (*active, "both"):
            own = [("client_id", "=", self.client_a.id)]
            counts = [len(self.seen(actor, model, own)) for model, _heading in values["kinds"]]
            self.assertEqual(rows[f"Contact {actor}"]["counts"], counts, actor)
        self.assertEqual(rows["Contact site_viewer_a"]["sites"], "Alder Harbour")
        self.assertEqual(rows["Contact viewer_a"]["sites"], "All sites")

    def test_suspended_and_removed_are_listed(self):
        self.members["suspended"].suspended_reason = "left the firm"
        gone = {row["name"]: row for row in self.values()["gone"][self.client_a.id]}
        self.assertEqual(set(gone), {"Contact revoked", "Contact suspended"})
        self.assertEqual(gone["Contact suspended"]["state"], "Suspended")
        self.assertEqual(gone["Contact suspended"]["reason"], "left the firm")
        self.assertEqual(gone["Contact revoked"]["state"], "Removed")

    def test_models_let_in_are_listed(self):
        self.env["ir.model"]._get("res.partner.category").client_portal_allowed = True
        self.assertEqual([row["model"] for row in self.values()["let_in"]], ["res.partner.category"])

    def test_prints(self):
        report = self.env["ir.actions.report"].with_env(self.as_user("manager"))
        html = report._render_qweb_html(REPORT, self.client_a.ids)[0].decode()
        for text in ("Alder Estates", "Contact site_viewer_a", "Alder Harbour", "Contact revoked"):
            self.assertIn(text, html)
        self.assertNotIn("Birch", html)

    def test_is_for_managers(self):
        for actor in ("staff", "administrator_a"):
            with self.assertRaises(AccessError):
                self.values(actor)
