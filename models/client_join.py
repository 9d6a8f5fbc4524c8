from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, plaintext2html

from .client_gate import ClientNotFound

_TODO = "mail.mail_activity_data_todo"


class ClientJoin(models.Model):
    """Somebody to whom a member's link was forwarded asks the client's administrator for access."""

    _name = "client.join"
    _description = "Request for access to a client"
    _order = "id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="cascade")
    client_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="cascade")
    link_id = fields.Many2one("client.link", readonly=True, index="btree_not_null", ondelete="set null")
    email = fields.Char(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("invited", "Invited"), ("declined", "Declined")], default="open", readonly=True
    )

    _one_open = models.UniqueIndex("(user_id, client_id) WHERE state = 'open'")

    @api.model
    def _ask(self, link):
        """Put down that the current user asks; once, however often they do.

        :param link: client.link (sudo) that works and is somebody else's
        """
        self.env["client.throttle"]._check("request")
        user, client = self.env.user, link.client_id
        mine = [("user_id", "=", user.id), ("client_id", "=", client.id)]
        requests = self.sudo()  # reason: whoever asks is no member
        if requests.search_count([*mine, ("state", "=", "open")], limit=1):
            return
        email = email_normalize(user.email or "")
        request = requests.create(
            {"user_id": user.id, "client_id": client.id, "link_id": link.id, "email": email}
        )
        link._note("link_asked")
        request._tell()

    def _tell(self):
        """Those who manage the team read it in their updates; staff find it on the client."""
        values = {"name": self.user_id.name, "email": self.email or ""}
        self.env["client.update"].sudo()._append(  # reason: nobody has create rights on updates
            [
                {
                    "kind": "access_asked",
                    "values": values,
                    "res_model": "client.member",
                    "res_id": 0,
                    "client_id": self.client_id.id,
                    "client_published": True,
                    "capability": "manage_members",
                }
            ]
        )
        asks = self.env._("%(name)s (%(email)s) opened a forwarded link and asks for access.", **values)
        self.client_id._message_log(body=asks)
        if not self._administrators():
            self._ask_staff(asks)

    def _administrators(self):
        """Members of the client who can answer."""
        members = self.env["client.member"].sudo()  # reason: whoever asks is no member
        team = members.search([("client_id", "=", self.client_id.id), ("all_sites", "=", True)])
        return team.filtered(lambda member: member._is_open() and member.role_id._allows("manage_members"))

    def _ask_staff(self, asks):
        """A to-do on the client, for whoever looks after it: nobody there can invite."""
        client = self.client_id
        contacts = client.user_id | client.client_company_ids.client_contact_user_id
        person = contacts.filtered("active")[:1] or self.env.ref("base.user_admin")
        summary = self.env._("%s asks for access", self.user_id.name)
        client.activity_schedule(_TODO, summary=summary, note=plaintext2html(asks), user_id=person.id)


class ClientMember(models.Model):
    _inherit = "client.member"

    @api.model_create_multi
    def create(self, vals_list):
        """Who asked for access and gets it, from whomever, asks no longer."""
        members = super().create(vals_list)
        requests = self.env["client.join"].sudo()  # reason: whoever invites
        asked = requests.search([("user_id", "in", members.user_id.ids), ("state", "=", "open")])
        given = {(member.user_id, member.client_id) for member in members}
        asked.filtered(lambda one: (one.user_id, one.client_id) in given).state = "invited"
        return members

    def _client_team_page(self):
        asking = [self._client_asking_row(one) for one in self._client_asking()]
        return {**super()._client_team_page(), "asking": asking}

    def _client_asking(self):
        """Open requests for access to this member's client; for those who see the whole of it."""
        requests = self.env["client.join"].sudo()  # reason: they manage this team
        waiting = [("client_id", "=", self.client_id.id), ("state", "=", "open")]
        return requests.search(waiting) if self.all_sites else requests

    def _client_asking_row(self, request):
        words = self.env["client.words"]
        return {
            "id": request.id,
            "name": request.user_id.name,
            "email": request.email or "",
            "initials": words._initials(request.user_id.name),
            "since": words._short(words._local(request.create_date).date()),
            "invite": f"/my/team/new?asked={request.id}",
            "decline": f"/my/team/asked/{request.id}/decline",
        }

    def _client_asked(self, request_id):
        """One open request, at the gate.

        :param request_id: from an address, trusted in no way
        :raise ClientNotFound: missing, answered or of another client
        """
        found = self._client_asking().filtered(lambda one: str(one.id) == str(request_id))
        if not found:
            raise ClientNotFound()
        return found

    def _client_asked_decline(self, request_id):
        self._client_asked(request_id).state = "declined"

    def _client_asked_typed(self, request_id):
        """Name and address of somebody who asks, for the invitation form."""
        request = self._client_asked(request_id)
        return {"name": request.user_id.name, "email": request.email or ""}

    def _client_team_invite(self, typed):
        member = super()._client_team_invite(typed)
        answered = self._client_asking().filtered(
            lambda one: one.user_id == member.user_id or one.email == email_normalize(member.user_id.email or "")
        )
        answered.state = "invited"
        return member


class ClientLink(models.Model):
    _inherit = "client.link"

    @api.model
    def _ask_access(self, key):
        """Ask for access by a link that was made for somebody else.

        :param str key: from an address
        :return: values of the page that follows, as ``_visit``
        :raise UserError: asked too often
        """
        values = self._visit(key)
        if values.get("page") != "client_portal.link_forwarded":
            return values
        if not self.env.user.email:
            raise UserError(self.env._("Your sign-in has no e-mail address: please ask the administrator yourself."))
        self.env["client.join"]._ask(self._alive(key))
        return {**values, "status": 200, "asked": True}
