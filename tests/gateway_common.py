"""Mail that comes in, as a mail server hands it over."""

from odoo.tools import mute_logger

from .test_doors_mail import MailCase

MAIL = """From: {sender}
To: {to}
Subject: Words from outside
Message-Id: <{number}@elsewhere.example>
{headers}Content-Type: text/plain; charset=utf-8

{text}
"""


class GatewayCase(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.alias.domain"].search([], limit=1) or cls.env["mail.alias.domain"].create({"name": "in.example"})
        cls.number = 0
        cls.task_a_one.user_ids = cls.users["manager"]
        cls.task = cls.task_a_one.with_env(cls.staff)

    def come_in(self, sender, about="", text="I am let in.", to="catchall@in.example", raw="", **headers):
        """A mail arrives.

        :param str about: Message-Id that it answers
        :param str raw: the whole mail, instead of the parts
        :param headers: further ones, with _ for -
        """
        type(self).number += 1
        lines = {"In-Reply-To": about, "References": about} if about else {}
        lines.update({name.replace("_", "-"): value for name, value in headers.items()})
        head = "".join(f"{name}: {value}\n" for name, value in lines.items())
        text = raw or MAIL.format(sender=sender, to=to, number=f"gateway-{self.number}", headers=head, text=text)
        with self.mock_mail_gateway(), mute_logger("odoo.addons.mail.models.mail_thread"):
            return self.env["mail.thread"].with_context(mail_channel_nosubscribe=True).message_process(None, text)

    def ask(self, record=None, *actors):
        """A message of staff, which went to some actors."""
        record = self.task if record is None else record.with_env(self.staff)
        message = record.message_post(
            body="Asked",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=[self.person(actor).id for actor in actors],
        )
        self.env.flush_all()
        return message

    def answer(self, sender, record=None, to=(), **kwargs):
        """What becomes of a reply to a message on ``record``: (the new messages, what is held)."""
        asked = self.ask(record, *to)
        thread = self.env[asked.model].browse(asked.res_id)
        before, held = thread.message_ids, self.env["client.held"].search([])
        self.come_in(sender, asked.message_id, **kwargs)
        thread.invalidate_recordset()
        return thread.message_ids - before, self.env["client.held"].search([]) - held
