"""Files staff ask of a client: who is asked, what comes in, and that nothing half does."""

import io
import os
import zipfile

from werkzeug.datastructures import FileStorage

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.client_portal.models.client_gate import ClientNotFound
from odoo.addons.client_portal.tests.common import ClientPortalCommon

from .storage_common import full_disk

PDF = b"%PDF-1.4 insured until the end of the year"
LOUD = ("odoo.addons.base.models.ir_attachment", "odoo.addons.client_portal.models.ir_attachment_storage")


def office(body, entries=1):
    """An Office document of one part, or of many."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for number in range(entries):
            archive.writestr(f"word/{number}.xml", body)
    return file.getvalue()


@tagged("post_install", "-at_install", "client_portal")
class TestFileRequest(ClientPortalCommon):
    def _asked(self, record=None, ask=True, **values):
        scope = {"client_id": self.client_a.id} if record is None else {"record_ref": f"{record._name},{record.id}"}
        asked = self.env["client.file.request"].create(
            {"name": "Insurance certificate", "user_id": self.users["manager"].id, **scope, **values}
        )
        if ask:
            asked.action_ask()
        self.env.flush_all()
        return asked

    def _staged(self, actor, *files):
        """Files as a browser sends them before the form: (ir.attachment, refused)."""
        uploads = [FileStorage(io.BytesIO(content), filename=name) for name, content in files]
        return self.as_user(actor)["client.upload"]._stage(uploads)

    def _send(self, actor, asked, *files, note=""):
        staged, refused = self._staged(actor, *files)
        self.assertFalse(refused)
        documents = asked.with_user(self.users[actor])._client_send(staged, note)
        self.env.flush_all()
        return documents.sudo(False).with_env(self.env)

    def _named(self, *actors):
        users = self.env["res.users"].union(*(self.users[actor] for actor in actors))
        found = self.env["client.member"].search([("user_id", "in", users.ids), ("client_id", "=", self.client_a.id)])
        return [(6, 0, found.ids)]

    def _waits(self, actor):
        requests = self.as_user(actor)["client.file.request"]
        return requests._client_waiting([], 80)

    def _mails(self, asked):
        about = [("model", "=", asked._name), ("res_id", "=", asked.id), ("message_type", "=", "user_notification")]
        return self.env["mail.message"].search(about)

    # ------------------------------------------------------------------------ asking

    def test_it_waits_for_who_may_send_it(self):
        asked = self._asked(self.task_a_one)
        for actor, waits in (
            ("requester_a", True),
            ("approver_a", True),
            ("viewer_a", False),
            ("billing_a", False),
            ("requester_b", False),
        ):
            with self.subTest(actor=actor):
                self.assertEqual(asked in self._waits(actor), waits)
                self.assertEqual(self.env["client.file.request"]._name, asked._name)
        named = self._asked(self.task_a_one, member_ids=self._named("viewer_a"))
        self.assertIn(named, self._waits("viewer_a"))
        self.assertNotIn(named, self._waits("requester_a"))

    def test_only_members_of_the_client(self):
        other = self.env["client.member"].search([("user_id", "=", self.users["viewer_b"].id)])
        with self.assertRaises(ValidationError):
            self._asked(member_ids=[(6, 0, other.ids)])

    def test_a_draft_is_nobodys(self):
        asked = self._asked(ask=False)
        self.assertFalse(self.sees("administrator_a", asked))
        asked.action_ask()
        self.env.flush_all()
        self.assertTrue(self.sees("administrator_a", asked))
        with self.assertRaises(UserError):
            asked.unlink()

    def test_who_is_asked_gets_a_mail_without_a_key(self):
        asked = self._asked(member_ids=self._named("requester_a"))
        mail = self._mails(asked)
        self.assertEqual(mail.partner_ids, self.users["requester_a"].partner_id)
        self.assertIn(asked._client_url(), mail.body)
        self.assertNotIn("token", mail.body)

    def test_a_reminder(self):
        today = self.env["client.words"]._today()
        asked = self._asked(member_ids=self._named("requester_a"), date_due=today)
        asked.date_reminder = today
        requests = self.env["client.file.request"]
        for _twice in range(2):
            requests._cron_remind()
        self.assertEqual(len(self._mails(asked)), 2, "asked once and reminded once")
        self.assertGreater(asked.date_reminder, today)

    def test_whose_turn_it_is(self):
        self.assertNotEqual(self.task_a_one.client_court, "client")
        court = self.task_a_one.client_court
        asked = self._asked(self.task_a_one)
        self.assertEqual(self.task_a_one.client_court, "client")
        second = self._asked(self.task_a_one)
        second.action_cancel()
        self.assertEqual(self.task_a_one.client_court, "client")
        self._send("requester_a", asked, ("Insurance.pdf", PDF))
        self.assertEqual(self.task_a_one.client_court, court)

    def test_it_follows_its_record(self):
        asked = self._asked(self.task_a_one)
        self.assertTrue(self.sees("site_viewer_a", asked))
        self.task_a_one.client_publish = "no"
        self.env.flush_all()
        self.assertFalse(self.sees("administrator_a", asked))
        self.task_a_one.write({"client_publish": "auto", "client_site_id": self.site_a_two.id})
        self.env.flush_all()
        self.assertFalse(self.sees("site_viewer_a", asked))
        self.assertTrue(self.sees("viewer_a", asked))

    def test_on_the_home_page_once(self):
        workspace = self.as_user("requester_a")["client.workspace"]
        before = workspace._values(self.client_a)["waiting"]
        asked = self._asked(self.task_a_one)
        rows = workspace._values(self.client_a)["waiting"]
        mine = [row for row in rows if row["title"].endswith(asked.name)]
        self.assertEqual([row["url"] for row in mine], [asked._client_url()])
        self.assertNotIn(self.task_a_one._client_url(), [r["url"] for r in rows if r not in before])

    def test_on_its_record(self):
        asked = self._asked(self.task_a_one)
        cards = self.task_a_one.with_user(self.users["requester_a"])._client_asks()
        self.assertIn(asked._client_url(), [row["url"] for card in cards for row in card.get("rows", ())])

    # ----------------------------------------------------------------------- sending

    def test_it_comes_in_as_a_draft_of_the_record(self):
        asked = self._asked(self.task_a_one)
        document = self._send("requester_a", asked, ("scan 7.pdf", PDF), note="As you wished")
        self.assertEqual(document.name, "Insurance certificate")
        self.assertEqual(document.record_ref, self.task_a_one)
        self.assertEqual(document.state, "draft")
        self.assertFalse(self.sees("requester_a", document))
        self.assertEqual(document.version_ids.author_id, self.users["requester_a"])
        self.assertEqual(document.version_ids.note, "As you wished")
        self.assertEqual(asked.state, "received")
        self.assertEqual(document.activity_ids.user_id, self.users["manager"])
        self.assertIn("scan 7.pdf", document.activity_ids.note)
        self.assertIn("scan 7.pdf", self.task_a_one.message_ids[:1].body)
        self.assertTrue(self.task_a_one.message_ids[:1].subtype_id.internal)

    def test_several_files_are_several_documents_and_one_to_do(self):
        asked = self._asked()
        documents = self._send("requester_a", asked, ("a.pdf", PDF), ("b.txt", b"words"))
        self.assertEqual(sorted(documents.mapped("name")), ["a", "b"])
        self.assertEqual(documents.client_id, self.client_a)
        self.assertEqual(len(documents.activity_ids), 1)

    def test_no_more_than_wanted(self):
        asked = self._asked(most=1)
        staged, _refused = self._staged("requester_a", ("a.pdf", PDF), ("b.txt", b"words"))
        with self.assertRaises(UserError):
            asked.with_user(self.users["requester_a"])._client_send(staged, "")
        with self.assertRaises(UserError):
            asked.with_user(self.users["requester_a"])._client_send(staged[:0], "")
        self.assertEqual(asked.state, "open")

    def test_only_who_was_asked_sends(self):
        asked = self._asked(member_ids=self._named("approver_a"))
        staged, _refused = self._staged("requester_a", ("a.pdf", PDF))
        for state in ("open", "done"):
            asked.state = state
            actor = "requester_a" if state == "open" else "approver_a"
            with self.subTest(state=state), self.assertRaises(UserError):
                asked.with_user(self.users[actor])._client_send(staged, "")
        self.assertFalse(asked.document_ids)

    def test_a_form_whose_answer_was_lost(self):
        """Sent once more, it has arrived already."""
        asked = self._asked()
        staged, _refused = self._staged("requester_a", ("a.pdf", PDF))
        ids, documents = [str(staged.id)], self.as_user("requester_a")["client.document"]
        self.assertFalse(documents._client_took_in(ids))
        asked.with_user(self.users["requester_a"])._client_send(staged, "")
        self.assertFalse(self.as_user("requester_a")["client.upload"]._pending(ids))
        self.assertTrue(documents._client_took_in(ids))
        self.assertFalse(documents._client_took_in(["", "x", "0"]))
        self.assertFalse(self.as_user("approver_a")["client.document"]._client_took_in(ids))

    def test_files_of_others_are_not_taken(self):
        staged, _refused = self._staged("requester_a", ("a.pdf", PDF))
        mine = self.as_user("approver_a")["client.upload"]._pending([str(staged.id)])
        self.assertFalse(mine)

    def test_told_by_what_it_is(self):
        for name, content in (
            ("page.pdf", b"<html><script>alert(1)</script></html>"),
            ("picture.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("program.txt", b"MZ\x90\x00"),
            ("empty.pdf", b""),
            ("report.pdf", b"GIF89a" + bytes(20)),
            ("bomb.docx", office(b"x" * 120 * 1024 * 1024)),
            ("letter.docx", office(b"words", entries=20_001)),
        ):
            with self.subTest(name=name):
                staged, refused = self._staged("requester_a", (name, content))
                self.assertFalse(staged)
                self.assertEqual(len(refused), 1)
        self.assertTrue(self._staged("requester_a", ("letter.docx", office(b"words")))[0])

    def test_names_are_for_people(self):
        for sent, kept in (
            ("../../etc/plan.txt", "plan.txt"),
            ("C:\\plans\\plan.txt", "plan.txt"),
            ("plan\r\nSet-Cookie: x.txt", "planSet-Cookie: x.txt"),
            ("plan\u202etxt.exe\u202c.txt", "plantxt.exe.txt"),
            ("\u200f\u2066plan.txt", "plan.txt"),
        ):
            with self.subTest(name=sent):
                staged, _refused = self._staged("requester_a", (sent, b"words"))
                self.assertEqual(staged.name, kept)

    def test_a_full_disk_keeps_nothing(self):
        """What could not be stored is refused at once, in words, and waits for no form."""
        files = self.env["ir.attachment"]
        waiting = files.search_count([("res_model", "=", "mail.compose.message")])
        content = b"%PDF-1.4 " + os.urandom(60_000).hex().encode()
        with full_disk(), mute_logger(*LOUD):
            staged, refused = self._staged("requester_a", ("a.pdf", content))
        self.assertFalse(staged)
        self.assertIn("could not be stored", refused[0]["error"])
        self.assertEqual(refused[0]["status"], 507)
        self.assertEqual(files.search_count([("res_model", "=", "mail.compose.message")]), waiting)
        staged, refused = self._staged("requester_a", ("a.pdf", content))
        self.assertEqual(staged.raw, content, "nothing half stands in the way of the same file again")

    # ------------------------------------------------------------------- on an own job -

    def test_files_for_a_job(self):
        task = self.task_a_one
        staged, _refused = self._staged("requester_a", ("plan.pdf", PDF))
        documents = task.with_user(self.users["requester_a"])._client_add_files(staged, "")
        self.assertEqual(documents.sudo(False).with_env(self.env).record_ref, task)
        for actor in ("viewer_a", "billing_a"):
            with self.subTest(actor=actor), self.assertRaises(ClientNotFound):
                task.with_user(self.users[actor])._client_add_files(staged, "")
        self.assertTrue(task.with_user(self.users["requester_a"])._client_files_url())
        self.assertFalse(task.with_user(self.users["viewer_a"])._client_files_url())
