"""*Share with client* on a file of a record: one click shares it, one takes it back."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.mail.tools.discuss import Store

from .share_common import ShareCase


class ClickCase(ShareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls.env["client.document"]._shared_files("project.task", cls.task_a_one.id)

    def _click(self, file=None, record=None):
        return (record or self.task).action_client_share_file((file or self.file).id)

    def _undo(self, answer):
        return self.env["client.document.version"].with_user(self.worker).browse(answer["version"]).action_take_back()

    def _document(self, answer):
        return self.env["client.document"].browse(answer["document"])


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentClick(ClickCase):
    def test_one_click(self):
        answer = self._click()
        document = self._document(answer)
        self.assertTrue(self.sees("viewer_a", document))
        self.assertFalse(self.sees("viewer_b", document))
        self.assertEqual((document.name, document.current_id.number), ("Report", 1))
        self.assertTrue(answer["fresh"])
        whom = f"Alder Estates, {document.client_site_id.name}"
        self.assertIn(f"“Report.txt” is shared with {whom} as {document.category_id.name}.", answer["message"])
        people = len(document._client_audience()[document.id])
        self.assertIn(f"{people} people see it.", answer["message"])
        self.assertEqual(answer["files"][self.file.checksum], document.id)

    def test_what_becomes_of_a_file(self):
        """A new one, one of a name that is known, the same bytes again, bytes that lie here as a draft."""
        first = self._click()
        again = self._click()
        self.assertEqual((again["version"], again["fresh"]), (first["version"], False))
        self.file.raw = b"other words"
        second = self._click()
        self.assertEqual((second["document"], second["fresh"]), (first["document"], True))
        self.assertIn("version 2 of “Report”", second["message"])
        self.assertEqual(second["files"], {**self.before, self.file.checksum: first["document"]}, "what is shown now")
        draft = self.env["client.document"]._share(self._file("Plan.txt", b"x"), self.task_a_one, self._category())
        shared = self._click(self._file("Plan.txt", b"x"))
        self.assertEqual((shared["document"], len(draft.version_ids)), (draft.id, 1))
        self.assertTrue(self.sees("viewer_a", draft))

    def _category(self):
        return self.env["client.document"]._first_category()

    def test_as_what(self):
        """Pictures are photos, anything else the first category; its period begins today."""
        self._category().valid_months = 12
        document = self._document(self._click())
        today = self.env["client.words"]._today()
        self.assertEqual((document.category_id, document.valid_from), (self._category(), today))
        self.assertEqual(document.valid_until, self._category()._valid_until(today))
        photo = self._document(self._click(self._file("Gate.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;")))
        self.assertEqual(photo.category_id, self.env["client.document.category"]._photos())

    def test_a_record_that_the_client_does_not_see_yet(self):
        self.task_a_one.client_publish = "no"
        answer = self._click()
        self.assertFalse(self.sees("viewer_a", self._document(answer)))
        self.assertIn("as soon as they see what it belongs to", answer["message"])
        self.task_a_one.client_publish = "yes"
        self.env.flush_all()
        self.assertTrue(self.sees("viewer_a", self._document(answer)))

    def test_who_may_not(self):
        with self.assertRaises(AccessError):
            self._click(record=self.task_a_one.with_user(self.users["administrator_a"]))
        stranger = new_test_user(self.env, "click_stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self._click(record=self.task_a_one.with_user(stranger))
        elsewhere = self._file("Other.txt", b"other", self.task_b_one)
        with self.assertRaises(UserError):
            self._click(elsewhere)
        with self.assertRaises(UserError):
            self._click(self._file("Stock.txt", b"y", self.records["task_stock"]), self.records["task_stock"])
        self.assertFalse(self.env["client.document"].search([("name", "in", ["Other", "Stock"])]))

    def test_only_who_may_write_it_takes_it_back(self):
        answer = self._click()
        for user in (self.users["administrator_a"], new_test_user(self.env, "click_other", "base.group_user")):
            with self.assertRaises(AccessError):
                self.env["client.document.version"].with_user(user).browse(answer["version"]).action_take_back()
        self.assertTrue(self.sees("viewer_a", self._document(answer)))

    def test_taken_back(self):
        answer = self._click()
        back = self._undo(answer)
        document = self._document(answer)
        self.assertFalse(self.sees("viewer_a", document))
        self.assertEqual((document.state, back["files"]), ("withdrawn", self.before))
        self.assertEqual(back["message"], "“Report.txt” is taken back. Nobody had opened it.")
        updates = self.env["client.update"].with_user(self.users["viewer_a"])
        mine = [("res_model", "=", document._name), ("res_id", "=", document.id)]
        self.assertFalse(updates.search(mine), "nor is it among their updates")
        again = self._click()
        self.assertEqual((again["version"], again["fresh"]), (answer["version"], True), "the same bytes, shown again")
        self.assertTrue(self.sees("viewer_a", document))

    def test_the_version_before_is_shown_again(self):
        first = self._click()
        self.file.raw = b"a slip"
        back = self._undo(self._click())
        document = self._document(first)
        self.assertEqual((document.current_id.id, document.state), (first["version"], "published"))
        self.assertIn("Version 1 is shown again.", back["message"])
        self.assertEqual(back["files"], first["files"])

    def test_what_was_withdrawn_stays_withdrawn(self):
        """Neither a new version that is taken back, nor its history, shows again what was withdrawn before."""
        for withdraw in ("action_client_unpublish", "action_draft", "action_supersede"):
            self.file.write({"name": f"{withdraw}.txt", "raw": b"withdrawn"})
            document = self._document(self._click())
            document.show_history = True
            getattr(document, withdraw)()
            self.file.raw = b"instead"
            second = self._click()
            self.assertEqual((second["document"], document.current_id.number), (document.id, 2))
            self.assertFalse(document._client_version(1), "not among its earlier ones")
            self._undo(second)
            self.assertFalse(document.current_id)
            self.assertFalse(self.sees("viewer_a", document))

    def test_an_earlier_version_is_taken_back(self):
        """A click on *Undo* that comes late: what was shared since then stays, and so does the mail about it."""
        self._category().write({"told_role_ids": [(6, 0, self.roles["viewer"].ids)]})
        first = self._click()
        self.file.raw = b"other words"
        second = self._click()
        document = self._document(first)
        waiting = [("mail_message_id.model", "=", document._name), ("mail_message_id.res_id", "=", document.id)]
        self.assertTrue(self.env["mail.message.schedule"].search(waiting))
        back = self._undo(first)
        self.assertEqual((document.current_id.id, document.state), (second["version"], "published"))
        self.assertIn("Version 2 stays shown.", back["message"])
        self.assertTrue(self.env["mail.message.schedule"].search(waiting))

    def test_what_a_field_keeps_is_no_file_of_the_record(self):
        kept = self._file("kept", b"of a field")
        kept.res_field = "displayed_image_id"
        with self.assertRaises(UserError):
            self._click(kept)

    def test_news_of_a_version_that_is_taken_back(self):
        """The document stays, its new version is gone: neither the feed nor a mail speaks of it."""
        first = self._click()
        mine = [("res_model", "=", "client.document"), ("res_id", "=", first["document"])]
        feed = self.env["client.update"].with_user(self.users["viewer_a"])
        outbox = self.env["client.notification"]
        told = feed.search(mine)
        outbox._fan_out()
        self.file.raw = b"a slip"
        second = self._click()
        self.assertEqual(feed.search(mine).mapped("kind"), ["document_version", "document_published"])
        outbox._fan_out()
        self._undo(second)
        self.assertEqual(feed.search(mine), told)
        waiting = outbox.search([*[("update_id." + f, o, v) for f, o, v in mine], ("state", "=", "waiting")])
        self.assertEqual(waiting.update_id, told, "what was shared before is still told")
        self.file.raw = b"the right one"
        self._click()
        self.assertEqual(feed.search(mine).mapped("kind"), ["document_version", "document_published"])
        self.assertFalse(self._undo(second)["message"].count("shown again"))
        self.assertEqual(len(feed.search(mine)), 2, "a late undo leaves what came after")

    def test_to_be_acknowledged(self):
        """Asked by the click; after the undo about the version before, and about nothing that is not shown."""
        self._category().write({"acknowledge": True, "acknowledge_role_ids": [(6, 0, self.roles["viewer"].ids)]})
        first = self._click()
        document = self._document(first)
        reading = document._readings()
        self.assertIn(self.members["viewer_a"], reading.approver_ids.member_id)
        asked = reading.content_digest
        self.file.raw = b"a slip"
        second = self._click()
        self.assertEqual(document._readings(), reading)
        self.assertNotEqual(reading.content_digest, asked)
        self._undo(second)
        self.env.cr.precommit.run()
        self.assertEqual((document._readings(), reading.content_digest), (reading, asked))
        self.assertTrue(self.sees("viewer_a", reading))
        self._undo(first)
        self.env.cr.precommit.run()
        self.assertFalse(self.sees("viewer_a", reading))

    def test_of_no_record(self):
        """A document that belongs to the client itself is taken back all the same."""
        place = {"client_id": self.client_a.id, "client_site_id": False}
        document = self.env["client.document"]._share_at(self.file, place, self._category(), publish=True)
        self.assertEqual(document.current_id.action_take_back()["files"], {})
        self.assertEqual(document.state, "withdrawn")

    def test_who_was_quicker(self):
        answer = self._click()
        viewer, document = self.users["viewer_a"], self._document(answer)
        row = {"kind": "view", "user_id": viewer.id, "res_model": document._name, "res_id": document.id, "version": 1}
        self.env["client.access"]._append([row])
        self.assertIn(f"Before that it was opened by {viewer.name}.", self._undo(answer)["message"])

    def test_no_mail_leaves_of_what_was_taken_back(self):
        self._category().write({"told_role_ids": [(6, 0, self.roles["viewer"].ids)]})
        for taken_back in (False, True):
            answer = self._click(self._file(f"{taken_back}.txt", b"%d" % taken_back))
            self.assertFalse(self._told(answer), "it waits as long as mails about updates do")
            if taken_back:
                self._undo(answer)
            later = Datetime.now() + self.env["client.member"]._collecting() + timedelta(minutes=1)
            schedule = self.env["mail.message.schedule"]
            schedule.search([]).scheduled_datetime = Datetime.now()
            with patch.object(self.env.cr, "now", lambda later=later: later):
                schedule._send_notifications_cron()
            self.assertEqual(bool(self._told(answer)), not taken_back)

    def _told(self, answer):
        mine = [("model", "=", "client.document"), ("res_id", "=", answer["document"])]
        return self.env["mail.mail"].search(mine).filtered(lambda mail: "Shared with you" in (mail.subject or ""))

    def test_the_chatter_knows(self):
        def known(user):
            store = Store()
            task = self.task_a_one.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
            task._thread_to_store(store, [], request_list=["display_name"])
            [thread] = [t for t in store.get_result().get("mail.thread", []) if t["id"] == self.task_a_one.id]
            return thread.get("clientShared")

        answer = self._click()
        self.assertEqual(known(self.worker), {**self.before, self.file.checksum: answer["document"]})
        for stranger in (self.users["administrator_a"], new_test_user(self.env, "click_reader", "base.group_user")):
            self.assertIsNone(known(stranger), "who has no documents is offered none, and the chatter opens")


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentClickTour(ClickCase, HttpCase):
    def test_shared_and_taken_back(self):
        self.users["manager"].company_id = self.company_one
        self.users["manager"].group_ids += self.env.ref("project.group_project_user")
        self.task_a_one.message_post(body="The survey", attachment_ids=self.file.ids)
        self.start_tour(f"/odoo/project.task/{self.task_a_one.id}", "client_portal_share_file", login="manager")
        document = self.env["client.document"].search([("name", "=", "Report"), ("res_id", "=", self.task_a_one.id)])
        self.assertEqual((document.state, document.version_ids.state), ("withdrawn", "withdrawn"))
