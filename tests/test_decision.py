"""What a decision keeps, and that nobody changes it through Odoo; test_ledger.py has what is done below."""

import base64
import json

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.client_canonical import canonical, decimal, differences, digest
from .approval_common import ApprovalCase, LedgerCase, drawing

ADMIN = "base.user_admin"


@tagged("post_install", "-at_install", "client_portal")
class TestCanonical(ApprovalCase):
    def test_one_text_for_one_content(self):
        self.assertEqual(canonical({"b": [1, None], "a": "é “x”", "c": True}), '{"a":"é “x”","b":[1,null],"c":true}')
        self.assertEqual(canonical({"a": 1, "b": 2}), canonical({"b": 2, "a": 1}))
        for wrong in (1.5, {"a": 1.0}, {1: "a"}, {"a": {1, 2}}, b"x"):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                canonical(wrong)
        texts = [decimal(number, 2) for number in (0.1 + 0.2, 1234567.5, -0.001, 0)]
        self.assertEqual(texts, ["0.30", "1234567.50", "0.00", "0.00"])
        self.assertEqual(digest("é"), digest("é".encode()))

    def test_differences(self):
        old = {"total": "1", "lines": [{"id": 1, "name": "a", "price": "1"}, {"id": 2, "name": "b"}], "terms": "x"}
        new = {"total": "2", "lines": [{"id": 3, "name": "c"}, {"id": 1, "name": "a", "price": "3"}], "terms": "x"}
        found = {(c["key"], c.get("act"), c.get("name"), c.get("field")) for c in differences(old, new)}
        self.assertEqual(
            found,
            {
                ("total", None, None, None),
                ("lines", "added", "c", None),
                ("lines", "changed", "a", "price"),
                ("lines", "removed", "b", None),
            },
        )
        self.assertEqual(differences(old, json.loads(canonical(old))), [])
        self.assertTrue(differences({"lines": [{"id": 1}, {"id": 2}]}, {"lines": [{"id": 2}, {"id": 1}]}))

    def test_the_same_for_everybody_whoever_looks(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        approval = self.order_a_sent.client_approval_id
        seals = set()
        for actor, lang, tz in (("approver_a", "en_US", "UTC"), ("administrator_a", "fr_FR", "Asia/Tokyo")):
            seen = approval.with_user(self.users[actor]).with_context(lang=lang, tz=tz).sudo()
            seals.add(seen._kind()._seal(seen._kind()._snapshot(seen, seen._subject())))
        self.assertEqual(len(seals), 1)


@tagged("post_install", "-at_install", "client_portal")
class TestEvidence(LedgerCase):
    def test_what_a_decision_keeps(self):
        approval = self.order_a_sent.client_approval_id
        before = fields.Datetime.now()
        form = self.form("approver_a", approval)
        typed = {"verdict": "approve", "consent": "1", "signer": "Ada A", "order_number": "7"}
        reply = self.url_open(
            approval._client_url(),
            data={**form, **typed, "signature": drawing(9)},
            headers={"User-Agent": "Firefox on a tablet"},
            allow_redirects=False,
        )
        self.assertEqual(reply.status_code, 303)
        row = self.decisions(approval)
        user, member = self.users["approver_a"], self.members["approver_a"]
        self.assertEqual((row.user_id, row.login, row.user_name), (user.id, "approver_a", user.name))
        self.assertEqual((row.member_id, row.role, row.behalf_member_id), (member.id, "Approver", 0))
        self.assertEqual(
            json.loads(row.authority), {"currency": None, "limit": None, "role": "Approver", "sites": "all"}
        )
        self.assertGreaterEqual(row.date, before)
        self.assertEqual((row.ip, row.user_agent), ("127.0.0.1", "Firefox on a tablet"))
        self.assertEqual(
            (row.request_id, row.order_number, row.amount, row.currency), (form["request"], "7", "100.00", "USD")
        )
        self.assertIn("on behalf of Alder Estates", row.consent)
        self.assertEqual(row.consent_version, "quote.1.en_US")
        self.assertEqual(row.signed_name, "Ada A")
        self.assertEqual(row.signature_sha256, digest(base64.b64decode(drawing(9))))
        self.assertEqual(row.snapshot_sha256, form["shown"])
        self.assertEqual(digest(row.snapshot), row.snapshot_sha256)
        content = self.shown_in(row)["content"]
        self.assertEqual((content["total"], content["lines"][0]["price"]), ("100.00", "100.00"))
        self.assertNotIn("SECRET", row.snapshot)
        frozen = self.env["ir.attachment"].browse(row.document_id)
        self.assertTrue(frozen.raw.startswith(b"%PDF"))
        self.assertEqual(row.document_sha256, digest(frozen.raw))

    def test_a_no_keeps_no_consent_and_no_signature(self):
        self.answer("approver_a", self.order_a_sent.client_approval_id, "decline", comment="No")
        row = self.decisions(self.order_a_sent.client_approval_id)
        self.assertFalse(row.consent or row.signature or row.signed_name or row.order_number)
        self.assertEqual(row.comment, "No")

    def test_one_chain_per_client(self):
        rows = self.fill()
        self.assertEqual(rows.mapped("position"), [1, 2, 3])
        self.assertEqual([row.previous for row in rows[1:]], [row.digest for row in rows[:-1]])
        self.assertFalse(rows[0].previous)
        self.assertEqual((self.ledger.size, self.ledger.head), (3, rows[-1].digest))
        self.assertEqual(self.decisions(self.order_b_sent.client_approval_id).position, 1)

    def test_the_digest_covers_every_column_but_those_covered_otherwise(self):
        row = self.fill()[0]
        covered = set(json.loads(row._sealed()))
        stored = {name for name, field in row._fields.items() if field.store}
        self.assertEqual(stored - covered, {"id", "digest", "signature", "snapshot"})  # the last two by their SHA-256

    def test_nobody_changes_or_deletes_a_row_through_odoo(self):
        row = self.fill()[0]
        for act in (
            lambda: row.write({"comment": "x"}),
            row.unlink,
            row.copy,
            lambda: row.with_user(self.env.ref(ADMIN)).sudo().write({"ip": ""}),
            lambda: self.approval_of(self.order_a_sent).unlink(),
            lambda: self.ledger.unlink(),
        ):
            with self.assertRaises(UserError):
                act()
        for login in ("manager", "approver_a"):
            with self.assertRaises(AccessError):
                self.env["client.decision"].with_user(self.users[login]).create({"subject": "x"})
        for login in ("staff", "approver_a", "administrator_a"):
            with self.assertRaises(AccessError):
                row.with_user(self.users[login]).read(["subject"])
        self.assertEqual(row.with_user(self.users["manager"]).subject, row.subject)

    def test_sql_is_refused(self):
        self.fill()
        for statement in (
            "UPDATE client_decision SET comment = 'x'",
            "UPDATE client_decision SET id = id",
            "DELETE FROM client_decision",
            "TRUNCATE client_decision",
        ):
            with self.subTest(statement), mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.Error):
                with self.env.cr.savepoint():
                    self.env.cr.execute(statement)

    def test_the_frozen_document_is_nobodys_to_change(self):
        row = self.fill()[0]
        file = self.env["ir.attachment"].browse(row.document_id)
        for act in (
            lambda: file.write({"raw": b"x"}),
            lambda: file.write({"res_id": 1}),
            lambda: file.write({"name": "x"}),
            file.unlink,
        ):
            with self.assertRaises(UserError):
                act()
        self.assertNotIn(file, self.env["ir.attachment"].search([("res_model", "=", "client.approval")]))


@tagged("post_install", "-at_install", "client_portal")
class TestFullLedger(LedgerCase):
    """What Odoo does to users and partners by raw SQL passes the ledger by."""

    def test_deleting_a_staff_user(self):
        self.fill()
        staff = self.env["res.users"].create({"name": "Gone", "login": "gone"})
        self.order_a_whole.client_approval_id.sudo().requester_id = staff
        staff.unlink()
        self.assertFalse(self.ledger._verify())

    def test_deleting_who_decided(self):
        rows = self.fill()
        user = self.users["approver_a"]
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            user.unlink()
            self.env.flush_all()
        user.active = False
        self.env.flush_all()
        self.assertFalse(self.ledger._verify())
        self.assertEqual(rows[0].user_id, user.id)

    def test_merging_the_contact_of_who_decided(self):
        rows = self.fill()
        before = rows.read()
        user = self.users["approver_a"]
        other = self.env["res.partner"].create({"name": "Ada", "parent_id": self.client_a.id})
        self.env["base.partner.merge.automatic.wizard"]._merge((user.partner_id + other).ids, other)
        self.env.invalidate_all()
        self.assertEqual(user.partner_id, other)
        self.assertEqual(rows.read(), before)
        self.assertFalse(self.ledger._verify())

    def test_merging_clients(self):
        rows = self.fill()
        other = self.env["res.partner"].create({"name": "Alder Two", "is_company": True, "is_client": True})
        self.env["base.partner.merge.automatic.wizard"]._merge((self.client_a + other).ids, other)
        self.env.invalidate_all()
        ledgers = self.env["client.ledger"].search([("client_id", "=", other.id)])
        self.assertEqual(ledgers, self.ledger)
        self.assertFalse(ledgers._verify())
        self.assertEqual(rows.mapped("client_id"), [rows[0].client_id] * 3, "rows say what was true then")
        approval = self.order_a_sent.client_approval_id
        self.assertEqual(approval.client_id, other)
        self.assertTrue(self.sees("approver_a", approval))

    def test_deleting_the_record(self):
        self.answer("approver_a", self.order_a_sent.client_approval_id, "decline", comment="No")
        approval = self.order_a_sent.client_approval_id
        self.order_a_sent.unlink()
        self.assertTrue(approval.exists())
        self.assertFalse(approval.client_published)
        self.assertTrue(approval.with_user(self.users["manager"]).read(["name", "kind_label", "change_words"]))
        self.assertFalse(self.env["client.ledger"].search([])[:1]._verify())

    def test_a_kind_whose_module_is_gone(self):
        approval = self.order_a_sent.client_approval_id
        self.answer("approver_a", approval)
        for vals in ({"kind": "gone"}, {"res_model": "gone.model"}):
            approval.sudo().write(vals)
            self.env.flush_all()
            reply = self.page("approver_a", approval._client_url())
            self.assertEqual(reply.status_code, 200, reply.text[:300])


@tagged("post_install", "-at_install", "client_portal")
class TestPrinted(ApprovalCase):
    """The quote's own document is printed when it is asked about, never while somebody answers."""

    def setUp(self):
        super().setUp()
        self.printed = []
        self.patch(type(self.env["client.approval.kind.quote"]), "_print", lambda _kind, order: self._print(order))

    def _print(self, order):
        self.printed.append(order)
        return "q.pdf", b"%%PDF %d" % len(self.printed)

    def asked(self):
        order = self.order_a_whole.copy()
        order.action_quotation_sent()
        self.settle()
        return order, order.client_approval_id

    def frozen(self, approval):
        return self.env["ir.attachment"].browse(self.decisions(approval).document_id).raw

    def test_once_and_kept(self):
        order, approval = self.asked()
        self.assertEqual(self.printed, [order])
        self.answer("approver_a", approval)
        self.assertEqual(self.frozen(approval), b"%PDF 1")
        self.assertEqual(len(self.printed), 1)

    def test_again_after_a_change(self):
        order, approval = self.asked()
        order.order_line[:1].price_unit = 7
        self.settle()
        self.answer("approver_a", approval)
        self.assertEqual(self.frozen(approval), b"%PDF 2")

    def test_files_that_go_along_are_not_on_it(self):
        order, approval = self.asked()
        approval.document_ids = self.env["ir.attachment"].create({"name": "plan.txt", "raw": b"plan"})
        approval._content_moved()
        self.assertEqual(len(self.printed), 1)

    def test_many_at_once_get_plain_ones(self):
        orders = self.env["sale.order"].concat(*[self.order_a_whole.copy() for _number in range(5)])
        self.env.cr.precommit.data.pop("client_portal.printed", None)
        orders.action_quotation_sent()
        self.assertEqual(len(self.printed), 3)
        last = orders[4].client_approval_id
        self.answer("approver_a", last)
        self.assertTrue(self.frozen(last).startswith(b"%PDF-1"))
        self.assertEqual(len(self.printed), 3)
