"""Settings of the client portal, one set per operator company."""

from odoo import fields, models

from .client_member_access import INVITATION_DAYS


class ResCompany(models.Model):
    _inherit = "res.company"

    client_contact_user_id = fields.Many2one(
        "res.users",
        string="Contact person for clients",
        domain=[("share", "=", False)],
        help="Shown to clients that have no salesperson of their own.",
    )
    client_support_text = fields.Text(
        string="Whom to ask",
        translate=True,
        help="Shown to people who can sign in but have no access, and beside the contact person."
        " Say whom to call or write to.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_contact_user_id = fields.Many2one(related="company_id.client_contact_user_id", readonly=False)
    client_support_text = fields.Text(related="company_id.client_support_text", readonly=False)
    client_invitation_days = fields.Integer(
        string="Invitations work for",
        config_parameter="client_portal.invitation_days",
        default=INVITATION_DAYS,
        help="Days until the link of an invitation expires. It can be sent again.",
    )
    client_access_months = fields.Integer(
        string="Keep the access journal for", config_parameter="client_portal.access_months", default=24
    )
