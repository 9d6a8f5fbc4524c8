"""Changing what was said: one's own, for a while, and staff keep the former words."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ClientPortalCommon

NOW = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install", "client_portal")
class TestMessageEdit(ClientPortalCommon):
    def say(self, actor, **values):
        with freeze_time(NOW):
            message = (
                self.task_a_one.with_user(self.users[actor])
                .sudo()
                .message_post(body="The first words", message_type="comment", subtype_xmlid="mail.mt_comment", **values)
            )
            message.write({"author_id": self.users[actor].partner_id.id})
            self.env.cr.execute("UPDATE mail_message SET create_date = %s WHERE id = %s", (NOW, message.id))
            message.invalidate_recordset()
        return message

    def change(self, actor, message, minutes=1, **values):
        """As the route does once it has found the message."""
        task = self.task_a_one.with_env(self.as_user(actor))
        with freeze_time(NOW + timedelta(minutes=minutes)):
            task._message_update_content(message.with_env(task.env).sudo(), **{"body": "Other words", **values})

    def notes(self):
        return "".join(
            self.task_a_one.message_ids.filtered(lambda m: m.subtype_id == self.env.ref("mail.mt_note")).mapped("body")
        )

    def test_window(self):
        parameter = self.env["ir.config_parameter"].sudo()
        for setting, minutes, may in (
            (None, 14, True),
            (None, 16, False),
            ("60", 59, True),
            ("0", 1, False),
            ("x", 14, True),
        ):
            parameter.set_param("client_portal.edit_minutes", setting or False)
            message = self.say("requester_a")
            with self.subTest(setting=setting, minutes=minutes):
                if may:
                    self.change("requester_a", message, minutes)
                    self.assertIn("Other words", message.body)
                else:
                    with self.assertRaises(UserError):
                        self.change("requester_a", message, minutes)
                    self.assertIn("The first words", message.body)

    def test_only_ones_own(self):
        for author in ("manager", "administrator_a"):
            with self.subTest(author=author), self.assertRaises(UserError):
                self.change("requester_a", self.say(author))

    def test_staff_keep_what_was_said(self):
        message = self.say("requester_a")
        self.change("requester_a", message)
        self.assertIn("The first words", self.notes())
        self.assertNotIn("Other words", self.notes())
        note = self.task_a_one.message_ids.filtered(lambda m: "The first words" in (m.body or ""))[:1]
        self.assertFalse(note.with_env(self.as_user("requester_a")).has_access("read"), "only staff")

    def test_removed_words_and_files_stay_with_staff(self):
        file = self.env["ir.attachment"].create(
            {"name": "plan.txt", "raw": b"plan", "res_model": "project.task", "res_id": self.task_a_one.id}
        )
        message = self.say("requester_a", attachment_ids=file.ids)
        self.change("requester_a", message, body="", attachment_ids=[])
        self.assertTrue(file.exists())
        self.assertFalse(message.attachment_ids)
        self.assertIn("The first words", self.notes())
        self.assertFalse(file.with_env(self.as_user("requester_a")).has_access("read"))

    def test_staff_change_theirs_with_a_trace_and_notes_without(self):
        message = self.say("manager")
        self.change("manager", message, minutes=600)
        self.assertIn("The first words", self.notes())
        note = self.say("manager", subtype_id=self.env.ref("mail.mt_note").id)
        note.subtype_id = self.env.ref("mail.mt_note")
        before = len(self.task_a_one.message_ids)
        self.change("manager", note)
        self.assertEqual(len(self.task_a_one.message_ids), before)
