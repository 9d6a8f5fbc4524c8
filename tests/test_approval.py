"""Asking and answering: the thin path, who may, what is refused, and what an answer does in stock's own flow."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .approval_common import ApprovalCase
from .common import ACTORS
from .test_portal_acts import APPROVE


@tagged("post_install", "-at_install", "client_portal")
class TestAsking(ApprovalCase):
    def test_sending_a_quote_asks_and_a_yes_confirms_it(self):
        order = self.order_a_draft
        order.require_signature = True
        order.action_quotation_sent()
        approval = self.approval_of(order)
        self.assertEqual((approval.state, approval.kind, approval.anyone), ("pending", "quote", True))
        self.assertEqual(approval.date_expires, order.validity_date)
        self.assertEqual(order.client_court, "client")
        reply = self.answer("approver_a", approval, signer="Ada Approver", order_number="PO-4711")
        self.assertEqual(reply.status_code, 303, reply.text)
        self.assertEqual(reply.headers["Location"].split("?")[1], "done=approved")
        self.assertEqual((order.state, order.signed_by, order.client_order_ref), ("sale", "Ada Approver", "PO-4711"))
        self.assertTrue(order.signature)
        self.assertFalse(order.client_court)
        self.assertIn("Your approval is recorded", self.url_open(reply.headers["Location"]).text)

    def test_only_clients_are_asked(self):
        self.assertFalse(self.order_stock.client_approval_id)
        self.assertFalse(self.order_a_draft.client_approval_id)
        self.order_a_draft.client_publish = "no"
        self.order_a_draft.action_quotation_sent()
        self.assertFalse(self.order_a_draft.client_approval_id, "hidden")
        self.order_a_draft.client_publish = "auto"
        self.assertEqual(self.order_a_draft.client_approval_id.state, "pending", "shown, so asked")

    def test_quotes_wait_when_a_partner_becomes_a_client(self):
        self.no_client.is_client = True
        self.assertEqual(self.order_stock.client_approval_id.state, "pending")

    def test_one_question_at_a_time(self):
        with self.assertRaises(UserError):
            self.ask(self.order_a_sent)

    def test_taking_back_cancelling_and_confirming_end_the_question(self):
        for act, event in (
            ("action_draft", "revising"),
            ("_action_cancel", "withdrawn"),
            ("action_confirm", "confirmed"),
        ):
            order = self.order_a_whole.copy()
            order.action_quotation_sent()
            approval = order.client_approval_id
            getattr(order, act)()
            with self.subTest(act=act):
                self.assertEqual(approval.state, "withdrawn")
                self.assertEqual(approval.event_ids[0].kind, event)
        order = self.order_a_whole.copy()
        order.action_quotation_sent()
        order.action_draft()
        order.action_quotation_sent()
        self.assertEqual(order.client_approval_id.state, "pending", "sent again, asked again")

    def test_sent_again_by_mail_is_asked_again_with_its_files(self):
        order = self.order_a_sent
        self.answer("approver_a", order.client_approval_id, "changes", comment="Cheaper, please")
        self.assertEqual(self.approval_of(order).state, "changes")
        self.assertEqual(order.client_court, "operator")
        file = self.env["ir.attachment"].create({"name": "plan.txt", "raw": b"plan"})
        order.with_context(mark_so_as_sent=True).message_post(body="Better now", attachment_ids=file.ids)
        again = self.approval_of(order)
        self.assertEqual((again.state, again.document_ids), ("pending", file))
        self.assertEqual(order.client_court, "client")
        answered = self.page("approver_a", f"{again._client_url()}/documents/{file.id}")
        self.assertEqual((answered.status_code, answered.content), (200, b"plan"))
        for actor in ("viewer_a", "approver_b", "revoked"):
            self.assertIn(self.page(actor, f"{again._client_url()}/documents/{file.id}").status_code, (403, 404), actor)
        self.assertEqual(self.page("approver_a", f"{again._client_url()}/documents/{file.id + 999}").status_code, 404)

    def test_variation_is_asked_as_such(self):
        order = self.order_a_whole.copy({"variation_of_id": self.order_a_confirmed.id})
        order.action_quotation_sent()
        self.assertEqual(order.client_approval_id.kind, "variation")


@tagged("post_install", "-at_install", "client_portal")
class TestSeeing(ApprovalCase):
    def test_seen_by_exactly_who_sees_the_record(self):
        for order in (self.order_a_sent, self.order_a_whole, self.order_b_sent):
            approval = order.client_approval_id
            for actor in ACTORS:
                if actor in ("staff", "manager"):
                    continue
                with self.subTest(order=order.name, actor=actor):
                    self.assertEqual(self.sees(actor, approval), self.sees(actor, order))

    def test_hiding_and_moving_the_record_hides_and_moves_the_question(self):
        order, approval = self.order_a_sent, self.order_a_sent.client_approval_id
        news = self.env["client.update"].search([("res_model", "=", "client.approval"), ("res_id", "=", approval.id)])
        order.client_publish = "no"
        self.env.flush_all()
        self.assertFalse(self.sees("approver_a", approval))
        self.assertEqual(self.page("approver_a", approval._client_url()).status_code, 404)
        order.client_publish = "auto"
        order.partner_id = self.client_b
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(approval.client_id, self.client_b)
        self.assertFalse(self.sees("approver_a", approval))
        self.assertTrue(self.sees("approver_b", approval))
        self.assertEqual(set(news.mapped("client_id")), {self.client_b.id} if news else set())

    def test_pages(self):
        url = self.order_a_sent.client_approval_id._client_url()
        for actor, status in (
            ("approver_a", 200),
            ("billing_a", 200),
            ("viewer_a", 404),
            ("approver_b", 404),
            ("site_viewer_a", 404),
            ("revoked", 403),
            ("colleague", 403),
        ):
            with self.subTest(actor=actor):
                self.assertEqual(self.page(actor, url).status_code, status)

    def test_list_counts_and_filters(self):
        text = self.page("approver_a", "/my/approvals").text
        self.assertIn('<span class="cp-count">3', text)
        self.assertIn("order-a-sent.", text)
        self.assertNotIn("Birch", text)
        self.assertIn("Nothing to approve", self.page("viewer_a", "/my/approvals").text)
        self.assertNotIn("cp-count", self.page("billing_a", "/my/approvals?filterby=pending").text)
        self.answer("approver_a", self.order_a_sent.client_approval_id, "decline", comment="No")
        self.assertIn('<span class="cp-count">2', self.url_open("/my/approvals").text)
        self.assertIn("Declined", self.url_open("/my/approvals?filterby=closed").text)

    def test_the_form_is_for_those_who_may_answer(self):
        for role in ("approver", "billing", "administrator"):
            form = self.form(f"{role}_a", self.order_a_sent.client_approval_id)
            self.assertEqual("shown" in form, role in APPROVE, role)


@tagged("post_install", "-at_install", "client_portal")
class TestAnswering(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.order_a_sent
        cls.order.require_signature = True
        cls.approval = cls.order.client_approval_id
        cls.env.flush_all()

    def test_only_those_who_may(self):
        with mute_logger("odoo.http"):
            for actor, status in (
                ("billing_a", 422),
                ("viewer_a", 404),
                ("requester_a", 404),
                ("site_viewer_a", 404),
                ("administrator_b", 404),
                ("revoked", 403),
                ("suspended", 403),
                ("colleague", 403),
            ):
                with self.subTest(actor=actor):
                    form = self.form("approver_a", self.approval)
                    self.authenticate(actor, actor)
                    form["csrf_token"] = self.csrf()
                    form["request"] = self.approval.with_user(self.users[actor])._request_id(self.session.sid[:42])
                    self.assertEqual(self.send(self.approval, form).status_code, status)
        self.assertEqual((self.approval.state, self.order.state), ("pending", "sent"))
        self.assertFalse(self.decisions(self.approval))

    def test_what_is_incomplete_is_refused_and_nothing_typed_is_lost(self):
        cases = (
            ("approve", {"consent": ""}, "Please confirm the words"),
            ("approve", {"signer": ""}, "Please type your name"),
            ("approve", {"signature": ""}, "Please sign"),
            ("approve", {"signature": "AAAA"}, "Please sign"),
            ("decline", {"comment": " "}, "Please say why"),
            ("changes", {"comment": ""}, "what should be changed"),
            ("maybe", {}, "Choose an answer"),
            ("decline", {"comment": "x" * 2001}, "no more than 2000"),
        )
        for verdict, typed, words in cases:
            with self.subTest(verdict=verdict, typed=str(typed)[:40]):
                reply = self.answer("approver_a", self.approval, verdict, order_number="PO <b>7</b>", **typed)
                self.assertEqual(reply.status_code, 422)
                self.assertIn(words, reply.text)
                if verdict == "approve":
                    self.assertIn("PO &lt;b&gt;7&lt;/b&gt;", reply.text)
        self.assertFalse(self.decisions(self.approval))
        self.assertEqual(self.approval.state, "pending")

    def test_declining_cancels_with_the_reason(self):
        self.assertEqual(self.answer("approver_a", self.approval, "decline", comment="Too <dear>").status_code, 303)
        self.assertEqual((self.order.state, self.approval.state), ("cancel", "declined"))
        said = self.order.message_ids.filtered(lambda m: "Too &lt;dear&gt;" in m.body)
        self.assertEqual(said.author_id, self.users["approver_a"].partner_id)
        activity = self.order.activity_ids
        self.assertEqual(activity.user_id, self.users["manager"])
        self.assertIn("Too &lt;dear&gt;", activity.note)

    def test_asking_for_changes_leaves_the_quote_open_with_a_to_do(self):
        self.answer("approver_a", self.approval, "changes", comment="Two hedges only")
        self.assertEqual((self.order.state, self.approval.state), ("sent", "changes"))
        self.assertEqual(self.order.activity_ids.user_id, self.users["manager"])
        self.assertNotIn('value="approve"', self.page("approver_a", self.order._client_url()).text)

    def test_the_confirmation_goes_out_after_the_answer(self):
        self.answer("approver_a", self.approval)
        self.assertEqual(self.order.state, "sale")
        self.assertTrue(self.order.pending_email_template_id)
        mails = self.order.message_ids
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60.0):
            self.env["sale.order"]._cron_send_pending_emails()
        self.assertFalse(self.order.pending_email_template_id)
        self.assertTrue(self.order.message_ids - mails)

    def test_twice_and_after_somebody_else(self):
        form = self.form("approver_a", self.approval)
        first = self.send(self.approval, form)
        self.assertEqual(first.status_code, 303)
        retry = self.send(self.approval, form)
        self.assertEqual((retry.status_code, retry.headers["Location"]), (303, first.headers["Location"]))
        self.assertEqual(len(self.decisions(self.approval)), 1)
        with mute_logger("odoo.http"):
            other_tab = self.send(self.approval, {**form, "request": self.other_request("approver_a")})
        self.assertEqual(other_tab.status_code, 409)
        self.assertIn("Contact approver_a approved this", other_tab.text)
        form = self.form("administrator_a", self.approval)
        self.assertNotIn("shown", form)
        reply = self.answer("administrator_a", self.approval, request=self.other_request("administrator_a"))
        self.assertEqual(reply.status_code, 409)
        self.assertEqual(len(self.decisions(self.approval)), 1)

    def test_a_request_belongs_to_its_session_and_question(self):
        form = self.form("approver_a", self.approval)
        for request in ("", "x", "x.y", form["request"][:-1] + "0", self.other_request("administrator_a")):
            with self.subTest(request=request[:8]):
                self.assertEqual(self.send(self.approval, {**form, "request": request}).status_code, 409)
        self.authenticate("approver_a", "approver_a")
        self.assertEqual(self.send(self.approval, {**form, "csrf_token": self.csrf()}).status_code, 409)
        self.assertFalse(self.decisions(self.approval))

    def test_changed_while_the_page_was_open(self):
        form = self.form("approver_a", self.approval)
        self.order.order_line[:1].price_unit = 999
        self.settle()
        reply = self.send(self.approval, form)
        self.assertEqual(reply.status_code, 409)
        self.assertIn("changed while the page was open", reply.text)
        self.assertEqual(self.order.state, "sent")
        self.assertEqual(self.answer("approver_a", self.approval).status_code, 303)

    def test_an_expired_quote_is_not_answered(self):
        form = self.form("approver_a", self.approval)
        self.approval.date_expires = "2020-01-01"
        self.env.flush_all()
        reply = self.send(self.approval, form)
        self.assertEqual((reply.status_code, self.order.state), (409, "sent"))
        self.assertIn("time to answer has passed", reply.text)

    def test_without_drawing_the_typed_name_is_the_signature(self):
        reply = self.answer("approver_a", self.approval, signature="", written="1", signer="Žofia Łęcka")
        self.assertEqual(reply.status_code, 303)
        self.assertEqual(self.order.signed_by, "Žofia Łęcka")
        self.assertTrue(self.order.signature)

    def test_a_quote_without_signature_needs_none(self):
        self.order.require_signature = False
        self.settle()
        self.assertEqual(self.answer("approver_a", self.approval, signature="", signer="").status_code, 303)
        self.assertEqual((self.order.state, self.order.signature), ("sale", False))

    def test_withdrawing(self):
        for login in ("staff", "manager"):  # without a right to the quote
            with self.assertRaises(UserError):
                self.approval.with_user(self.users[login]).action_client_withdraw()
        self.users["manager"].group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.approval.with_user(self.users["manager"]).action_client_withdraw()
        self.assertEqual(self.approval.state, "withdrawn")
        self.assertIn("withdrawn on", self.page("approver_a", self.approval._client_url()).text)
        self.assertIn("Withdrawn", self.url_open(self.approval._client_url()).text)
