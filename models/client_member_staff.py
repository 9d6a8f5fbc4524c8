"""Buttons of the back office on memberships."""

from odoo import models


class ClientMember(models.Model):
    _inherit = "client.member"

    def action_client_resend(self):
        """Queue the invitation mail again and say so."""
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
