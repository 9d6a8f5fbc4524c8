from odoo import api, models
from odoo.fields import Domain

from .client_door import CONVERSATION, MEMBERS_SUBTYPE


class MailMessage(models.Model):
    """A member reads the conversation of records they see, and nothing else of any thread.

    Odoo lets portal users read whatever they wrote, received or were notified of, and by
    id also log notes; and rewrite what they were notified of.
    """

    _inherit = "mail.message"

    @api.model
    def _client_conversation_domain(self):
        """What of any thread may be seen outside the house."""
        return (
            Domain("message_type", "in", CONVERSATION)
            & Domain("is_internal", "=", False)
            & Domain("subtype_id", "=", self.env["ir.model.data"]._xmlid_to_res_id(MEMBERS_SUBTYPE))
        )

    @api.model
    def _client_readable_query(self, domain):
        """Query of the messages a governed user may read, among those of ``domain``."""
        names = self.env["client.scoped"]._inherit_children
        models_ = [name for name in names if self.env[name]._client_talks and self.env[name].has_access("read")]
        threads = Domain.OR(
            Domain("model", "=", name) & Domain("res_id", "in", self.env[name]._search([])) for name in models_
        )
        messages = self.sudo()  # the user's own rules on the threads are part of the domain
        return messages._search(Domain(domain) & threads & self._client_conversation_domain())

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access) and self.env.user._is_client_governed():
            domain = Domain(domain) & Domain("id", "in", self._client_readable_query([]))
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _get_forbidden_access(self, operation):
        """Having written, received or made a message opens nothing outside the house."""
        user = self.env.user
        if user._is_client_governed():
            if operation != "read":
                return self
            return self - self.browse(self._client_readable_query([("id", "in", self.ids)]))
        forbidden = super()._get_forbidden_access(operation)
        if user._is_internal():
            return forbidden
        return forbidden | (self - forbidden)._client_of_clients()

    def _client_about(self):
        """(model, id) of what a message hangs on."""
        message = self.sudo()  # where it hangs, to ask the gate of that record next
        return message.model, message.res_id

    def _client_of_clients(self):
        """Those of the messages whose thread is a client's record."""
        door = self.env["client.door"]
        return self.filtered(lambda m: door._guards(m.sudo().model, m.sudo().res_id))  # where it hangs

    @api.model
    def _get_with_access(self, message_id, mode="read", **kwargs):
        """To answer, react to or change a message one must be able to read it."""
        message = super()._get_with_access(message_id, mode=mode, **kwargs)
        if message and self.env.user._is_client_governed():
            return message if message.sudo(False).has_access("read") else self.browse()  # as the user
        return message

    def _message_notifications_to_store(self, store):
        """Whether a mail went out is the staff's business.

        Stock tells the author of a message, as the author, after the commit: what members may not
        read would turn an act that is done into a page saying "not found".
        """
        if not self.env.user._is_client_governed():
            super()._message_notifications_to_store(store)

    def action_open_document(self):
        """Stock tells anybody which record any message hangs on."""
        if not self.env.user._is_internal():
            self.check_access("read")
        return super().action_open_document()

    @api.depends_context("uid")
    def _compute_display_name(self):
        """A subject may quote the internal name of a job."""
        if not self.env.user._is_client_governed():
            return super()._compute_display_name()
        for message in self:
            message.display_name = self.env._("Message")
