import time

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools import consteq
from odoo.tools.misc import hmac

SESSION_KEY = "client_portal_preview"
MINUTES = 30
_RIGHT = "client_portal.group_client_preview"


class ClientPreview(models.AbstractModel):
    """A staff user looks at the portal as one member, without being signed in as them.

    What is kept in the session is a signed note bound to the staff user; it is asked anew
    on every request, see ``ir_http_preview.py``.
    """

    _name = "client.preview"
    _description = "Preview as client"

    @api.model
    def _seal(self, member):
        """The note for the session.

        :param member: client.member to look as
        :rtype: dict
        """
        note = {"member": member.id, "staff": self.env.uid, "until": int(time.time()) + MINUTES * 60}
        return {**note, "sign": self._sign(note)}

    @api.model
    def _sign(self, note):
        message = (note.get("member"), note.get("staff"), note.get("until"))
        return hmac(self.env(su=True), "client_portal_preview", message)  # the database's own secret

    @api.model
    def _member(self, note):
        """The member a note lets the current user look as, now; empty when it lets nobody.

        :param dict note: from the session, trusted in no way
        :rtype: client.member (sudo)
        """
        members = self.env["client.member"].sudo()  # read to enter the preview, after the checks below
        if not consteq(note.get("sign") or "", self._sign(note)):
            return members
        if note["staff"] != self.env.uid or note["until"] < time.time() or not self.env.user.has_group(_RIGHT):
            return members
        member = members.browse(note["member"]).exists()
        return member.filtered(lambda m: m.user_id.active and m.user_id._is_client_governed())


class ClientMember(models.Model):
    _inherit = "client.member"

    def action_client_preview(self):
        """Open the portal as this member sees it, in this browser, until ended."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(_RIGHT):
            raise AccessError(self.env._("You have no right to look at the portal as a client."))
        note = self.env["client.preview"]._seal(self)
        if not request or not self.env["client.preview"]._member(note):
            raise UserError(self.env._("%s cannot sign in to the portal.", self.user_id.name))
        request.session[SESSION_KEY] = note
        request.session.pop("client_portal_client", None)  # the switcher begins where the member's begins
        self.env["client.access"]._later(self._client_preview_row())
        return {"type": "ir.actions.act_url", "url": "/my", "target": "self"}

    def _client_preview_row(self):
        """The journal's row of a preview that begins."""
        return {
            "kind": "preview",
            "user_id": self.user_id.id,
            "res_model": self._name,
            "res_id": self.id,
            "staff_id": self.env.uid,
            **self.env["client.access"]._where_from(),
        }
