"""What is new since the member's last visit, how valid a document is, and what another one replaced."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.client_portal.tests.common import ClientPortalCommon


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentState(ClientPortalCommon):
    def setUp(self):
        super().setUp()
        self.document = self.records["document_a_one"]
        self.documents = self.as_user("viewer_a")["client.document"]

    def _visited(self, ago):
        """The member's visit before this one ended so long ago."""
        member = self.env["client.member"].search([("user_id", "=", self.users["viewer_a"].id)])
        self.env["client.seen"]._visit(member)
        moment = fields.Datetime.now() - ago
        self.env.cr.execute("UPDATE client_seen SET seen_on = %s WHERE member_id = %s", [moment, member.id])

    def _new(self):
        return self.documents.search(self.documents._client_searchbar()["filters"]["new"]["domain"])

    def _listed(self, state):
        fields_ = self.documents._client_narrowings({"state": state}, self.client_a.ids)
        return self.documents.search(next(field for field in fields_ if field["name"] == "state")["domain"])

    def test_new_since_the_last_visit(self):
        self.assertFalse(self._new(), "to somebody who comes the first time nothing is new")
        self._visited(timedelta(days=2))
        for days, new in ((3, False), (1, True)):
            self.document.published_on = fields.Datetime.now() - timedelta(days=days)
            self.env.flush_all()
            with self.subTest(days=days):
                self.assertEqual(self.document in self._new(), new)
        self.assertNotIn(self.records["document_b_one"], self._new())

    def test_how_valid_it_is(self):
        today = self.env["client.words"]._today()
        for until, states in (
            (today + timedelta(days=300), {"valid"}),
            (today + timedelta(days=1), {"valid", "expiring"}),
            (today - timedelta(days=1), {"expired"}),
            (False, {"valid", "unlimited"}),
        ):
            self.document.valid_until = until
            self.env.flush_all()
            for state in ("valid", "expiring", "expired", "unlimited"):
                with self.subTest(until=until, state=state):
                    self.assertEqual(self.document in self._listed(state), state in states)

    def test_another_took_its_place(self):
        self.document.action_supersede()
        self.env.flush_all()
        self.assertFalse(self.sees("administrator_a", self.document))
