"""Buttons of the back office on memberships."""

from odoo import api, models
from odoo.exceptions import UserError


class ClientMember(models.Model):
    _inherit = "client.member"

    def action_client_resend(self):
        """Queue the invitation mail again and say so; for those who manage members."""
        self.check_access("write")
        self._client_send_invitation()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Invitation sent to %s.", ", ".join(m.email or "" for m in self)),
            },
        }

    def action_client_suspend(self):
        """Take access away for now."""
        self._suspend(self.env._("Suspended by %s.", self.env.user.name))

    def action_client_resume(self):
        """Give access back."""
        self.write({"suspended": False, "suspended_reason": False})

    def action_client_remove(self):
        """End the memberships; they stay on record."""
        self.write({"active": False})

    def action_client_restore(self):
        """Bring removed memberships back as they were."""
        self.write({"active": True})

    def _client_env(self):
        """This member's own eyes: their login with their companies, not those of whoever asks.

        :return: odoo.api.Environment
        """
        self.ensure_one()
        user = self.user_id
        return self.env(user=user, su=False, context={"lang": user.lang, "allowed_company_ids": user.company_ids.ids})

    @api.model
    def _client_require_members(self, client, partners, record=None):
        """Refuse to share a client's work with outsiders who are no members, or with members it is not for.

        :param client: res.partner flagged is_client
        :param partners: res.partner the work is about to be shared with
        :param record: the record itself, when it must be visible to them
        :raise UserError: naming the person and the button that helps
        """
        Members = self.sudo()  # reason: only compared; who shares need not manage members
        members = Members.search([("client_id", "=", client.id), ("suspended", "=", False)])
        by_partner = {member.partner_id: member for member in members}
        for partner in partners.filtered("partner_share"):
            member = by_partner.get(partner)
            if not member:
                raise UserError(
                    self.env._(
                        "%(person)s is no member of %(client)s. Invite them with the button “Invite” on the tab "
                        "“Client Portal” of %(client)s, or ask a client manager to do it.",
                        person=partner.display_name,
                        client=client.display_name,
                    )
                )
            if record and not record.with_env(member._client_env()).has_access("read"):
                raise UserError(
                    self.env._(
                        "%(person)s may not see “%(record)s”: it is not published to the client, or it is outside "
                        "their role or their sites.",
                        person=partner.display_name,
                        record=record.display_name,
                    )
                )
