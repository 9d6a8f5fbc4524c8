from odoo.addons.client_portal.models.client_gate import ClientNotFound
from odoo.addons.mail.controllers.thread import ThreadController

from .gate import client_env, governed

_TYPED = ("body", "attachment_ids", "attachment_tokens")  # what a member may send along


class ClientConversation(ThreadController):
    """A member writes where a role lets them comment, and only what clients may write."""

    @classmethod
    def _get_thread_with_access(cls, thread_model, thread_id, mode="read", **kwargs):
        """Keys in an address open no thread for a member."""
        if governed():
            kwargs = {key: value for key, value in kwargs.items() if key not in ("hash", "pid", "token")}
        return super()._get_thread_with_access(thread_model, thread_id, mode=mode, **kwargs)

    @classmethod
    def _get_thread_with_access_for_post(cls, thread_model, thread_id, **kwargs):
        if not governed():
            return super()._get_thread_with_access_for_post(thread_model, thread_id, **kwargs)
        thread = client_env()[thread_model].browse()
        try:
            return thread._client_get(int(thread_id), "comment") if hasattr(thread, "_client_get") else thread
        except ClientNotFound:
            return thread  # stock answers 404 to an empty thread, and reads on without composer

    def _prepare_message_data(self, post_data, *, thread, **kwargs):
        """No recipients, subtypes or senders of a member's own making."""
        if governed():
            post_data = {key: post_data[key] for key in _TYPED if key in post_data}
            post_data["subtype_xmlid"] = "mail.mt_comment"
        return super()._prepare_message_data(post_data, thread=thread, **kwargs)
