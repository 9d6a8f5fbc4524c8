"""What is said: read where the record is seen, written with a role, never rewritten, never internal."""

from odoo.tests import tagged

from .doors_common import OUTSIDERS, DoorsCase

CLOSED_FIELDS = (
    "email_from",
    "reply_to",
    "partner_ids",
    "notified_partner_ids",
    "notification_ids",
    "tracking_value_ids",
    "subject",
    "record_name",
    "incoming_email_to",
    "outgoing_email_to",
    "message_id",
    "mail_server_id",
    "starred_partner_ids",
)


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsMessages(DoorsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.users["requester_a"]
        cls.stock_user = cls.users["stock"]

    def of_staff(self, record, user, **values):
        """A comment of staff that the user was notified of."""
        message = self.say(record, **values)
        self.env["mail.notification"].create({"mail_message_id": message.id, "res_partner_id": user.partner_id.id})
        self.env.flush_all()
        return message

    def test_hole_3_rewriting_messages_of_staff(self):
        message = self.of_staff(self.task_stock, self.stock_user)
        self.assertIn(
            "result", self.call("stock", "mail.message", "write", message.ids, {"body": "Forged"}), "stock does"
        )
        self.assertIn("Forged", message.body)
        message = self.of_staff(self.task_a_one, self.member)
        for method, args in (
            ("write", [message.ids, {"body": "Forged"}]),
            ("unlink", [message.ids]),
            ("create", [[{"body": "Forged", "model": "project.task", "res_id": self.task_a_one.id}]]),
        ):
            with self.subTest(method=method):
                self.assertIn("error", self.call("requester_a", "mail.message", method, *args))
        for actor in ("requester_a", *OUTSIDERS):
            reply = self.rpc(
                actor, "/mail/message/update_content", message_id=message.id, update_data={"body": "Forged"}
            )
            self.assertIn("error", reply, actor)
        self.assertIn("Said to all", message.body)

    def test_hole_4_hiding_comments_of_staff(self):
        message = self.of_staff(self.task_stock, self.stock_user)
        self.assertTrue(
            self.rpc("stock", "/mail/update_is_internal", message_id=message.id, is_internal=True)["result"]
        )
        message = self.of_staff(self.task_a_one, self.member)
        for actor in ("requester_a", "administrator_a", *OUTSIDERS):
            reply = self.rpc(actor, "/mail/update_is_internal", message_id=message.id, is_internal=True)
            self.assertIn("error", reply, actor)
        self.assertFalse(message.is_internal)

    def test_hole_5_internal_notes_by_id(self):
        note = {"message_type": "notification", "subtype": "mail.mt_note", "body": "Inside only"}
        known = self.of_staff(self.task_stock, self.stock_user, **note)
        self.assertIn("Inside only", str(self.call("stock", "mail.message", "read", known.ids, ["body"])), "stock does")
        for values in (note, {**note, "message_type": "comment"}, {"is_internal": True, "body": "Inside only"}):
            message = self.of_staff(self.task_a_one, self.member, **values)
            for call in (
                ("read", message.ids, ["body"]),
                ("search_read", [("id", "=", message.id)], ["body"]),
                ("web_read", message.ids, {"body": {}}),
                ("export_data", message.ids, ["body"]),
            ):
                with self.subTest(call=call[0], values=values):
                    self.assertNotIn("Inside", str(self.call("requester_a", "mail.message", *call)))
            where = {"thread_model": "project.task", "thread_id": self.task_a_one.id}
            for route in ("/mail/chatter_fetch", "/mail/thread/messages", "/portal/chatter_init"):
                self.assertNotIn("Inside", str(self.rpc("requester_a", route, **where)), route)
            reply = self.rpc("requester_a", "/mail/message/reaction", message_id=message.id, content="x", action="add")
            self.assertIn("error", reply, "a note cannot be reacted to")

    def test_hole_15_posting_as_internal_or_in_another_name(self):
        stock, mine = self.task_stock, self.task_a_one
        data = {
            "body": "Hello",
            "subtype_xmlid": "mail.mt_note",
            "message_type": "notification",
            "author_id": self.client_a.id,
            "partner_ids": self.users["manager"].partner_id.ids,
        }
        self.rpc("stock", "/mail/message/post", thread_model="project.task", thread_id=stock.id, post_data=data)
        self.assertEqual(stock.message_ids[0].subtype_id, self.env.ref("mail.mt_note"), "stock does")
        reply = self.rpc(
            "requester_a", "/mail/message/post", thread_model="project.task", thread_id=mine.id, post_data=data
        )
        message = self.env["mail.message"].browse(reply["result"]["message_id"])
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertEqual((message.message_type, message.author_id), ("comment", self.member.partner_id))
        self.assertFalse(message.partner_ids)

    def test_hole_15_anonymous_posting_as_the_customer(self):
        for order, expected in ((self.order_stock, self.no_client), (self.order_a_sent, None)):
            before = order.message_ids
            self.rpc(
                "public",
                "/mail/message/post",
                thread_model="sale.order",
                thread_id=order.id,
                post_data={"body": "I agree"},
                token=self.key(order),
            )
            self.assertEqual((order.message_ids - before).author_id, expected or self.no_client.browse())

    def test_members_talk(self):
        """Odoo's chatter goes on working: read, write, answer a file, react, correct oneself."""
        task = self.task_a_one
        self.say(task, "From staff")
        where = {"thread_model": "project.task", "thread_id": task.id}
        self.assertIn("hasReadAccess", str(self.rpc("requester_a", "/portal/chatter_init", **where)["result"]))
        posted = self.rpc("requester_a", "/mail/message/post", post_data={"body": "From us"}, **where)["result"]
        read = self.rpc("viewer_a", "/mail/chatter_fetch", **where)["result"]
        self.assertEqual(len(read["messages"]), 2)
        self.assertIn("Mara", str(read))
        self.assertNotIn("SECRET", str(read) + str(posted))
        change = {"message_id": posted["message_id"], "update_data": {"body": "From all of us"}}
        self.assertIn("result", self.rpc("requester_a", "/mail/message/update_content", **change))
        self.assertIn("error", self.rpc("administrator_a", "/mail/message/update_content", **change))
        like = {"message_id": posted["message_id"], "content": "👍", "action": "add"}
        self.assertIn("result", self.rpc("administrator_a", "/mail/message/reaction", **like))
        self.assertIn("error", self.rpc("viewer_a", "/mail/message/reaction", **like), "no role to comment")
        self.assertIn("error", self.rpc("viewer_a", "/mail/message/post", post_data={"body": "I"}, **where))
        search = self.rpc(
            "viewer_a", "/mail/chatter_fetch", fetch_params={"search_term": "staff", "limit": 10**9}, **where
        )
        self.assertEqual(search["result"]["count"], 1)
        page = self.get("viewer_a", f"/my/jobs/{task.id}")
        self.assertEqual(page.status_code, 200)

    def test_fields_of_a_message(self):
        message = self.of_staff(
            self.task_a_one, self.member, email_from="SECRET.m@example.com", subject="SECRET subject"
        )
        known = self.of_staff(self.task_stock, self.stock_user, email_from="SECRET.m@example.com")
        self.assertIn(
            "SECRET", str(self.call("stock", "mail.message", "read", known.ids, ["email_from"])), "stock does"
        )
        for name in CLOSED_FIELDS:
            with self.subTest(field=name):
                self.assertIn("error", self.call("requester_a", "mail.message", "read", message.ids, [name]))
        row = self.call(
            "requester_a", "mail.message", "read", message.ids, ["body", "author_id", "date", "display_name"]
        )
        self.assertIn("Mara", str(row["result"]))
        self.assertNotIn("SECRET", str(row))

    def test_addresses_members_do_not_need_are_closed(self):
        """Followers, recipients, suggested addresses, files of a thread, other people's mail."""
        task = self.task_a_one
        task.message_subscribe(self.users["manager"].partner_id.ids)
        where = {"thread_model": "project.task", "thread_id": task.id}
        lookup = {**where, "emails": ["administrator_b@example.com"]}
        stock = self.rpc("stock", "/mail/partner/from_email", **{**lookup, "thread_id": self.task_stock.id})
        self.assertIn("result", stock, "stock looks people up by their e-mail")
        for route, params in (
            ("/mail/partner/from_email", lookup),
            ("/mail/thread/recipients", where),
            ("/mail/thread/messages", where),
            ("/mail/thread/recipients/get_suggested_recipients", where),
            ("/mail/inbox/messages", {}),
            ("/mail/history/messages", {}),
            ("/mail/starred/messages", {}),
            ("/discuss/search", {"term": "a"}),
            (
                "/mail/thread/subscribe",
                {"res_model": "project.task", "res_id": task.id, "partner_ids": self.client_b.ids},
            ),
        ):
            with self.subTest(route=route):
                self.assertEqual(self.rpc("requester_a", route, **params)["error"]["code"], 404)
        asked = [
            [
                "mail.thread",
                {**where, "request_list": ["followers", "attachments", "suggestedRecipients", "activities"]},
            ],
            "init_messaging",
            "failures",
        ]
        for route in ("/mail/data", "/mail/action"):
            answer = str(self.rpc("requester_a", route, fetch_params=asked)["result"])
            self.assertNotIn("SECRET", answer)
            self.assertNotIn("mail.followers", answer)

    def test_the_chatter_shows_why_an_upload_was_refused(self):
        """Our patch travels in the bundle that pages with a conversation load."""
        parts = self.get("viewer_a", "/web/bundle/portal.assets_chatter").json()
        script = next(part["src"] for part in parts if part["type"] == "script" and part.get("src"))
        text = self.get("viewer_a", script).text
        self.assertIn("@client_portal/chatter/upload_error", text)
        self.assertIn("@mail/core/common/attachment_upload_service", text)
