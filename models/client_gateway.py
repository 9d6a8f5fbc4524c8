"""What comes in by mail for a client's record: whose word it is, and what waits for staff."""

import logging
import re

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize, email_normalize_all

_logger = logging.getLogger(__name__)
# the server whose word about senders counts; see docs/doors.md
SERVER = "client_portal.mail_server_name"
_VERDICT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*([a-z]+)([^;]*)")
_DOMAIN = re.compile(r"(?:header\.d|header\.i|smtp\.mailfrom)\s*=\s*(?:[^\s;@]*@)?([^\s;]+)")
_FAILED = {"fail", "softfail", "permerror"}


def automatic(message):
    """Whether no person wrote a mail: an absence note, a receipt, a robot.

    :param message: email.message.EmailMessage
    :rtype: bool
    """
    submitted = (message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
    if submitted != "no" or (message.get("Precedence") or "").strip().lower() == "auto_reply":
        return True
    return any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply"))


def disowned(message, server):
    """Whether our own mail server says that a mail is not from whom it says.

    ``dmarc`` decides where there is one. Else a signature or sending server of the sender's own domain speaks for
    it, and a failure without one against it. Where the server said nothing, nothing is known.

    :param message: email.message.EmailMessage
    :param str server: name it signs its verdicts with (RFC 8601); verdicts in other names count for nothing
    :rtype: bool
    """
    said = ""
    for header in message.get_all("Authentication-Results", ()):
        name, _sep, results = str(header).lower().partition(";")
        if name.split()[:1] == [server.lower()]:
            said += f";{results}"
    verdicts = _VERDICT.findall(said)
    known = [verdict for method, verdict, _rest in verdicts if method == "dmarc" and verdict in ("pass", "fail")]
    if known:
        return "fail" in known
    sender = (email_normalize(message.get("From") or "") or "").rpartition("@")[2]
    for _method, verdict, rest in verdicts:
        domains = _DOMAIN.findall(rest)
        if verdict == "pass" and any(_aligned(sender, domain) for domain in domains):
            return False
    return any(verdict in _FAILED for _method, verdict, _rest in verdicts)


def several(message):
    """Whether a mail names more than one sender: programs differ in whom of them they take it from.

    :param message: email.message.EmailMessage
    :rtype: bool
    """
    headers = [str(header) for header in message.get_all("From", ())]
    return len(headers) > 1 or len(set(email_normalize_all(", ".join(headers)))) > 1


def _aligned(one, other):
    """Whether two domains are the same, or one is a part of the other."""
    return "." in other and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """No person wrote an automatic reply: nobody reads it, and no clock starts."""
        routes = super().message_route(message, message_dict, model, thread_id, custom_values)
        if not routes or not automatic(message):
            return routes
        kept = [route for route in routes if not self.env["client.door"]._guards(route[0], route[1])]
        if len(kept) < len(routes):
            _logger.info("Automatic reply %s to a client's record ignored.", message_dict["message_id"])
        return kept

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        reference = message_dict["message_id"]
        server = self.env["ir.config_parameter"].sudo().get_param(SERVER)  # a name of the operator's own
        failed = several(message) or bool(server and disowned(message, server))
        threads = self.with_context(client_mail_disowned=failed)
        result = super(MailThread, threads)._message_route_process(message, message_dict, routes)
        if routes:
            self.env["client.held"]._posted(reference)
        return result

    def message_update(self, msg_dict, update_vals=None):
        """What somebody sends by mail who may not write here is held as a note for staff.

        The address of a reply outlives a membership, and asks no role.

        :raise AccessError: called by a governed user; the mail gateway is the only one that may
        """
        if not self.env.su and self.env.user._is_client_governed():
            raise AccessError(self.env._("This does not exist, or you have no access to it."))
        if self and self.env["client.door"]._guarded(self):
            self._client_receive(msg_dict)
        return super().message_update(msg_dict, update_vals=update_vals)

    def _client_receive(self, msg_dict):
        """Decide about a mail for this client's record: a member's or staff's message, or held."""
        writer = self._client_writer(msg_dict)
        if writer:
            msg_dict["author_id"] = writer.partner_id.id
        reason = self._client_doubt(msg_dict)
        if reason:
            self.env["client.held"]._hold(self, msg_dict, reason)
            msg_dict.update(is_internal=True, parent_id=False)  # nobody outside is told of it either
        elif writer and not writer._is_internal():
            self.env["client.upload"]._check_mail(msg_dict)

    def _client_writer(self, msg_dict):
        """The login of staff or of a member that an address belongs to, where it stands on several cards.

        Members may type any address on theirs: staff's is staff's, and whoever signs in with one comes first.

        :return: res.users (sudo), at most one
        """
        email, scope = email_normalize(msg_dict.get("email_from") or ""), self.sudo()._client_thread()  # its scope
        users = self.env["res.users"].sudo().search([("partner_id.email_normalized", "=", email or "-")])  # whose it is
        members = scope.client_id.client_member_ids.filtered(lambda member: not member.suspended)
        own = users.filtered(lambda user: user._is_internal() or user in members.user_id)
        return own.sorted(lambda user: (user.share, user.login.lower() != email))[:1]

    def _client_doubt(self, msg_dict):
        """Why a mail is not taken for what it says it is; empty when it is.

        :return: a key of ``client.held.REASONS`` or ''
        """
        door, scope, author = self.env["client.door"], self._client_thread(), msg_dict.get("author_id")
        if self.env.context.get("client_mail_disowned"):
            return "unproven"
        if not door._may(author, "comment", scope):
            return self._client_no_member(author, scope)
        asked = self.env["mail.message"].sudo().browse(msg_dict.get("parent_id") or ()).exists()  # where it hangs
        return "" if (asked.model, asked.res_id) == (self._name, self.id) else "unasked"

    def _client_no_member(self, partner_id, scope):
        """Why somebody may not write here, as a key of ``client.held.REASONS``."""
        members = scope.sudo().client_id.with_context(active_test=False).client_member_ids  # to tell staff why
        own = members.filtered(lambda member: partner_id and member.user_id.partner_id.id == partner_id)
        if not own:
            return "stranger"
        return "role" if any(member.active and not member.suspended for member in own) else "gone"

    def _client_thread(self):
        """The scoped record that decides who writes here."""
        parent = self.env["client.door"]._parent_field(self)
        return self[parent] if parent else self
