"""What a change of a membership brings with it: an update, and the end of sessions and invitations."""

from datetime import timedelta

from odoo import api, fields, models

from .client_number import whole_number

INVITATION_DAYS = 14


class ClientMember(models.Model):
    _inherit = "client.member"

    closed_by_client = fields.Boolean(
        "Closed by the client",
        readonly=True,
        copy=False,
        help="An administrator of the client suspended or removed this person, and may let them in again. "
        "What staff closed, only staff open.",
    )
    invitation_expires = fields.Datetime(
        "Invitation valid until",
        readonly=True,
        copy=False,
        help="Until when the link of the last invitation works. Empty for people who had a password already.",
    )

    def write(self, vals):
        before = {member: member._access_facts() for member in self}
        result = super().write(self._access_vals(vals))
        for member, facts in before.items():
            member._log_access(facts)
        self.filtered(lambda m: before[m]["access"] == "open" and not m._is_open())._end_access()
        return result

    @api.model
    def _access_vals(self, vals):
        """Whoever closes or opens a membership without saying so speaks for the staff."""
        if {"suspended", "active"} & vals.keys():
            return {"closed_by_client": False, **vals}
        return vals

    def _is_open(self):
        return self.active and not self.suspended

    def _access_facts(self):
        """What an update may be about, to compare before and after."""
        access = "open" if self._is_open() else "suspended" if self.active else "removed"
        sites = () if self.all_sites else tuple(self.site_ids.ids)
        return {"access": access, "role": self.role_id, "all_sites": self.all_sites, "sites": sites}

    def _log_access(self, before):
        """Append the updates a change is worth.

        :param dict before: ``_access_facts`` from before the change
        """
        now = self._access_facts()
        if now["access"] != before["access"]:
            opened = "member_resumed" if before["access"] == "suspended" else "member_joined"
            kinds = {"open": opened, "suspended": "member_suspended", "removed": "member_removed"}
            return self._log_team(kinds[now["access"]])
        if now["access"] == "removed":
            return None
        if now["role"] != before["role"]:
            self._log_team("member_role_changed")
        if (now["all_sites"], now["sites"]) != (before["all_sites"], before["sites"]):
            self._log_team("member_all_sites" if now["all_sites"] else "member_sites_changed")
        return None

    def _end_access(self):
        """Sign out whoever has no membership left, and end the invitation of whoever never signed in."""
        users = self.user_id.sudo()  # reason: sessions of members, whoever closed the membership
        outside = users.filtered(lambda user: not user._client_members() and not user._is_internal())
        outside._client_end_sessions()
        outside.filtered(lambda user: not user.login_date).partner_id.signup_cancel()

    # -- invitations ------------------------------------------------------------------------------

    @api.model
    def _client_invitation_days(self):
        """How long the link of an invitation works; a setting.

        :rtype: int
        """
        value = self.env["ir.config_parameter"].sudo().get_param("client_portal.invitation_days")  # reason: a setting
        return whole_number(value) or INVITATION_DAYS

    def _client_send_invitation(self):
        now = fields.Datetime.now()
        for member in self.sudo():  # reason: whoever may invite may note until when
            first = not member.user_id.login_date
            member.invitation_expires = first and now + timedelta(days=self._client_invitation_days())
        return super()._client_send_invitation()

    def _client_invitation_expired(self):
        """Whether somebody who never signed in holds a link that no longer works."""
        self.ensure_one()
        waits = self.active and not self.suspended and not self.user_id.sudo().login_date  # reason: only asked whether
        return bool(waits and self.invitation_expires and self.invitation_expires < fields.Datetime.now())
