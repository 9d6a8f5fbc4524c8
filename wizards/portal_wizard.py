"""Odoo's own "Grant portal access": for a client's contact it grants a membership."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class PortalWizardUser(models.TransientModel):
    """A line of the stock wizard that knows when its contact belongs to a client."""

    _inherit = "portal.wizard.user"

    client_id = fields.Many2one(
        "res.partner",
        compute="_compute_client_id",
        help="The client this contact belongs to.",
    )
    client_member_id = fields.Many2one("client.member", compute="_compute_client_id")
    client_role_id = fields.Many2one(
        "client.role",
        string="Client role",
        compute="_compute_client_role_id",
        store=True,
        readonly=False,
        help="What a contact of a client may see and do once access is granted. "
        "Only client managers choose another role than Viewer.",
    )

    @api.depends("partner_id", "user_id")
    def _compute_client_id(self):
        for line in self:
            client = line.partner_id.commercial_partner_id
            line.client_id = client if client.is_client else False
            line.client_member_id = self.env["client.member"].search(
                [("user_id", "=", line.user_id.id), ("client_id", "=", line.client_id.id)],
                limit=1,
            )

    @api.depends("partner_id")
    def _compute_client_role_id(self):
        viewer = self.env.ref("client_portal.client_role_viewer")
        for line in self:
            line.client_role_id = line.client_member_id.role_id or (viewer if line.client_id else False)

    def action_grant_access(self):
        """Grant a membership to a client's contact, stock access to everybody else."""
        self.ensure_one()
        if not self.client_id:
            return super().action_grant_access()
        if self.client_member_id:
            raise UserError(self.env._("%s is a member of this client already.", self.partner_id.name))
        if not self.user_id:
            self._assert_user_email_uniqueness()
        self._update_partner_email()
        self._client_grant()
        return self.action_refresh_modal()

    def _client_grant(self):
        """Make this contact a member with the role staff may give."""
        viewer = self.env.ref("client_portal.client_role_viewer")
        role = self.client_role_id or viewer
        if not self.env.user.has_group("client_portal.group_client_manager"):
            role = viewer
        Member = self.env["client.member"].with_context(welcome_message=self.wizard_id.welcome_message)
        return Member._client_invite(
            self.client_id,
            self.partner_id.name,
            self.email,
            role,
            contact=self.partner_id,
        )

    def action_revoke_access(self):
        """Close every membership of the login together with the login itself."""
        user = self.user_id
        result = super().action_revoke_access()
        Member = self.env["client.member"].sudo()  # reason: they end with the login, whoever revokes it
        members = Member.search([("user_id", "=", user.id)])
        members.write({"active": False})
        return result

    def _send_email(self):
        """Repeat the invitation to the client's portal, not Odoo's general one."""
        self.ensure_one()
        if self.client_member_id:
            member = self.client_member_id.with_context(welcome_message=self.wizard_id.welcome_message)
            member._client_send_invitation()
            return True
        return super()._send_email()
