"""What became of mails about updates: gone out, refused at once, or come back later."""

from odoo import api, fields, models
from odoo.tools import email_normalize

BOUNCES = 3  # mails in a row that come back before the address is given up
_LOST = ("mail_email_invalid", "mail_email_missing", "mail_from_invalid", "mail_from_missing")


class MailMail(models.Model):
    _inherit = "mail.mail"

    def send(self, *args, **kwargs):
        """What waited in the mail queue is asked about once more: access may have ended meanwhile."""
        return super(MailMail, self - self._client_recalled()).send(*args, **kwargs)

    def _client_recalled(self):
        """Take back mails about updates of which their reader may not see everything any more.

        What they may still see comes in another mail.

        :return: the mails, cancelled
        """
        outbox = self.env["client.notification"].sudo()  # reason: the mailer's
        rows = outbox.search([("mail_mail_id", "in", self.ids), ("state", "=", "queued")])
        back = self.browse()
        for mail, part in rows.grouped("mail_mail_id").items():
            if part - part._seen_by(part.member_id):
                back |= mail.with_env(self.env)
                part.write({"state": "waiting", "mail_mail_id": False, "message_id": False})
        if back:
            back.write({"state": "cancel"})
            outbox._plan()
        return back

    def _postprocess_sent_message(self, *args, failure_reason=False, failure_type=None, **kwargs):
        rows = self.env["client.notification"].sudo().search([("mail_mail_id", "in", self.ids)])  # reason: the mailer's
        if rows:
            rows._went(failure_type, failure_reason)
        return super()._postprocess_sent_message(
            *args, failure_reason=failure_reason, failure_type=failure_type, **kwargs
        )


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        result = super()._routing_handle_bounce(email_message, message_dict)
        ids = message_dict.get("bounced_msg_ids") or []
        outbox = self.env["client.notification"].sudo()  # reason: the gateway's
        if ids:
            outbox.search([("message_id", "in", ids)])._came_back(message_dict.get("subject") or "")
        return result


class ClientNotification(models.Model):
    _inherit = "client.notification"

    def _went(self, failure_type, failure):
        """The mail server took the mail, or did not.

        :param str failure_type: see mail.mail; a server that cannot be reached is tried again
        """
        if not failure_type:
            self.write({"state": "sent", "sent_on": fields.Datetime.now(), "failure": False})
            return
        words = str(failure or failure_type)
        if failure_type in _LOST:
            self._came_back(words)
        else:
            self.mail_mail_id.state = "cancel"  # the next try is another mail
            self._again(words)

    def _came_back(self, failure):
        """Note it; an address that keeps sending mails back is a matter for a person."""
        self.write({"state": "bounced", "failure": failure[:500]})
        for member in self.member_id:
            member._client_bounced()


class ClientMember(models.Model):
    _inherit = "client.member"

    def _client_bounces(self):
        """Whether mails to the member's present address are given up."""
        return bool(self.bounced_email) and self.bounced_email == email_normalize(self.email or "")

    def _client_bounced(self):
        """Give the address up after the last few mails came back, and ask staff to find another."""
        outbox = self.env["client.notification"]
        mailed = [("member_id", "=", self.id), ("message_id", "!=", False), ("email", "=", self.email)]
        rows = outbox.search([*mailed, ("state", "in", ("sent", "bounced"))], limit=200)
        last = list(rows.grouped("message_id").values())[:BOUNCES]
        back = [mail for mail in last if set(mail.mapped("state")) == {"bounced"}]
        if self._client_bounces() or len(back) < BOUNCES:
            return
        self.bounced_email = email_normalize(self.email or "")
        client = self.client_id
        responsible = client.user_id or self._client_sender_company(client).client_contact_user_id
        if responsible:
            client.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=responsible.id,
                summary=self.env._("Mails to %s come back", self.user_id.name),
                note=self.env._(
                    "The last mails to %(email)s came back, so none about updates are sent to it any more. Please ask"
                    " for another address.",
                    email=self.email,
                ),
            )
