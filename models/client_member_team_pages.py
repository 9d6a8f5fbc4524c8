"""What the team page shows: plain values of people, roles and sites."""

from odoo import api, models

SITES_NAMED = 3


class ClientMember(models.Model):
    _inherit = "client.member"

    @api.model
    def _client_url(self):
        """Where an update about a member leads: the team, because members come and go."""
        return "/my/team"

    def _client_team_page(self):
        """Values of the list, seen by the holder of this membership."""
        members = self._client_team_members()
        return {
            "client_name": self.client_id.name,
            "rows": [member._client_team_row(self) for member in members],
            "whole": self.all_sites,
        }

    def _client_team_about(self):
        """Words of the invitation form."""
        return {
            "client_name": self.client_id.name,
            "operator": self._client_team_operator(),
            "days": self._client_invitation_days(),
        }

    def _client_team_row(self, own):
        """One person of the list.

        :param own: the membership of whoever looks
        """
        return {
            "id": self.id,
            "url": "/my/team/%s" % self.id,
            "name": self.user_id.name,
            "initials": self.env["client.words"]._initials(self.user_id.name),
            "email": self.email or "",
            "you": self == own,
            "role": self.role_id.name,
            "sites": self._client_team_sites_words(own),
            "badge": self._client_team_badge(),
            "seen": self._client_team_seen(),
            "resend": self._client_invitation_expired() and not self._client_team_obstacle(),
        }

    def _client_team_sites_words(self, own):
        """'All sites', 'Harbour, Hill', 'Harbour and other sites'; names nobody else's sites."""
        if self.all_sites:
            return self.env._("All sites")
        sites = self.site_ids & own._client_team_sites()
        names = sites.sorted("name").mapped("name")
        rest = len(names) - SITES_NAMED
        if len(sites) < len(self.site_ids):
            return self.env._("%s and other sites", ", ".join(names[:SITES_NAMED])) if names else ""
        if rest > 0:
            return self.env._("%(names)s and %(count)s more", names=", ".join(names[:SITES_NAMED]), count=rest)
        return ", ".join(names)

    def _client_team_badge(self):
        if self._client_invitation_expired():
            return {"label": self.env._("Invitation expired"), "tone": "danger"}
        labels = dict(self._fields["state"]._description_selection(self.env))
        tones = {"invited": "info", "active": "success", "suspended": "warning"}
        return {"label": labels[self.state], "tone": tones.get(self.state, "muted")}

    def _client_team_seen(self):
        """'Last seen today', 'Invitation valid until 3 Nov', or nothing.

        Of somebody who is a member elsewhere too only a sign-in since they joined this team is told: their other
        clients' business is not this one's.
        """
        words, user = self.env["client.words"], self.user_id.sudo()  # reason: sign-ins of a team one manages
        if self.state == "invited":
            if not self.invitation_expires or self._client_invitation_expired():
                return ""
            return self.env._("valid until %s", words._short(words._local(self.invitation_expires).date()))
        elsewhere = user.with_context(active_test=False).client_member_ids - self
        if not user.login_date or (elsewhere and user.login_date < self.create_date):
            return ""
        day = words._local(user.login_date).date()
        recent = {0: self.env._("seen today"), 1: self.env._("seen yesterday")}
        return recent.get((words._today() - day).days) or self.env._("seen %s", words._short(day))

    # -- one member -------------------------------------------------------------------------------

    def _client_team_facts(self, typed=None):
        """Values of the page about this member.

        :param dict typed: what was typed into the form when it comes back with an error
        """
        own = self._client_team(self.client_id)
        obstacle = self._client_team_obstacle()
        held = self.suspended and not self.closed_by_client
        words = self.env["client.words"]
        return {
            **self._client_team_row(own),
            "title": self.user_id.name,
            "client_name": self.client_id.name,
            "since": words._short(words._local(self.create_date).date()),
            "operator": self._client_team_operator(),
            "obstacle": obstacle,
            "suspended": self.suspended,
            "held": held,
            "invited": self.state == "invited",
            "approves": self.role_id.can_approve,
            "form": {} if obstacle else own._client_team_form(typed or self._client_team_typed()),
        }

    def _client_team_typed(self):
        """This membership as the form would send it."""
        return {
            "role": str(self.role_id.id),
            "scope": "all" if self.all_sites else "some",
            "sites": [str(site.id) for site in self.site_ids],
        }

    def _client_team_form(self, typed):
        """The choices of the holder of this membership, and what is chosen.

        :param dict typed: texts of the form, any of them may be missing
        """
        roles, sites = self._client_team_roles(), self._client_team_sites()
        chosen = set(typed.get("sites", ()))
        return {
            "name": typed.get("name", ""),
            "email": typed.get("email", ""),
            "roles": [
                {
                    "id": role.id,
                    "name": role.name,
                    "note": role.note or "",
                    "checked": str(role.id) == typed.get("role"),
                }
                for role in roles
            ],
            "all": self.all_sites,
            "scope": typed.get("scope") or ("all" if self.all_sites else "some"),
            "sites": [
                {
                    "id": site.id,
                    "name": site.name,
                    "detail": ", ".join(part for part in (site.street, site.city) if part),
                    "checked": str(site.id) in chosen,
                }
                for site in sites
            ],
        }
