"""Documents: whose they are, what is shared of them, and their versions."""

import hashlib

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.client_portal.tests.common import ClientPortalCommon

from ..hooks import uninstall_hook
from ..models.client_document_send import SHOWN_TYPES
from .boundary import hand_in


@tagged("post_install", "-at_install", "client_portal")
class TestDocument(ClientPortalCommon):
    def _document(self, record=None, **values):
        scope = {"client_id": self.client_a.id} if record is None else {"record_ref": f"{record._name},{record.id}"}
        return self.env["client.document"].create({"name": "Alder soil report", **scope, **values})

    def _shared(self, record=None, content=b"words", **values):
        document = self._document(record, **values)
        hand_in(document, "soil.txt", content)
        document.action_client_publish()
        self.env.flush_all()
        return document

    # ------------------------------------------------------------------------ scope

    def test_a_record_says_whose_it_is(self):
        document = self._shared(self.task_a_one)
        self.assertEqual(document.client_id, self.client_a)
        self.assertEqual(document.client_site_id, self.site_a_one)
        self.assertEqual(document.capability, "see_jobs")
        self.assertTrue(self.sees("site_viewer_a", document))

    def test_it_follows_its_record(self):
        document = self._shared(self.task_a_one)
        self.task_a_one.client_publish = "no"
        self.env.flush_all()
        self.assertFalse(self.sees("administrator_a", document))
        self.task_a_one.write({"client_publish": "auto", "client_site_id": self.site_a_two.id})
        self.env.flush_all()
        self.assertTrue(self.sees("administrator_a", document))
        self.assertFalse(self.sees("site_viewer_a", document))
        self.task_a_one.partner_id = self.client_b
        self.env.flush_all()
        self.assertFalse(self.sees("administrator_a", document))
        self.assertTrue(self.sees("administrator_b", document))

    def test_it_goes_with_its_record(self):
        document = self._shared(self.task_a_whole)
        self.task_a_whole.unlink()
        self.env.flush_all()
        self.assertFalse(self.sees("administrator_a", document))

    def test_updates_of_it_go_the_same_way(self):
        document = self._shared(self.order_a_sent)
        update = self.env["client.update"].search([("res_model", "=", document._name), ("res_id", "=", document.id)])
        self.assertEqual(update.kind, "document_published")
        self.assertTrue(self.sees("approver_a", update))
        self.assertFalse(self.sees("viewer_a", update), "a viewer sees no quotes, and so nothing of their documents")
        self.roles["approver"].can_see_documents = False
        self.env.flush_all()
        self.assertFalse(self.sees("approver_a", update))
        self.roles["approver"].can_see_documents = True
        document.action_client_unpublish()
        self.assertFalse(self.sees("approver_a", update))

    def test_what_was_told_goes_with_the_module(self):
        document = self._shared(self.task_a_one)
        update = self.env["client.update"].search([("res_model", "=", document._name), ("res_id", "=", document.id)])
        self.assertTrue(self.sees("viewer_a", update))
        uninstall_hook(self.env)
        self.assertFalse(self.sees("viewer_a", update))

    def test_nobody_chooses_the_client_of_a_records_document(self):
        document = self._document(self.task_a_one)
        with self.assertRaises(ValidationError):
            document.client_id = self.client_b
        with self.assertRaises(ValidationError):
            self._document(client_site_id=self.site_b_one.id)

    def test_only_what_has_a_client_can_have_documents(self):
        with self.assertRaises(ValidationError):
            self._document(self.project_internal)
        with self.assertRaises(ValidationError):
            self.env["client.document"].create({"name": "x", "record_ref": f"res.users,{self.env.uid}"})

    # ---------------------------------------------------------------------- sharing

    def test_a_draft_stays_inside(self):
        document = self._document()
        with self.assertRaises(UserError):
            document.action_client_publish()
        hand_in(document, "soil.txt", b"words")
        self.assertFalse(document.client_published)
        document.action_client_publish()
        self.assertTrue(document.client_published)
        self.assertTrue(document.published_on)

    def test_withdrawing_hides_it_at_once(self):
        document = self._shared()
        document.action_client_unpublish()
        self.assertFalse(self.sees("administrator_a", document))
        with self.assertRaises(UserError):
            document.unlink()

    def test_members_change_nothing(self):
        document = self._shared().with_env(self.as_user("administrator_a"))
        for act in (
            lambda: document.write({"name": "x"}),
            lambda: document.action_client_publish(),
            lambda: document.action_client_unpublish(),
            lambda: document.action_draft(),
            lambda: document._add_version(self.env["ir.attachment"].create({"name": "x", "raw": b"x"})),
            lambda: document.unlink(),
        ):
            with self.assertRaises(AccessError):
                act()

    # --------------------------------------------------------------------- versions

    def test_a_version_is_what_its_bytes_are(self):
        version = hand_in(self._document(), "../../etc/report\n.pdf", b"%PDF-1.4 words")
        self.assertEqual(version.name, "report.pdf")
        self.assertEqual(version.sha256, hashlib.sha256(b"%PDF-1.4 words").hexdigest())
        self.assertEqual(version.size, 14)
        self.assertEqual(version.mimetype, "application/pdf")
        self.assertEqual(version.number, 1)

    def test_what_a_browser_could_run_is_plain_bytes(self):
        document = self._document()
        for name, content in (
            ("page.pdf", b"<html><script>alert(1)</script></html>"),
            ("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            ("note.txt", b"<?xml version='1.0'?><a/>"),
            ("run.txt", b"MZ\x90\x00\x03"),
        ):
            with self.subTest(name=name):
                self.assertNotIn(hand_in(document, name, content).mimetype, SHOWN_TYPES)

    def test_nothing_is_no_version(self):
        with self.assertRaises(UserError):
            hand_in(self._document(), "empty.pdf", b"")

    def test_the_newest_shared_one_is_current(self):
        document = self._shared()
        first = document.current_id
        second = hand_in(document, "soil.txt", b"more words")
        self.assertEqual(document.current_id, first)
        document.action_client_publish()
        self.assertEqual(document.current_id, second)
        second.action_withdraw()
        self.assertEqual(document.current_id, first)
        first.action_withdraw()
        self.assertFalse(document.client_published)

    def test_a_version_is_written_once(self):
        version = self._shared().current_id
        with self.assertRaises(UserError):
            version.unlink()
        for column, value in (("sha256", "'0'"), ("number", "7"), ("attachment_id", "1"), ("name", "'x'")):
            with self.assertRaises(psycopg2.Error), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(f"UPDATE client_document_version SET {column} = {value} WHERE id = {version.id}")

    def test_its_file_takes_no_change(self):
        file = self._shared().current_id.attachment_id.sudo()
        for vals in ({"raw": b"other"}, {"res_id": 1}, {"public": True}, {"name": "x"}, {"url": "/x", "type": "url"}):
            with self.assertRaises(UserError):
                file.write(vals)
        with self.assertRaises(UserError):
            file.unlink()
        file.write({"raw": b"words"})  # the same bytes, as when they move to another storage

    def test_a_draft_may_be_thrown_away(self):
        document = self._document()
        file = hand_in(document, "soil.txt", b"words").attachment_id
        document.unlink()
        self.assertFalse(file.exists())

    def test_words_inside_are_found(self):
        document = self._shared(content=b"larch canker found")
        found = self.as_user("viewer_a")["client.document"]
        self.assertIn(document.id, found.search(found._client_search_domain("larch")).ids)
        hand_in(document, "soil.txt", b"beech only")
        document.action_client_publish()
        self.env.flush_all()
        self.assertFalse(found.search(found._client_search_domain("larch")))
        other = self.as_user("viewer_b")["client.document"]
        self.assertFalse(other.search(other._client_search_domain("beech")))
