"""Files: the ones that came with a message one reads, and no others, whatever key is shown."""

from odoo.tests import tagged

from .doors_common import OUTSIDERS, PNG, DoorsCase


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsFiles(DoorsCase):
    def addresses(self, attachment):
        """Every way stock knows to ask for the bytes of a file, with its keys."""
        token, raw = attachment.access_token, attachment._get_raw_access_token()
        return [
            f"/web/content/{attachment.id}",
            f"/web/content/{attachment.id}?access_token={token}",
            f"/web/content/{attachment.id}?access_token={raw}",
            f"/web/content/ir.attachment/{attachment.id}/raw?access_token={token}",
            f"/web/image/{attachment.id}?access_token={token}",
            f"/web/image/{attachment.id}?access_token={raw}",
            f"/mail/attachment/pdf_first_page/{attachment.id}?access_token={attachment._get_ownership_token()}",
        ]

    def gets(self, actor, path):
        """Whether the answer holds the file (stock shows a placeholder for missing pictures)."""
        reply = self.get(actor, path)
        return reply.status_code == 200 and (
            reply.content == PNG or "plan.png" in reply.headers.get("Content-Disposition", "")
        )

    def test_hole_6_what_staff_drop_on_a_task(self):
        stock, mine = self.file(self.task_stock), self.file(self.task_a_one)
        self.assertIn(
            stock.access_token, self.get("stock", f"/my/tasks/{self.task_stock.id}").text, "stock lists it with a key"
        )
        for actor in ("viewer_a", "administrator_a"):
            page = self.get(actor, f"/my/jobs/{self.task_a_one.id}")
            self.assertEqual(page.status_code, 200)
            for trace in (mine.access_token, f"/web/content/{mine.id}", f"/web/image/{mine.id}"):
                self.assertNotIn(trace, page.text)
            where = {"thread_model": "project.task", "thread_id": self.task_a_one.id}
            self.assertNotIn("plan.png", str(self.rpc(actor, "/mail/chatter_fetch", **where)))
            self.assertNotIn(
                "plan.png",
                str(
                    self.rpc(
                        actor, "/mail/data", fetch_params=[["mail.thread", {**where, "request_list": ["attachments"]}]]
                    )
                ),
            )

    def test_keys_of_files(self):
        """Dropped on a record, sent with a note, sent with a comment on a hidden job: closed to everybody outside."""
        stock = self.file(self.task_stock)
        for path in self.addresses(stock)[1:4]:
            self.assertTrue(self.gets("public", path), "stock opens by key")
        note = self.file(self.task_a_one)
        self.say(self.task_a_one, subtype="mail.mt_note", attachment_ids=[(4, note.id)])
        hidden = self.file(self.task_a_unpublished)
        self.say(self.task_a_unpublished, attachment_ids=[(4, hidden.id)])
        for attachment in (self.file(self.task_a_one), self.file(self.invoice_a_one), note, hidden):
            for actor in ("requester_a", "administrator_a", *OUTSIDERS):
                for path in self.addresses(attachment):
                    with self.subTest(file=attachment.res_model, actor=actor, path=path.split("?")[0]):
                        self.assertFalse(self.gets(actor, path))

    def test_files_of_a_comment_go_to_who_reads_it(self):
        file = self.file(self.task_a_one)
        self.say(self.task_a_one, attachment_ids=[(4, file.id)])
        for path in self.addresses(file)[:4]:
            for actor in ("viewer_a", "site_viewer_a", "both"):
                with self.subTest(actor=actor, path=path):
                    self.assertTrue(self.gets(actor, path))
            for actor in ("billing_a", *OUTSIDERS):
                with self.subTest(actor=actor, path=path):
                    self.assertFalse(self.gets(actor, path))
        self.task_a_one.action_client_unpublish()
        self.env.flush_all()
        self.assertFalse(self.gets("viewer_a", self.addresses(file)[0]), "unpublished")

    def test_staff_keep_their_files(self):
        self.users["manager"].group_ids += self.env.ref("project.group_project_manager")
        self.assertTrue(self.gets("manager", self.addresses(self.file(self.task_a_unpublished))[0]))

    def test_a_posted_file_stays(self):
        """Taken back before sending, not after; nobody else's at all."""
        uploaded = self.upload("requester_a", self.task_a_one, "plan.png", PNG).json()["data"]
        file = self.env["ir.attachment"].browse(uploaded["attachment_id"])
        key = file._get_ownership_token()
        self.assertIn("error", self.rpc("requester_a", "/mail/attachment/delete", attachment_id=file.id))
        where = {"thread_model": "project.task", "thread_id": self.task_a_one.id}
        data = {"body": "See", "attachment_ids": file.ids, "attachment_tokens": [key]}
        self.assertIn("result", self.rpc("requester_a", "/mail/message/post", post_data=data, **where))
        self.assertTrue(self.gets("viewer_a", self.addresses(file)[0]))
        for actor in ("requester_a", "public", "stock"):
            self.assertIn("error", self.rpc(actor, "/mail/attachment/delete", attachment_id=file.id, access_token=key))
            self.assertIn(
                "error", self.rpc(actor, "/mail/attachment/update_thumbnail", attachment_id=file.id, access_token=key)
            )
        self.assertTrue(file.exists())
        second = self.upload("requester_a", self.task_a_one, "other.png", PNG).json()["data"]["attachment_id"]
        second = self.env["ir.attachment"].browse(second)
        args = {"attachment_id": second.id, "access_token": second._get_ownership_token()}
        self.assertNotIn("error", self.rpc("requester_a", "/mail/attachment/delete", **args))
        self.assertFalse(second.exists())

    def test_a_file_of_staff_is_not_taken_along(self):
        """Naming another file's id in a message attaches nothing."""
        file = self.file(self.task_b_one)
        data = {"body": "Mine", "attachment_ids": file.ids, "attachment_tokens": ["junk"]}
        where = {"thread_model": "project.task", "thread_id": self.task_a_one.id}
        self.rpc("requester_a", "/mail/message/post", post_data=data, **where)
        self.assertEqual((file.res_model, file.res_id), ("project.task", self.task_b_one.id))
        self.assertFalse(self.gets("requester_a", self.addresses(file)[0]))

    def test_pictures(self):
        """The face of staff beside their words; no picture of a record one does not see."""
        message = self.say(self.task_a_one)
        self.assertEqual(
            self.get("viewer_a", f"/web/image/mail.message/{message.id}/author_avatar/50x50").status_code, 200
        )
        zipped = self.get("requester_a", "/mail/attachment/zip")
        self.assertGreaterEqual(zipped.status_code, 400)
