import re

from odoo import api, models
from odoo.tools import email_normalize_all

from .mail_thread import KEYS

ADDRESS = re.compile(r"(?:https?://|/)[^\s\"'<>]+")
_KEY = re.compile(rf"(?<=[?&;])(?:{'|'.join(KEYS)})=[^&#\s\"'<>]*(?:&amp;|&)?")


def without_keys(text):
    """``text`` (HTML or plain) with the keys taken out of its addresses.

    Links to stop following hold a signature for staff alone, and stay.
    """

    def clean(match):
        url = match.group()
        return url if "/mail/unfollow" in url else _KEY.sub("", url).rstrip("?&")

    return ADDRESS.sub(clean, text)


class MailMail(models.Model):
    """The last line: whatever wrote a mail about a client's record, it carries no key, and
    one that was addressed by no person reaches only who may see the record.
    """

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        if not self.env.context.get("client_chosen_recipients"):
            for mail in mails.filtered(lambda m: not m.is_notification):  # those were filtered before
                mail._client_drop_outsiders()
        return mails

    def _client_drop_outsiders(self):
        """Take out addresses of a directly written mail that may not see its record."""
        if not self.env["client.door"]._guards(self.model, self.res_id):
            return
        record = self.env[self.model].browse(self.res_id)
        typed = email_normalize_all(f"{self.email_to or ''},{self.email_cc or ''}")
        Partner = self.env["res.partner"].sudo()  # whose addresses these are
        known = Partner.search([("email_normalized", "in", typed)]) if typed else Partner
        inside = self.env["client.door"]._partners_addressed(record, (self.recipient_ids | known).ids)
        allowed = set(known.filtered(lambda p: p.id in inside).mapped("email_normalized"))
        dropped = [
            *self.recipient_ids.filtered(lambda p: p.id not in inside).mapped("name"),
            *(email for email in typed if email not in allowed),
        ]
        if not dropped:
            return
        self.write(
            {
                "recipient_ids": [(6, 0, [p.id for p in self.recipient_ids if p.id in inside])],
                "email_to": ",".join(e for e in email_normalize_all(self.email_to or "") if e in allowed),
                "email_cc": ",".join(e for e in email_normalize_all(self.email_cc or "") if e in allowed),
            }
        )
        if not (self.recipient_ids or self.email_to or self.email_cc):
            self.state = "cancel"
        record._client_log_unsent(dropped)

    def _prepare_outgoing_list(self, *args, **kwargs):
        results = super()._prepare_outgoing_list(*args, **kwargs)
        if self.env["client.door"]._guards(self.model, self.res_id):
            for values in results:
                values["body"] = without_keys(values["body"])
                values["body_alternative"] = without_keys(values["body_alternative"])
        return results
