"""Signing, declining, addresses, and what else a contact of a company could do or read on stock."""

import base64
import json

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .doors_common import LOUD, OUTSIDERS, PNG, DoorsCase

SIGNATURE = base64.b64encode(PNG).decode()


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsDecide(DoorsCase):
    def sign(self, actor, order, **extra):
        return self.rpc(actor, f"/my/orders/{order.id}/accept", name="Anybody", signature=SIGNATURE, **extra)

    def decline(self, actor, order, **extra):
        self.as_actor(actor)
        data = {"csrf_token": http.Request.csrf_token(self), "decline_message": "No", **extra}
        with mute_logger(*LOUD):
            return self.url_open(f"/my/orders/{order.id}/decline", data=data, allow_redirects=False)

    def test_hole_7_any_colleague_signs_even_a_draft(self):
        draft = self.order_stock.copy({"require_signature": True, "validity_date": False})
        self.assertIn("redirect_url", self.sign("stock", draft)["result"], "stock takes any colleague's signature")
        self.assertEqual((draft.state, draft.signed_by), ("sale", "Anybody"))
        for order in (self.order_a_draft, self.order_a_sent):
            order.require_signature = True
            for actor in ("viewer_a", "requester_a", "billing_a", *OUTSIDERS):
                for extra in ({}, {"access_token": self.key(order)}):
                    with self.subTest(order=order.name, actor=actor, keyed=bool(extra)):
                        self.assertNotIn("redirect_url", str(self.sign(actor, order, **extra)))
        self.assertNotIn(
            "redirect_url", str(self.sign("approver_a", self.order_a_draft)), "a draft is nobody's to sign"
        )
        self.assertFalse((self.order_a_draft + self.order_a_sent).filtered("signature"))

    def test_hole_8_any_contact_declines(self):
        quote = self.order_stock.copy({"require_signature": True})
        self.decline("stock", quote)
        self.assertEqual(quote.state, "cancel", "stock lets any colleague decline")
        order = self.order_a_sent
        order.require_signature = True
        for actor in ("viewer_a", "billing_a", *OUTSIDERS):
            self.decline(actor, order, access_token=self.key(order))
            self.assertEqual(order.state, "sent", actor)


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsAddresses(DoorsCase):
    def submit(self, actor, partner, **data):
        self.as_actor(actor)
        data = {"csrf_token": http.Request.csrf_token(self), "partner_id": partner.id if partner else "", **data}
        with mute_logger(*LOUD):
            return self.url_open("/my/address/submit", data=data)

    def test_hole_8_archiving_a_delivery_address(self):
        depot = self.env["res.partner"].create({"name": "Depot", "type": "delivery", "parent_id": self.no_client.id})
        self.rpc("stock", "/my/address/archive", partner_id=depot.id)
        self.assertFalse(depot.active, "stock archives it")
        for partner in (self.site_a_one, self.client_a, self.users["viewer_a"].partner_id, self.site_b_one):
            for actor in ("administrator_a", "revoked", "colleague"):
                with self.subTest(partner=partner.name, actor=actor):
                    self.assertIn("error", self.rpc(actor, "/my/address/archive", partner_id=partner.id))
                    self.assertTrue(partner.active)

    def test_no_address_but_ones_own(self):
        address = {
            "name": "Changed",
            "email": "x@example.com",
            "street": "Elsewhere",
            "city": "X",
            "phone": "1",
            "country_id": self.env.ref("base.de").id,
            "address_type": "delivery",
            "zip": "1",
        }
        depot = self.env["res.partner"].create({"name": "Depot", "type": "delivery", "parent_id": self.no_client.id})
        self.submit("stock", depot, **address)
        self.assertEqual(depot.street, "Elsewhere", "stock changes it")
        count = self.env["res.partner"].search_count([])
        for partner in (self.site_a_one, self.client_a, self.users["viewer_a"].partner_id, self.client_a.browse()):
            reply = self.submit("administrator_a", partner, **address)
            self.assertEqual(reply.status_code, 403)
            self.assertIn("your own details", json.loads(reply.text)["messages"][0])
        self.assertEqual(self.env["res.partner"].search_count([]), count)
        self.assertEqual(self.env["res.partner"].search([("name", "=", "Changed")]), depot)

    def test_ones_own_card(self):
        me = self.users["requester_a"].partner_id
        self.assertEqual(self.get("requester_a", "/my/account").status_code, 200)
        reply = self.submit(
            "requester_a",
            me,
            name="Rita",
            email="rita@example.com",
            phone="0123",
            vat="DE1",
            company_name="Taken over",
            parent_id=self.client_b.id,
            is_client="1",
            type="delivery",
        )
        self.assertIn("redirectUrl", reply.text)
        self.assertEqual((me.name, me.email, me.phone), ("Rita", "rita@example.com", "0123"))
        self.assertEqual((self.client_a.name, me.parent_id, me.is_client), ("Alder Estates", self.client_a, False))
        self.users["manager"].partner_id.email = "mara@oakline.example"
        for other in ("Mara <MARA@oakline.example>", "viewer_a@example.com"):
            with self.subTest(other=other):
                reply = self.submit("requester_a", me, name="Rita", email=other, phone="0123")
                self.assertEqual(json.loads(reply.text)["invalid_fields"], ["email"])
                self.assertEqual(me.email, "rita@example.com")
        for path in ("/my/addresses", f"/my/address?partner_id={self.site_a_one.id}", "/my/address?partner_id=x"):
            reply = self.get("administrator_a", path)
            self.assertURLEqual(reply.headers["Location"], "/my/account")

    def test_account_pages_open_for_everybody_who_signs_in(self):
        for actor in ("viewer_a", "both", "revoked", "suspended", "colleague", "stock"):
            for path in ("/my/account", "/my/security"):
                reply = self.get(actor, path)
                self.assertEqual(reply.status_code, 200, (actor, path))
                self.assertNotIn("SECRET", reply.text)


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsFields(DoorsCase):
    """Holes 9 to 13: what stock tells by RPC and on its pages."""

    def closed(self, actor, record, *fields):
        for name in fields:
            if name in record._fields:
                with self.subTest(model=record._name, field=name):
                    self.assertIn("error", self.call(actor, record._name, "read", record.ids, [name]))

    def test_hole_9_costs(self):
        self.closed("administrator_a", self.order_a_sent, "margin", "margin_percent")
        self.closed("administrator_a", self.project_a_one, "analytic_account_balance", "account_id")
        self.closed("administrator_a", self.order_a_sent.order_line, "purchase_price", "margin", "product_id")
        self.assertIn(
            "result",
            self.call("stock", "project.project", "read", self.project_stock.ids, ["account_id"]),
            "stock tells",
        )

    def test_hole_10_notes_on_contacts(self):
        self.no_client.comment = "SECRET note"
        self.assertIn(
            "SECRET", str(self.call("stock", "res.partner", "read", self.no_client.ids, ["comment"])), "stock tells"
        )
        self.closed(
            "administrator_a", self.client_a, "comment", "trust", "ref", "credit_limit", "category_id", "user_id"
        )

    def test_hole_11_descriptions_in_the_head_of_a_page(self):
        self.task_stock.description = "SECRET plan"
        self.assertIn("SECRET plan", self.get("stock", f"/my/tasks/{self.task_stock.id}").text, "stock prints it")
        for path in (
            f"/my/jobs/{self.task_a_one.id}",
            f"/my/projects/{self.project_a_one.id}",
            f"/my/orders/{self.order_a_sent.id}",
        ):
            text = self.get("administrator_a", path).text
            self.assertNotIn("og:description", text)
            self.assertNotIn("SECRET", text)

    def test_hole_12_addresses_of_staff(self):
        manager = self.users["manager"]
        manager.write({"email": "mara@oakline.example", "phone": "0777 555"})
        self.task_stock.user_ids = manager
        self.assertIn(
            "mara@oakline.example", self.get("stock", f"/my/tasks/{self.task_stock.id}").text, "stock prints them"
        )
        self.say(self.task_a_one, email_from="mara@oakline.example")
        where = {"thread_model": "project.task", "thread_id": self.task_a_one.id}
        texts = [
            self.get("administrator_a", f"/my/jobs/{self.task_a_one.id}").text,
            str(self.rpc("administrator_a", "/mail/chatter_fetch", **where)),
            str(self.call("administrator_a", "res.partner", "search_read", [["name", "=", "Mara"]], ["email"])),
            str(self.call("administrator_a", "res.users", "search_read", [["name", "=", "Mara"]], ["name"])),
        ]
        for text in texts:
            self.assertNotIn("mara@oakline.example", text)
            self.assertNotIn("0777", text)

    def test_hole_13_drafts_bills_tags_and_stages(self):
        self.assertIn(
            "result",
            self.call("stock", "sale.order", "read", self.order_stock.copy().ids, ["name"]),
            "stock shows drafts",
        )
        for record in (self.order_a_draft, self.bill_a, self.invoice_a_draft):
            self.assertIn("error", self.call("administrator_a", record._name, "read", record.ids, ["display_name"]))
        self.closed("administrator_a", self.invoice_a_one.line_ids[:1], "account_id")
        self.closed("administrator_a", self.update_a_one, "name", "description", "user_id")
        self.closed(
            "administrator_a", self.project_a_one, "last_update_id", "last_update_status", "tag_ids", "stage_id"
        )
        for model in (
            "project.task.type",
            "project.tags",
            "account.account",
            "project.project.stage",
        ):
            self.assertIn("error", self.call("administrator_a", model, "search_read", [], ["display_name"]), model)
        self.assertIn(
            "result", self.call("stock", "project.task.type", "search_read", [], ["display_name"]), "stock lists stages"
        )
