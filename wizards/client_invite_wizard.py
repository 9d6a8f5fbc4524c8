"""Invite a person to a client's portal: contact, login, membership and mail in one step."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize


class ClientInviteWizard(models.TransientModel):
    """What a client manager fills in; ``client.member._client_invite`` does the work."""

    _name = "client.invite.wizard"
    _description = "Invite to the client portal"

    client_id = fields.Many2one(
        "res.partner",
        required=True,
        domain=[("is_client", "=", True)],
        help="The client whose portal this person will use.",
    )
    name = fields.Char(required=True, help="Name of the person; used when they are no contact yet.")
    email = fields.Char(
        string="E-mail",
        required=True,
        help="The invitation goes here, and it becomes the login.",
    )
    role_id = fields.Many2one(
        "client.role",
        required=True,
        default=lambda self: self.env.ref("client_portal.client_role_viewer", False),
        help="What this person may see and do.",
    )
    role_note = fields.Text(related="role_id.note")
    all_sites = fields.Boolean(
        default=True,
        help="Sees the whole client. Untick to choose the sites this person sees.",
    )
    site_ids = fields.Many2many(
        "res.partner",
        domain="[('is_client_site', '=', True), ('commercial_partner_id', '=', client_id)]",
        help="This person sees records of these sites only.",
    )
    found_text = fields.Char(compute="_compute_found_text", help="Who already has this address.")

    @api.depends("email", "name", "client_id")
    def _compute_found_text(self):
        for wizard in self:
            wizard.found_text = wizard._client_found_text()

    def _client_found_text(self):
        """Say in one sentence who already has the address, before anything is saved.

        :rtype: str | bool
        """
        email = email_normalize(self.email)
        if not email:
            return False
        Member = self.env["client.member"]
        users = Member._client_users_of(email)
        user = (Member._client_proven(users, email) or users)[:1]
        if user and user._is_internal():
            return self.env._("This is an internal user: they cannot be a member.")
        if user and not Member._client_proven(user, email):
            return Member._client_unproven_words(user, email)
        if user:
            return self.env._("%s has a login already: the membership is added to it.", user.name)
        contact = Member._client_find_contact(self.client_id, self.name, email)
        if contact:
            return self.env._("The existing contact %s gets a login.", contact.display_name)
        return self.env._("A new contact is created.")

    @api.onchange("client_id")
    def _onchange_client_id(self):
        self.site_ids = self.site_ids.filtered(lambda site: site.commercial_partner_id == self.client_id)

    def _client_invite(self):
        """Create the membership and queue the mail.

        :return: client.member
        """
        self.ensure_one()
        sites = None if self.all_sites else self.site_ids
        if sites is not None and not sites:
            raise UserError(self.env._("Choose at least one site, or give all sites."))
        return self.env["client.member"]._client_invite(self.client_id, self.name, self.email, self.role_id, sites)

    def action_client_invite(self):
        """Invite and tell staff where the mail went."""
        member = self._client_invite()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Invitation sent to %s.", member.email),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_client_invite_more(self):
        """Invite and open an empty form for the next person of the same client."""
        self._client_invite()
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_invite_wizard_action")
        return dict(action, context={"default_client_id": self.client_id.id})
