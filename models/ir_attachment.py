from odoo import models

PENDING = "mail.compose.message"  # Odoo's name for an upload whose message is not yet posted


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _client_guarded(self):
        """Whether the file hangs on a client's record, or on a message about one.

        :rtype: bool
        """
        self.ensure_one()
        file = self.sudo()  # where it hangs
        if file.public:
            return False
        door = self.env["client.door"]
        if door._guards(file.res_model, file.res_id):
            return True
        return any(door._guards(m.model, m.res_id) for m in self._client_messages())

    def _client_messages(self):
        """Messages the file came with (sudo, for asking about them)."""
        messages = self.env["mail.message"].sudo()  # asked about, never shown
        return messages.search([("attachment_ids", "in", self.ids)])

    def _client_may_read(self):
        """Whether somebody outside may have this file: it came with a message they read.

        What staff drop on a record without a message is theirs.
        """
        messages = self._client_messages().sudo(False)  # as the user again
        return any(message.has_access("read") for message in messages)

    def _has_attachments_ownership(self, attachment_tokens):
        """A file of a client's record is taken back only while its message is not posted."""
        if not self.env.user._is_internal():
            if any(file._client_guarded() and not file._client_is_pending() for file in self.exists()):
                return False
        return super()._has_attachments_ownership(attachment_tokens)

    def _client_is_pending(self):
        """Whether the file waits for its message, and so may be taken back.

        :rtype: bool
        """
        self.ensure_one()
        return self.sudo().res_model == PENDING and not self._client_messages()  # where it hangs
