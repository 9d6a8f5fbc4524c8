"""What is new since the member's last visit, and how valid a document is."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.client_portal.tests.common import ClientPortalCommon

from ..models.client_document_visits import PAUSE


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentVisits(ClientPortalCommon):
    def setUp(self):
        super().setUp()
        self.now = fields.Datetime.now()
        self.member = self.env["client.member"].search([("user_id", "=", self.users["viewer_a"].id)])
        self.document = self.records["document_a_one"]

    def _visited(self, ago):
        self.member._documents_note(self.now - ago)

    def _listed(self, **query):
        documents = self.as_user("viewer_a")["client.document"]
        fields_ = {field["name"]: field for field in documents._client_narrowings(query, self.client_a.ids)}
        return documents.search(fields_["state"]["domain"])

    def _new(self):
        documents = self.as_user("viewer_a")["client.document"]
        return documents.search(documents._client_searchbar()["filters"]["new"]["domain"])

    def _label(self):
        return self.as_user("viewer_a")["client.document"]._client_searchbar()["filters"]["new"]["label"]

    def test_the_first_visit(self):
        self.assertFalse(self.member._documents_last_visit())
        self.assertIn("14 days", self._label())
        self._visited(timedelta())
        self.assertFalse(self.member._documents_last_visit(), "the running visit is the first")

    def test_what_came_since(self):
        self.document.published_on = self.now - timedelta(days=3)
        self._visited(timedelta(days=2))
        self.assertNotIn(self.document, self._new())
        self.assertEqual(self._label(), "New since your last visit")
        self.document.published_on = self.now - timedelta(days=1)
        self.assertIn(self.document, self._new())

    def test_it_stays_new_during_the_visit(self):
        self._visited(timedelta(days=2))
        for minutes in (20, 10, 0):
            self._visited(timedelta(minutes=minutes))
        self.document.published_on = self.now - timedelta(days=1)
        self.assertIn(self.document, self._new())
        self.member._documents_note(self.now + PAUSE * 2)
        self.assertEqual(self.member.documents_before, self.now)

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
                    self.assertEqual(self.document in self._listed(state=state), state in states)

    def test_another_took_its_place(self):
        self.document.action_supersede()
        self.env.flush_all()
        self.assertFalse(self.sees("administrator_a", self.document))
