"""Settings of the client portal, one set per operator company."""

from odoo import fields, models


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
