"""The team a client's administrator manages: who they may act on, and the acts.

Nobody grants more than they hold. Every act starts at the gate (``_client_team_get``) or at the
administrator's own membership (``_client_team``); both are the current user's or nothing.
"""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize
from odoo.tools.mail import single_email_re

from .client_gate import ClientNotFound

NAME_MAX = EMAIL_MAX = 120


class ClientMember(models.Model):
    _inherit = "client.member"

    # -- the gate ---------------------------------------------------------------------------------

    @api.model
    def _client_team(self, client=None):
        """The current user's own membership that lets them manage a team.

        :param client: res.partner chosen in the switcher, or None for the first
        :return: client.member (sudo), one
        :raise ClientNotFound: no role of theirs manages members there
        """
        own = self._client_team_own()
        if client:
            own = own.filtered(lambda m: m.client_id.id == client.id)
        if not own:
            raise ClientNotFound()
        return own[0]

    @api.model
    def _client_team_own(self):
        return self.env.user._client_members().filtered(lambda m: m.role_id._allows("manage_members"))

    @api.model
    def _client_team_get(self, member_id):
        """One member of a team the current user manages.

        :param int member_id: id from an address, trusted in no way
        :return: client.member (sudo), one that has not been removed
        :raise ClientNotFound: missing, removed, of another client or of sites not theirs: no telling which
        """
        for own in self._client_team_own():
            found = own._client_team_members().filtered(lambda m: m.id == member_id)
            if found:
                return found
        raise ClientNotFound()

    def _client_team_members(self):
        """Whom the holder of this membership sees on the team page, by name.

        With all sites the whole client's team; with listed sites whoever reaches one of these.
        """
        self.ensure_one()
        team = self.sudo().search([("client_id", "=", self.client_id.id)])  # reason: they manage this team
        team = team.filtered(lambda m: self._client_team_shows(m))
        return team.sorted(lambda m: ((m.user_id.name or "").casefold(), m.id))

    def _client_team_shows(self, member):
        if self.all_sites or member == self:
            return True
        return member.all_sites or bool(member.site_ids & self._client_team_sites())

    # -- what may be granted ----------------------------------------------------------------------

    def _client_team_sites(self):
        """Sites the holder of this membership may grant: their own."""
        self.ensure_one()
        sites = self.client_id.client_site_ids if self.all_sites else self.site_ids.filtered(self._owns_site)
        return sites.sorted("name")

    def _client_team_roles(self):
        """Roles the holder of this membership may grant: those that give nothing they do not have."""
        self.ensure_one()
        roles = self.env["client.role"].sudo().search([("active", "=", True)])  # reason: names of roles, to choose from
        return roles.filtered(lambda role: role._within(self.role_id))

    def _client_team_choice(self, typed):
        """Role and sites out of a form.

        :param dict typed: role (id as text), scope ("all" or not), sites (ids as texts)
        :return: (client.role, res.partner; no sites = all sites)
        :raise UserError: not offered, or nothing chosen
        """
        role = self._client_team_roles().filtered(lambda r: str(r.id) == typed["role"])
        if not role:
            raise UserError(self.env._("Choose a role from the list."))
        if typed["scope"] == "all" and self.all_sites:
            return role, self.env["res.partner"]
        sites = self._client_team_sites().filtered(lambda s: str(s.id) in typed["sites"])
        if not sites:
            raise UserError(self.env._("Choose at least one site."))
        if len(sites) != len(set(typed["sites"])):
            raise UserError(self.env._("Choose sites from the list."))
        return role, sites

    # -- inviting ---------------------------------------------------------------------------------

    def _client_team_invite(self, typed):
        """Invite a colleague as the holder of this membership.

        :param dict typed: name, email, role, scope, sites; texts from a form
        :return: client.member (sudo)
        :raise UserError: in words for the page; nothing is kept then
        """
        name = " ".join(typed["name"].split())
        if not name or len(name) > NAME_MAX:
            raise UserError(self.env._("Please give the name of your colleague, in up to %s letters.", NAME_MAX))
        email = email_normalize(typed["email"])
        if not email or len(email) > EMAIL_MAX or not single_email_re.match(email):
            raise UserError(self.env._("“%s” is not a valid e-mail address.", typed["email"][:EMAIL_MAX]))
        role, sites = self._client_team_choice(typed)
        if self._client_team_closed_address(email):
            raise UserError(
                self.env._(
                    "%(email)s cannot be invited from here. Please ask %(operator)s to do it.",
                    email=email,
                    operator=self._client_team_operator(),
                )
            )
        self.env["client.throttle"]._check("invite")
        return self.sudo()._client_invite(self.client_id, name, email, role, sites)  # reason: checked above

    def _client_team_closed_address(self, email):
        """Whether only staff may invite this address; the page gives one answer to all of these.

        Colleagues of the operator, logins staff closed, people staff removed or suspended here, addresses that
        only stand on somebody's card, and, for an administrator of some sites, members they do not see.
        """
        users = self._client_users_of(email)
        if any(not user.active or not user._is_portal() for user in users):
            return True
        members = self.sudo().with_context(active_test=False)  # reason: only compared
        for member in members.search([("client_id", "=", self.client_id.id), ("user_id", "in", users.ids)]):
            if not member._is_open() and not member.closed_by_client:
                return True
            if member.active and not self._client_team_shows(member):
                return True
        return bool(users) and not self._client_proven(users, email)

    def _client_team_operator(self):
        """Name of the company that serves this client."""
        company = self._client_sender_company(self.client_id)
        return company.sudo().name  # reason: on every letterhead

    # -- acts on a member -------------------------------------------------------------------------

    def _client_team_obstacle(self):
        """Why the current user may not act on this member, in words; empty when they may.

        :rtype: str
        """
        self.ensure_one()
        own = self._client_team(self.client_id)
        if own == self:
            return self.env._(
                "This is your own access. Another administrator, or %s, can change it.", self._client_team_operator()
            )
        within = self.role_id._within(own.role_id)
        if not own.all_sites:
            within = within and not self.all_sites and self.site_ids <= own._client_team_sites()
        if within:
            return ""
        return self.env._(
            "%(name)s may see or do more than you. Somebody with the same access, or %(operator)s, can change it.",
            name=self.user_id.name,
            operator=self._client_team_operator(),
        )

    def _client_team_act(self):
        """The own membership to act with, or a refusal in words.

        :raise UserError: for oneself, and for whoever holds more
        """
        obstacle = self._client_team_obstacle()
        if obstacle:
            raise UserError(obstacle)
        return self._client_team(self.client_id)

    def _client_team_change(self, typed):
        """Give another role and other sites.

        :param dict typed: role, scope, sites; texts from a form
        """
        role, sites = self._client_team_act()._client_team_choice(typed)
        self.write({"role_id": role.id, "all_sites": not sites, "site_ids": [(6, 0, sites.ids)]})

    def _client_team_resend(self):
        """Send the invitation again to somebody who has not signed in yet."""
        self._client_team_act()
        if self.state != "invited":
            raise UserError(self.env._("%s needs no invitation.", self.user_id.name))
        self.env["client.throttle"]._check("invite")
        self._client_send_invitation()

    def _client_team_suspend(self):
        """Take access away for now."""
        self._client_team_act()
        if not self.suspended:
            reason = self.env._("Suspended by %s.", self.env.user.name)
            self.write({"suspended": True, "suspended_reason": reason, "closed_by_client": True})

    def _client_team_resume(self):
        """Give access back, unless staff took it."""
        self._client_team_act()
        if not self.suspended:
            return
        if not self.closed_by_client:
            raise UserError(
                self.env._(
                    "%(name)s was suspended by %(operator)s. Please ask them.",
                    name=self.user_id.name,
                    operator=self._client_team_operator(),
                )
            )
        self.write({"suspended": False, "suspended_reason": False})

    def _client_team_remove(self):
        """End the membership. What staff suspended stays theirs to bring back."""
        self._client_team_act()
        self.write({"active": False, "closed_by_client": not self.suspended or self.closed_by_client})
