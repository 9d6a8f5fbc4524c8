"""'Read and understood': who is asked, who may say so, what is kept, and what a new version brings."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .reading_common import ReadingCase


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentReading(ReadingCase):
    def _members(self, *actors):
        users = self.env["res.users"].union(*(self.users[actor] for actor in actors))
        return self.env["client.member"].search([("user_id", "in", users.ids), ("client_id", "=", self.client_a.id)])

    def _to_read(self, *actors, **values):
        """A document that these members must read."""
        named = self._members(*actors)
        return self.document(acknowledge=True, acknowledge_member_ids=[(6, 0, named.ids)], **values)

    # ------------------------------------------------------------------------- who

    def test_named_members_are_asked_when_it_is_shared(self):
        document = self._to_read("viewer_a", "approver_a")
        self.assertEqual(self.waits_for(document), self.users["viewer_a"] | self.users["approver_a"])

    def test_all_of_a_role(self):
        self.category.write({"acknowledge": True, "acknowledge_role_ids": [(6, 0, self.roles["viewer"].ids)]})
        document = self.document(client_site_id=self.site_a_one.id)
        self.assertTrue(document.acknowledge, "the category decides the default")
        self.assertEqual(self.waits_for(document), self.users["viewer_a"] | self.users["site_viewer_a"])
        elsewhere = self.document(client_site_id=self.site_a_two.id)
        self.assertEqual(self.waits_for(elsewhere), self.users["viewer_a"], "only who sees it")

    def test_nobody_in_particular_is_everybody_who_sees_it(self):
        document = self.document(self.order_a_sent, acknowledge=True)
        waits = self.waits_for(document)
        self.assertIn(self.users["approver_a"], waits)
        self.assertNotIn(self.users["viewer_a"], waits)
        self.assertNotIn(self.users["approver_b"], waits)
        self.assertNotIn(self.users["suspended"], waits)

    def test_only_members_of_the_own_client(self):
        other = self.env["client.member"].search([("user_id", "=", self.users["viewer_b"].id)])
        with self.assertRaises(ValidationError):
            self.document(acknowledge=True, acknowledge_member_ids=[(6, 0, other.ids)])

    def test_who_comes_later_is_asked_later(self):
        document = self.document(acknowledge=True, acknowledge_role_ids=[(6, 0, self.roles["viewer"].ids)])
        self._members("requester_a").role_id = self.roles["viewer"]
        self.settle()
        self.assertIn(self.users["requester_a"], self.waits_for(document))
        self._members("requester_a").role_id = self.roles["requester"]
        self.settle()
        self.assertIn(self.users["requester_a"], self.waits_for(document), "they still see it and were asked")

    def test_who_leaves_is_not_waited_for(self):
        document = self._to_read("viewer_a", "approver_a")
        self.answer("viewer_a", self.asked(document))
        self._members("approver_a").suspended = True
        self.settle()
        self.assertEqual(self.asked(document).state, "approved")
        self.assertEqual(len(self.asked(document).approver_ids), 2, "nobody was asked in their place")

    def test_nobody_is_left(self):
        document = self._to_read("viewer_a")
        self._members("viewer_a").suspended = True
        self.settle()
        self.assertEqual(self.asked(document).state, "withdrawn")

    def test_staff_need_it_no_more(self):
        document = self._to_read("viewer_a")
        document.acknowledge = False
        self.settle()
        self.assertEqual(self.asked(document).state, "withdrawn")
        document.acknowledge = True
        self.settle()
        self.assertEqual(self.waits_for(document), self.users["viewer_a"])

    def test_it_is_asked_when_its_record_comes_into_view(self):
        self.task_a_one.client_publish = "no"
        document = self.document(self.task_a_one, acknowledge=True)
        self.assertFalse(self.asked(document))
        self.task_a_one.client_publish = "auto"
        self.settle()
        self.assertIn(self.users["site_viewer_a"], self.waits_for(document))

    # ---------------------------------------------------------------------- answering

    def test_a_viewer_says_so(self):
        document = self._to_read("viewer_a", "approver_a")
        decision = self.answer("viewer_a", self.asked(document))
        self.assertEqual(decision.kind, "document_read")
        self.assertIn(document.current_id.sha256, decision.snapshot)
        self.assertEqual(decision.consent_version.split(".")[0], "document_read")
        self.assertEqual(decision._verdict_title(), f"Read and understood by {self.users['viewer_a'].name}")
        self.assertEqual(document.reading_words, "1 of 2")
        self.answer("approver_a", self.asked(document))
        self.assertEqual(self.asked(document).state, "approved")
        ledger = self.env["client.ledger"].search([("client_id", "=", self.client_a.id)])
        self.assertFalse(ledger._verify())

    def test_only_who_was_asked(self):
        document = self._to_read("viewer_a")
        for actor in ("approver_a", "administrator_a", "viewer_b"):
            with self.subTest(actor=actor), self.assertRaises(UserError):
                self.answer(actor, self.asked(document))
        self.answer("viewer_a", self.asked(document))
        with self.assertRaises(UserError):
            self.answer("viewer_a", self.asked(document))

    def test_there_is_no_no(self):
        document = self._to_read("approver_a")
        for verdict in ("decline", "changes", "", "read"):
            with self.subTest(verdict=verdict), self.assertRaises(UserError):
                self.answer("approver_a", self.asked(document), verdict, comment="why")
        with self.assertRaises(UserError):
            self.answer("approver_a", self.asked(document), consent="")

    def test_nobody_reads_for_somebody_else(self):
        document = self._to_read("approver_a")
        self.env["client.member.absence"].create(
            {
                "member_id": self._members("approver_a").id,
                "delegate_id": self._members("administrator_a").id,
                "date_from": self.env["client.words"]._today(),
                "date_to": self.env["client.words"]._today(),
            }
        )
        with self.assertRaises(UserError):
            self.answer("administrator_a", self.asked(document))
        self.assertNotIn(self.asked(document).id, self._waiting("administrator_a").ids)
        self.answer("approver_a", self.asked(document))

    def test_opened_first(self):
        document = self._to_read("viewer_a", acknowledge_opened=True)
        asked = self.asked(document)
        with self.assertRaises(UserError):
            self.answer("viewer_a", asked)
        self.open_file("approver_a", document)
        with self.assertRaises(UserError):
            self.answer("viewer_a", asked)
        self.open_file("viewer_a", document)
        self.answer("viewer_a", asked)

    def test_an_earlier_version_was_opened(self):
        document = self._to_read("viewer_a", acknowledge_opened=True)
        self.open_file("viewer_a", document)
        self.renew(document)
        with self.assertRaises(UserError):
            self.answer("viewer_a", self.asked(document))

    # ------------------------------------------------------------------- new versions

    def test_a_new_version_is_read_anew(self):
        document = self._to_read("viewer_a", "approver_a")
        for actor in ("viewer_a", "approver_a"):
            self.answer(actor, self.asked(document))
        first = self.asked(document)
        self.renew(document)
        self.assertEqual(first.state, "stale")
        self.assertEqual(len(self.waits_for(document)), 2)
        self.assertFalse(document.activity_ids, "staff shared it themselves")

    def test_a_new_version_while_some_have_read(self):
        document = self._to_read("viewer_a", "approver_a")
        self.answer("viewer_a", self.asked(document))
        self.renew(document)
        self.assertEqual(self.waits_for(document), self.users["viewer_a"] | self.users["approver_a"])

    def test_asked_twice_is_asked_once(self):
        document = self._to_read("viewer_a", "approver_a")
        self.answer("viewer_a", self.asked(document))
        document.action_client_ask_reading()
        document.action_client_publish()
        self.assertEqual(self.waits_for(document), self.users["approver_a"])
        self.assertEqual(len(document._readings()), 1)

    def test_first_approved_then_read(self):
        document = self.document()
        manager = self.env(user=self.users["manager"])
        approval = manager["client.approval"]._ask(document.with_env(manager), "document")
        document.write({"acknowledge": True, "acknowledge_member_ids": [(6, 0, self._members("viewer_a").ids)]})
        self.assertFalse(self.asked(document))
        self.answer("approver_a", approval)
        self.assertEqual(self.waits_for(document), self.users["viewer_a"])

    # ------------------------------------------------------------------------- pages

    def _count(self, actor):
        return self.as_user(actor)["client.approval"]._client_waiting_count()

    def _waiting(self, actor):
        approvals = self.as_user(actor)["client.approval"]
        return approvals.browse(approvals._client_waiting_ids())

    def _listed(self, actor):
        documents = self.as_user(actor)["client.document"]
        return documents.search(documents._client_searchbar()["filters"]["reading"]["domain"])

    def test_what_waits_is_counted_and_listed(self):
        others = {actor: self._count(actor) for actor in ("viewer_a", "approver_a", "requester_a")}
        document = self._to_read("viewer_a", "approver_a")
        for actor in ("viewer_a", "approver_a"):
            self.assertEqual(self._count(actor) - others[actor], 1)
            self.assertEqual(self._listed(actor).ids, document.ids)
        self.assertEqual(self._count("requester_a"), others["requester_a"])
        self.assertFalse(self._listed("administrator_a"))
        self.answer("viewer_a", self.asked(document))
        self.assertEqual(self._count("viewer_a"), others["viewer_a"])
        self.assertFalse(self._listed("viewer_a"))

    def test_colleagues_are_for_administrators(self):
        document = self._to_read("viewer_a", "approver_a")
        self.answer("viewer_a", self.asked(document))
        self.open_file("viewer_a", document)
        seen = {}
        for actor in ("administrator_a", "viewer_a", "requester_a"):
            page = document.with_user(self.users[actor])
            card = page._client_reading_card()
            people = [person["name"] for person in card["people"]] if card else []
            seen[actor] = people, any("last" in person for person in page._client_audience_card()["people"])
        viewer, approver = self.users["viewer_a"].name, self.users["approver_a"].name
        self.assertEqual(seen["administrator_a"], ([approver, viewer], True))
        self.assertEqual(seen["viewer_a"], ([viewer], False))
        self.assertEqual(seen["requester_a"], ([], False))
        rows = self.asked(document).with_user(self.users["viewer_a"])._client_facts()
        self.assertEqual([row["name"] for row in rows["approvers"]], [viewer])
        self.assertNotIn(approver, str(rows["timeline"]))

    def test_who_is_told(self):
        self.category.write({"told_role_ids": [(6, 0, self.roles["viewer"].ids)], "told_followers": True})
        self.task_a_one.message_subscribe(self.users["staff"].partner_id.ids)
        document = self.document(self.task_a_one)
        told = self.env["mail.message"].search([("model", "=", document._name), ("res_id", "=", document.id)])
        told = told.filtered(lambda message: message.message_type == "user_notification").partner_ids
        expected = self.users["viewer_a"] | self.users["site_viewer_a"] | self.users["staff"]
        self.assertEqual(told, expected.partner_id)
