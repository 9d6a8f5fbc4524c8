"""Replies by mail: a member's counts as the member's, everything else waits for staff or goes nowhere."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .gateway_common import GatewayCase

PLACES = ("task_a_one", "project_a_one", "order_a_sent", "invoice_a_one")
# sender -> why it is held; nothing: it is a message
SENDERS = {
    "requester_a": "",
    "administrator_a": "",
    "viewer_a": "role",
    "administrator_b": "stranger",
    "revoked": "gone",
    "suspended": "gone",
    "stock": "stranger",
    "nobody": "stranger",
}
SERVER = "mx.oakline.example"
# what the server says of a mail from requester_a@example.com -> whether it is held
VERDICTS = {
    "dmarc=pass header.from=example.com": False,
    "dmarc=fail header.from=example.com": True,
    "spf=pass smtp.mailfrom=requester_a@example.com": False,
    "dkim=pass header.d=mail.example.com; spf=fail smtp.mailfrom=relay.example": False,
    "spf=fail smtp.mailfrom=requester_a@example.com": True,
    "spf=pass smtp.mailfrom=elsewhere.example; dkim=fail header.d=example.com": True,
    "dmarc=none; spf=softfail smtp.mailfrom=elsewhere.example": True,
    "spf=none; dkim=none": False,
}
BOUNCE = """From: MAILER-DAEMON@elsewhere.example
To: bounce@in.example
Subject: Undelivered Mail Returned to Sender
Message-Id: <bounce@elsewhere.example>
In-Reply-To: {about}
References: {about}
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Nobody lives here.
--b
Content-Type: message/rfc822

Message-Id: {about}
Subject: Asked

--b--
"""
WITH_FILES = """From: requester_a@example.com
To: catchall@in.example
Subject: Files
Message-Id: <files@elsewhere.example>
In-Reply-To: {about}
References: {about}
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html

<p>New words</p><blockquote type="cite"><p>What you wrote before</p></blockquote>
--b
Content-Type: text/plain; name="notes.txt"
Content-Disposition: attachment; filename="notes.txt"

Measured twice.
--b
Content-Type: application/octet-stream; name="run.exe"
Content-Disposition: attachment; filename="run.exe"
Content-Transfer-Encoding: base64

TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAA=
--b--
"""


@tagged("post_install", "-at_install", "client_portal")
class TestGateway(GatewayCase):
    def test_who_is_heard_and_who_is_held(self):
        for sender, reason in SENDERS.items():
            with self.subTest(sender=sender):
                message, held = self.answer(f"{sender}@example.com")
                self.assertIn("I am let in", message.body, "staff read it in any case")
                self.assertEqual(bool(message.is_internal), bool(reason))
                self.assertEqual((held.reason or "", held.message_id), (reason, message if reason else held.message_id))

    def test_a_reply_is_the_members_everywhere(self):
        for place in PLACES:
            with self.subTest(place=place):
                record = self.records[place]
                message, held = self.answer("administrator_a@example.com", record)
                self.assertFalse(held)
                self.assertEqual(message.author_id, self.person("administrator_a"))
                self.assertTrue(record.client_wrote_on, "the clock runs")
                self.assertTrue(message.with_env(self.as_user("administrator_a")).has_access("read"))

    def test_an_address_on_two_contacts_is_still_the_members(self):
        self.env["res.partner"].create({"name": "Twin", "email": "requester_a@example.com"}).copy()
        message, held = self.answer("Requester <REQUESTER_A@example.com>")
        self.assertFalse(held)
        self.assertEqual(message.author_id, self.person("requester_a"))

    def test_an_address_on_a_members_card_is_still_staffs_and_whose_login_it_is(self):
        self.person("administrator_a").email = "mara@oakline.example"
        message, held = self.answer("mara@oakline.example")
        self.assertEqual((message.author_id, held.mapped("reason")), (self.users["manager"].partner_id, []))
        self.users["requester_a"].login = "requester_a@example.com"
        self.person("administrator_a").email = "requester_a@example.com"
        message, _held = self.answer("requester_a@example.com")
        self.assertEqual(message.author_id, self.person("requester_a"))

    def test_staff_are_asked_and_accept(self):
        message, held = self.answer("ann@private.example", to=("requester_a",))
        task = self.task_a_one
        self.assertFalse(task.client_wrote_on, "no clock")
        todo = task.activity_search(["client_portal.mail_activity_held"])
        self.assertIn(f"/{held.id}", todo.note)
        self.assertEqual(held.member_id, self.members["requester_a"], "the only one who got it")
        with self.mock_mail_gateway():
            held.with_env(self.staff).action_client_accept()
        message.invalidate_recordset()
        self.assertEqual((message.author_id, message.is_internal), (self.person("requester_a"), False))
        self.assertTrue(task.client_wrote_on)
        self.assertFalse(todo.exists())
        self.assertTrue(message.with_env(self.as_user("viewer_a")).has_access("read"))
        with self.assertRaises(UserError):
            held.with_env(self.staff).action_client_discard()

    def test_discarded_stays_a_note(self):
        message, held = self.answer("ann@private.example")
        _other, waits = self.answer("ben@private.example")
        held.with_env(self.staff).action_client_discard()
        todo = self.task_a_one.activity_search(["client_portal.mail_activity_held"])
        self.assertEqual(todo, waits.activity_id, "what is decided asks nobody any more, the other one still does")
        self.assertIn(f"/{waits.id}", todo.note)
        self.assertEqual((held.state, held.decided_by_id), ("discarded", self.users["manager"]))
        self.assertTrue(message.is_internal)
        self.assertFalse(self.task_a_one.client_wrote_on)

    def test_accepting_takes_a_member_who_may_write_there(self):
        _message, held = self.answer("ann@private.example")
        held = held.with_env(self.staff)
        with self.assertRaises(UserError):
            held.action_client_accept()
        held.member_id = self.members["viewer_a"]
        with self.assertRaises(UserError):
            held.action_client_accept()

    def test_nothing_else_of_what_is_held_can_be_written(self):
        message, held = self.answer("ann@private.example")
        note = self.task.message_post(body="Inside")
        for vals in ({"message_id": note.id}, {"state": "accepted"}, {"res_id": self.task_b_one.id}):
            with self.assertRaises(AccessError):
                held.with_env(self.staff).write(vals)
        for actor in ("staff", "requester_a", "administrator_a"):
            for act in ("action_client_accept", "action_client_discard"):
                with self.subTest(actor=actor, act=act), self.refused():
                    getattr(held.with_env(self.as_user(actor)), act)()
        self.assertTrue(message.is_internal)

    def test_a_forged_sender(self):
        """Without the id of a message they were sent, nobody speaks for a member or for staff."""
        domain = self.env["mail.alias.domain"].search([], limit=1)
        self.env["mail.alias"].create(
            {
                "alias_name": "one-job",
                "alias_model_id": self.env["ir.model"]._get_id("project.task"),
                "alias_force_thread_id": self.task.id,
                "alias_contact": "everyone",
                "alias_domain_id": domain.id,
            }
        )
        before = self.task.message_ids
        for sender in ("requester_a@example.com", "mara@oakline.example"):
            self.come_in(sender, to=f"one-job@{domain.name}")
        self.task.invalidate_recordset()
        forged = self.task.message_ids - before
        self.assertEqual(forged.mapped("is_internal"), [True, True])
        self.assertEqual(set(self.env["client.held"].search([]).mapped("reason")), {"unasked"})

    def test_several_senders(self):
        """Odoo would take the first for the author, others the last."""
        member = "requester_a@example.com"
        for sender, reason in (
            (f"{member}, ann@private.example", ["unproven"]),
            (f"ann@private.example, {member}", ["unproven"]),
            (f"{member}\nFrom: ann@private.example", ["unproven"]),
            (f'"{member}" <ann@private.example>', ["stranger"]),
            (f'"{member}" <{member}>', []),
            (f'"Doe, Ann" <{member.upper()}>', []),
        ):
            with self.subTest(sender=sender):
                message, held = self.answer(sender)
                self.assertEqual((held.mapped("reason"), bool(message.is_internal)), (reason, bool(reason)))

    def test_what_our_mail_server_says(self):
        parameter = self.env["ir.config_parameter"].sudo()
        parameter.set_param("client_portal.mail_server_name", SERVER)
        for verdict, held in VERDICTS.items():
            with self.subTest(verdict=verdict):
                for server, expected in ((SERVER, held), ("mx.forger.example", False)):
                    header = {"Authentication_Results": f"{server}; {verdict}"}
                    _message, found = self.answer("requester_a@example.com", **header)
                    self.assertEqual(found.mapped("reason"), ["unproven"] if expected else [])
        parameter.set_param("client_portal.mail_server_name", "")
        header = {"Authentication_Results": f"{SERVER}; dmarc=fail"}
        self.assertFalse(self.answer("requester_a@example.com", **header)[1], "not asked for")

    def test_automatic_replies_are_nobodys_words(self):
        for header in (
            {"Auto_Submitted": "auto-replied"},
            {"Auto_Submitted": "auto-generated"},
            {"X_Autoreply": "yes"},
            {"Precedence": "auto_reply"},
        ):
            with self.subTest(header=header):
                message, held = self.answer("requester_a@example.com", **header)
                self.assertFalse(message or held)
        self.assertFalse(self.task_a_one.client_wrote_on)
        self.assertTrue(self.answer("requester_a@example.com", Auto_Submitted="no")[0])

    def test_a_bounce_is_posted_nowhere(self):
        asked = self.ask()
        before = self.task.message_ids
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.come_in("", raw=BOUNCE.format(about=asked.message_id))
        self.task.invalidate_recordset()
        self.assertEqual(self.task.message_ids, before)
        self.assertFalse(self.task_a_one.client_wrote_on)

    def test_files_and_quoted_words(self):
        asked = self.ask()
        before = self.task.message_ids
        self.come_in("", raw=WITH_FILES.format(about=asked.message_id))
        self.task.invalidate_recordset()
        message = self.task.message_ids - before
        self.assertEqual(message.attachment_ids.mapped("name"), ["notes.txt"])
        self.assertIn("run.exe", message.body, "the writer reads why")
        self.assertIn("data-o-mail-quote", message.body, "Odoo folds what is quoted")

    def test_files_of_a_held_reply_are_checked_when_it_is_accepted(self):
        asked = self.ask(None, "requester_a")
        raw = WITH_FILES.replace(WITH_FILES.splitlines()[0], "From: ann@private.example", 1)
        self.come_in("", raw=raw.format(about=asked.message_id))
        held = self.env["client.held"].search([], limit=1)
        self.assertEqual(len(held.attachment_ids), 2, "staff see all that came")
        with self.mock_mail_gateway():
            held.with_env(self.staff).action_client_accept()
        message = held.message_id
        self.assertEqual(message.attachment_ids.mapped("name"), ["notes.txt"])
        self.assertIn("run.exe", message.body)
        kept = self.env["ir.attachment"].search([("res_model", "=", "project.task"), ("name", "=", "run.exe")])
        self.assertEqual(kept.res_id, self.task.id, "with staff, on the record")
        self.assertFalse(kept.with_env(self.as_user("requester_a")).has_access("read"))
