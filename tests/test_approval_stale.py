"""What changes after it was approved: noticed, told in words, and asked about anew."""

from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCase


@tagged("post_install", "-at_install", "client_portal")
class TestStale(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.order_a_sent
        cls.order.require_signature = True
        cls.plan = cls.env["ir.attachment"].create({"name": "plan.txt", "raw": b"plan"})
        cls.order.with_context(mark_so_as_sent=True).message_post(body="Here", attachment_ids=cls.plan.ids)
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.approval = cls.order.client_approval_id

    def approve(self):
        self.assertEqual(self.answer("approver_a", self.approval, signer="Ada").status_code, 303)
        self.settle()
        self.assertEqual((self.order.state, self.approval.state), ("sale", "approved"))

    def test_nothing_moves_by_itself(self):
        self.approve()
        self.order.write({"client_order_ref": "other", "user_id": self.users["manager"].id})
        self.order.order_line[:1].write({"qty_delivered": 1})
        self.settle()
        self.assertEqual(self.approval.state, "approved")

    def test_every_part_counts(self):
        note = Command.create({"name": "More", "display_type": "line_note"})
        changes = {
            "price": (lambda: self.order.order_line[:1].write({"price_unit": 120}), "price: 100.00 → 120.00"),
            "quantity": (lambda: self.order.order_line[:1].write({"product_uom_qty": 2}), "quantity: 1.00 → 2.00"),
            "words": (lambda: self.order.order_line[:1].write({"name": "Another"}), "description"),
            "new line": (lambda: self.order.write({"order_line": [note]}), "Added: “More”"),
            "terms": (lambda: self.order.write({"note": "<p>Cash only</p>"}), "Terms"),
            "document": (lambda: self.plan.write({"raw": b"another plan"}), "“plan.txt” was replaced"),
        }
        self.approve()
        for name, (change, words) in changes.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                change()
                self.settle()
                self.assertEqual(self.approval.state, "stale")
                self.assertFalse(self.order.signature or self.order.signed_by, "no signature under what was not signed")
                again = self.approval_of(self.order)
                self.assertEqual((again.state, again.previous_id), ("pending", self.approval))
                self.assertIn(words, self.page("approver_a", again._client_url()).text)
                self.assertIn(words, self.page("approver_a", self.approval._client_url()).text)
                self.assertIn(words, self.approval.with_user(self.users["manager"]).change_words)
                self.assertIn("the client is asked again", str(self.order.activity_ids.mapped("summary")))
                savepoint.rollback()
                self.env.invalidate_all(flush=False)
                self.env.cr.precommit.data.pop("client_portal.touched", None)

    def test_changed_back_it_holds_again(self):
        self.approve()
        signature = self.order.signature
        self.order.order_line[:1].price_unit = 120
        self.settle()
        again = self.approval_of(self.order)
        self.order.order_line[:1].price_unit = 100
        self.settle()
        self.assertEqual((self.approval.state, again.state), ("approved", "withdrawn"))
        self.assertEqual((self.order.signed_by, self.order.signature), ("Ada", signature))
        self.assertEqual(self.approval_of(self.order), self.approval)

    def test_the_new_one_is_approved_and_the_old_one_stays(self):
        self.approve()
        first = self.decisions(self.approval)
        self.order.order_line[:1].price_unit = 120
        self.settle()
        again = self.approval_of(self.order)
        self.assertEqual(self.answer("administrator_a", again, signer="Ann").status_code, 303)
        self.assertEqual((again.state, self.order.signed_by), ("approved", "Ann"))
        self.assertIn("100.00", first.snapshot)
        self.assertFalse(self.env["client.ledger"].search([("client_id", "=", self.client_a.id)])._verify())

    def test_a_change_while_it_is_asked_is_what_is_asked(self):
        self.order.order_line[:1].price_unit = 120
        self.settle()
        self.assertEqual((self.approval.state, self.approval.amount), ("pending", 120))
        self.assertIn("edited", self.approval.event_ids.mapped("kind"))

    def test_a_change_after_one_of_two_answers_asks_both_again(self):
        self.approval._withdraw()
        both = self.members["approver_a"] + self.members["administrator_a"]
        approval = self.ask(self.order, "quote", members=both, rule="all")
        self.answer("approver_a", approval)
        self.order.order_line[:1].price_unit = 120
        self.settle()
        again = self.approval_of(self.order)
        self.assertEqual((approval.state, again.state, again.rule), ("stale", "pending", "all"))
        self.assertEqual(again.approver_ids.member_id, both)


@tagged("post_install", "-at_install", "client_portal")
class TestRevised(ApprovalCase):
    """What nobody answered yet is revised: the client reads what is other than what they saw."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.order_a_whole
        cls.order.require_signature = False
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    def told(self, since):
        """Sentences under "What changed ...", the same on the quote's and the question's page."""
        self.settle()
        told = []
        for record in (self.order, self.approval_of(self.order)):
            page = html.fromstring(self.page("administrator_a", record._client_url()).text)
            head = page.xpath("//h3[contains(@class, 'cp-changes-head')]")
            self.assertEqual([part.text_content() for part in head], [since] if since else [])
            told.append([li.text_content() for li in page.xpath("//ul[@class='cp-changes']/li")])
        self.assertEqual(*told)
        return told[0]

    def revise(self, price, **vals):
        self.order.action_draft()
        self.order.write(vals)
        self.order.order_line[:1].price_unit = price
        self.order.action_quotation_sent()

    def test_taken_back_unanswered_and_sent_again(self):
        self.assertEqual(self.told(""), [])
        name = self.order.order_line[:1].name
        self.revise(90, note="<p>Cash only</p>")
        told = self.told("What changed since we asked you before")
        self.assertIn(f"“{name}”, price: 100.00 → 90.00", told)
        self.assertTrue([line for line in told if line.startswith("Terms")], told)
        self.revise(80)
        told = self.told("What changed since we asked you before")
        self.assertIn(f"“{name}”, price: 90.00 → 80.00", told)
        self.assertFalse([line for line in told if line.startswith("Terms")], told)
        self.order.action_draft()
        self.order.action_quotation_sent()
        self.assertEqual(self.told(""), [], "sent again as it was")

    def test_edited_while_it_waits(self):
        self.order.order_line[:1].price_unit = 90
        told = self.told("What changed since we asked you")
        self.assertIn("price: 100.00 → 90.00", " ".join(told))

    def test_an_answer_is_the_measure(self):
        self.answer("administrator_a", self.approval_of(self.order), "changes", comment="Cheaper")
        self.revise(70)
        self.assertIn("price: 100.00 → 70.00", " ".join(self.told("What changed since the last answer")))

    def test_files_sent_anew(self):
        files = self.env["ir.attachment"].create([{"name": "plan.txt", "raw": raw} for raw in (b"a", b"a", b"b")])
        for file in files[:2]:
            self.order.with_context(mark_so_as_sent=True).message_post(body="Here", attachment_ids=file.ids)
            self.order.action_draft()
        self.order.with_context(mark_so_as_sent=True).message_post(body="Here", attachment_ids=files[1].ids)
        self.assertEqual(self.told(""), [], "the same file again")
        self.order.action_draft()
        self.order.with_context(mark_so_as_sent=True).message_post(body="Here", attachment_ids=files[2].ids)
        self.assertEqual(self.told("What changed since we asked you before"), ["“plan.txt” was replaced"])
