from odoo.exceptions import UserError
from odoo.http import Controller, request, route
from odoo.tools import is_html_empty

from odoo.addons.mail.controllers.link_preview import LinkPreviewController
from odoo.addons.mail.controllers.thread import ThreadController
from odoo.addons.mail.controllers.webclient import WebclientController
from odoo.addons.portal.controllers.portal_thread import PortalChatter

from ..models.client_gate import ClientNotFound
from .forms import attempt, posted, staged, status, typed, uploads
from .frame import member_get, member_page, render
from .gate import client_env, get_record, governed

_TYPED = ("body", "attachment_ids", "attachment_tokens")  # what a member may send along

_PAGE = {"type": "http", "auth": "user", "website": True}
_CONTEXT = ("temporary_id",)  # other keys steer who is notified


def _talks(model):
    """Whether records of a scoped model have a conversation."""
    return model._client_talks and isinstance(model, request.env.registry["mail.thread"])


def _thread(model, record_id, capability=None):
    """The record a conversation is about, by the gate.

    :raise ClientNotFound: as for its page
    """
    if model not in request.env["client.scoped"]._inherit_children or not _talks(request.env[model]):
        raise ClientNotFound()
    try:
        record_id = int(record_id)
    except (TypeError, ValueError):
        raise ClientNotFound() from None
    return get_record(model, record_id, capability)


def _check_said(post_data):
    """Refuse a message of nothing: it would start the clock of an answer.

    :param post_data: out of a request, trusted in no way
    """
    said = post_data if isinstance(post_data, dict) else {}
    body = said.get("body")
    if not said.get("attachment_ids") and (not body or (isinstance(body, str) and is_html_empty(body))):
        raise UserError(request.env._("Please write something first, or add a file."))


class ClientConversation(ThreadController):
    """A member writes where a role lets them comment, and only what clients may write."""

    @classmethod
    def _get_thread_with_access_for_post(cls, thread_model, thread_id, **kwargs):
        if not governed():
            return super()._get_thread_with_access_for_post(thread_model, thread_id, **kwargs)
        try:
            return _thread(thread_model, thread_id, "comment")
        except ClientNotFound:
            return client_env()[thread_model].browse()  # stock reads on without composer, or answers 404

    @classmethod
    def _get_message_with_access(cls, message_id, mode="read", **kwargs):
        """Answering, changing and reacting are ways to comment."""
        message = super()._get_message_with_access(message_id, mode=mode, **kwargs)
        if message and mode != "read" and governed():
            _thread(*message._client_about(), "comment")
        return message

    def _prepare_message_data(self, post_data, *, thread, **kwargs):
        """No recipients, subtypes or senders of a member's own making."""
        if governed():
            post_data = {key: post_data[key] for key in _TYPED if key in post_data}
            if kwargs.get("from_create"):
                post_data["subtype_xmlid"] = "mail.mt_comment"
        return super()._prepare_message_data(post_data, thread=thread, **kwargs)

    @route()
    def mail_message_post(self, thread_model, thread_id, post_data, context=None, **kwargs):
        if governed():
            _thread(thread_model, thread_id, "comment")
            _check_said(post_data)
            request.env["client.throttle"]._check("post")
            context = {key: context[key] for key in _CONTEXT if key in (context or {})}
        return super().mail_message_post(thread_model, thread_id, post_data, context=context, **kwargs)

    @route()
    def mail_message_update_content(self, message_id, update_data, **kwargs):
        if governed():
            request.env["client.throttle"]._check("post")
        return super().mail_message_update_content(message_id, update_data, **kwargs)


class ClientChatter(PortalChatter):
    @route()
    def portal_message_fetch(self, thread_model, thread_id, fetch_params=None, **kw):
        """What a member's page shows of a conversation."""
        if not governed():
            return super().portal_message_fetch(thread_model, thread_id, fetch_params=fetch_params, **kw)
        return _thread(thread_model, thread_id)._client_conversation(fetch_params or {})


class ClientStore(WebclientController):
    @classmethod
    def _process_request_for_all(cls, store, name, params):
        """A member's page asks for little; followers, staff's files and the like stay inside."""
        if not governed():
            return super()._process_request_for_all(store, name, params)
        if name == "mail.thread":
            thread = _thread(params["thread_model"], params["thread_id"])
            minutes = request.env["mail.message"]._client_edit_minutes()
            access = {"hasReadAccess": True, "hasWriteAccess": False, "clientEditMinutes": minutes}
            store.add(thread, access, as_thread=True)

    @classmethod
    def _process_request_for_logged_in_user(cls, store, name, params):
        if not governed():
            super()._process_request_for_logged_in_user(store, name, params)


class ClientQuestions(Controller):
    """A question of a member: in the conversation, and on the clock of its answer."""

    @route("/my/ask/<string:model>/<int:record_id>", readonly=member_get, methods=["GET", "POST"], **_PAGE)
    @member_page
    def client_ask(self, model, record_id, **kw):
        record = _thread(model, record_id, "comment")
        return _send_question(record) if posted() else _question_form(record)

    @route("/my/ask/<string:model>/<int:record_id>/files", methods=["POST"], **_PAGE)
    @member_page
    def client_ask_file(self, model, record_id, **kw):
        """One file, sent while the question is still being written."""
        _thread(model, record_id, "comment")
        return staged(1)


def _send_question(record):
    """Ask, or show the form again with all that was typed and sent along."""
    sent = typed("text", many=("staged",))
    files, refused = client_env()["client.upload"]._stage(uploads(), sent["staged"])
    refusal = None
    if not refused:
        _done, refusal = attempt(record._client_question, sent, files)
        if not refusal:
            return request.redirect(f"{record._client_url()}#conversation")
    return _question_form(record, sent, files, refused, refusal)


def _question_form(record, sent=None, files=(), refused=(), refusal=None):
    values = record._client_question_form(sent, files)
    values.update(error=str(refusal.args[0]) if refusal else "", refused=refused, page_name=record._client_section)
    response = render("client_portal.question_form", values, company=record.company_id)
    response.status_code = refused[0]["status"] if refused else status(refusal)
    return response


class ClientLinkPreview(LinkPreviewController):
    @route()
    def mail_link_preview(self, message_id):
        """The server fetches no address that a member typed."""
        return None if governed() else super().mail_link_preview(message_id)
