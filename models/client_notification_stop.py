"""The signed link that stops mails: for one member and one sort of mail, without signing in, and for nothing else."""

import re

from odoo import api, models
from odoo.tools import consteq
from odoo.tools.misc import hmac

from .client_member_preferences import PREFERENCES

_SCOPE = "client_portal.stop"
_KEY = re.compile(r"(\d{1,9})-(now|digest)-([0-9a-f]{64})")


class ClientMember(models.Model):
    _inherit = "client.member"

    def _stop_url(self, channel):
        return f"{self.get_base_url()}/my/stop/{self.id}-{channel}-{self._stop_signature(channel)}"

    def _stop_signature(self, channel):
        return hmac(self.env(su=True), _SCOPE, f"{self.id}-{channel}")

    @api.model
    def _stop_read(self, key):
        """(member (sudo), channel) a link is for, or (none, '').

        :param str key: from an address, trusted in no way
        """
        found = _KEY.fullmatch(key)
        members = self.sudo()  # reason: whoever opens it is not signed in
        if not found:
            return members.browse(), ""
        number, channel, signature = found.groups()
        member = members.browse(int(number)).exists()
        if not member or not consteq(signature, member._stop_signature(channel)):
            return members.browse(), ""
        return member, channel

    def _stop(self, channel):
        """No mails of this sort any more; what was chosen for the others stays."""
        paces = self._paces_of(channel)
        self.write({name: "never" for name in PREFERENCES if self._pace(name.removeprefix("notify_")) in paces})

    def _stop_values(self, channel, done=False):
        """What the page shows, and whose letterhead it carries; no more about the member than the mail said."""
        company = self._client_sender_company(self.client_id)
        names = {"client": self.client_id.name, "operator": company.name}
        return {**names, "channel": channel, "done": done, "company": company}
