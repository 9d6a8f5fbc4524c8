"""Changing and removing what was said: one's own, for a short time, and staff keep the former words."""

from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

EDIT_MINUTES = 15
_PARAMETER = "client_portal.edit_minutes"


class EditTooLate(UserError):
    """The time in which a message may be changed is over."""

    http_status = 409


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model
    def _client_edit_minutes(self):
        """For how many minutes members may change what they wrote; 0: not at all."""
        parameter = self.env["ir.config_parameter"].sudo()  # a number of our own
        try:
            return max(int(parameter.get_param(_PARAMETER, EDIT_MINUTES)), 0)
        except ValueError:
            return EDIT_MINUTES

    def _client_editable(self):
        """Whether the current user wrote this a short time ago."""
        self.ensure_one()
        message = self.sudo()  # its author and when it was posted
        young = fields.Datetime.now() - message.create_date <= timedelta(minutes=self._client_edit_minutes())
        return young and message.author_id == self.env.user.partner_id


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_update_content(self, message, /, *, body, attachment_ids=None, **kwargs):
        """Of a client's record, staff keep what was said before.

        :raise EditTooLate: a member changes what is not their own, or is too old
        """
        if self._client_keeps_former(message):
            if self.env.user._is_client_governed() and not message._client_editable():
                raise EditTooLate(
                    self.env._("A message can be changed for a few minutes only. Please write a new one.")
                )
            self._client_keep_former(message.sudo(), body, attachment_ids)  # for the note of staff
        return super()._message_update_content(message, body=body, attachment_ids=attachment_ids, **kwargs)

    def _client_keeps_former(self, message):
        """Whether a message is one that people outside read, on a client's record."""
        about = message.sudo()  # its kind
        return bool(self.env["client.door"]._guarded(self)) and bool(
            about.filtered_domain(about._client_conversation_domain())
        )

    def _client_keep_former(self, message, body, attachment_ids):
        """Log who changed or removed a message, with its former words and removed files.

        :param message: mail.message, sudo
        :param body: the new words; None where they stay
        :param attachment_ids: the new files; None where they stay, [] removes them
        """
        removed = message.attachment_ids.browse()
        if attachment_ids is not None and not attachment_ids and message.attachment_ids:
            removed = message.attachment_ids
            message.attachment_ids = False  # they stay with staff
        if body is None and not removed:
            return
        if not body and not message.attachment_ids:
            self.env["client.response"]._withdrawn(message)
        who = self.env.user.name
        words = self.env._("%s removed a message.", who) if not body else self.env._("%s changed a message.", who)
        former = "" if is_html_empty(message.body) else Markup("<blockquote>%s</blockquote>") % message.body
        note = Markup("<p>%(words)s %(before)s</p>%(former)s") % {
            "words": words,
            "before": self.env._("Before:") if former else "",
            "former": former,
        }
        self.sudo()._message_log(  # a note for staff, whoever acted
            body=note, author_id=self.env.user.partner_id.id, attachment_ids=[(6, 0, removed.ids)]
        )
