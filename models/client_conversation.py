from odoo import models
from odoo.fields import Domain

_NUMBERS = ("before", "after", "around")
_MOST = 100


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def _client_conversation(self, fetch_params):
        """The messages of a record, as stock's chatter wants them.

        Called behind the gate. Read in sudo because the layout of a message touches what
        members do not read: people, reactions, files. What goes out is fixed by stock's
        format: names and pictures of authors, words, files, never an address.

        :param dict fetch_params: search_term, before, after, around, limit; trusted in no way
        """
        self.ensure_one()
        Message = self.env["mail.message"].sudo()  # limited to the visible words on this record
        mine = Domain("model", "=", self._name) & Domain("res_id", "=", self.id)
        said = Domain("body", "not in", [False, "", '<span class="o-mail-Message-edited"></span>'])
        domain = mine & Message._client_conversation_domain() & (said | Domain("attachment_ids", "!=", False))
        fetch_params = fetch_params if isinstance(fetch_params, dict) else {}
        asked = {name: _number(fetch_params[name]) for name in _NUMBERS if _number(fetch_params.get(name))}
        asked["limit"] = max(1, min(_number(fetch_params.get("limit")) or 30, _MOST))
        if term := fetch_params.get("search_term"):
            asked["search_term"] = str(term)
        found = Message._message_fetch(domain, **asked)
        messages = found.pop("messages")
        return {**found, "data": {"mail.message": messages._client_format()}, "messages": messages.ids}


def _number(value):
    """An id or a number out of a request; 0 for anything else."""
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        return 0


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _client_format(self):
        """Stock's format for portals, of messages that were found behind the gate."""
        return self._portal_message_format(self._portal_get_default_format_properties_names())
