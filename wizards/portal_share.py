"""Odoo's own "Share": a client's record is shared with members who may see it, and nobody else."""

from odoo import api, models


class PortalShare(models.TransientModel):
    """Sharing a client's record sends a plain link: the membership opens it, no token does."""

    _inherit = "portal.share"

    def _client_of_record(self):
        """The client whose record is being shared.

        :return: res.partner, empty when the record is no client's
        """
        record = self.resource_ref
        if not record or "client_id" not in record._fields:
            return self.env["res.partner"]
        return record.client_id.filtered("is_client")

    @api.depends("res_model", "res_id")
    def _compute_share_link(self):
        super()._compute_share_link()
        for wizard in self.filtered("share_link"):
            if wizard._client_of_record():
                wizard.share_link = wizard._client_plain_link()

    @api.model
    def default_get(self, fields):
        """Show the plain link of a client's record from the start."""
        result = super().default_get(fields)
        if result.get("res_model") and result.get("res_id"):
            wizard = self.new({name: result[name] for name in ("res_model", "res_id")})
            if wizard._client_of_record():
                result["share_link"] = wizard._client_plain_link()
        return result

    def _client_plain_link(self):
        """Address of the record in the portal, without any key in it."""
        record = self.resource_ref
        return record.get_base_url() + record._client_url()

    def action_send_mail(self):
        """Refuse recipients of a client's record who are no members, or may not see it."""
        for wizard in self:
            client = wizard._client_of_record()
            if client:
                self.env["client.member"]._client_require_members(client, wizard.partner_ids, wizard.resource_ref)
        return super().action_send_mail()

    def _send_public_link(self, partners=None):
        """Mail the plain link of a client's record; stock for everything else."""
        if not self._client_of_record():
            return super()._send_public_link(partners=partners)
        for partner in self.partner_ids if partners is None else partners:
            wizard = self.with_context(lang=partner.lang)
            record = wizard.resource_ref
            record.message_post_with_source(
                "portal.portal_share_template",
                render_values={
                    "partner": partner,
                    "note": self.note,
                    "record": record,
                    "share_link": wizard._client_plain_link(),
                    "model_description": self.env["ir.model"]._get(record._name).display_name,
                },
                subject=wizard.env._("Invitation to access %s", record.display_name),
                subtype_xmlid="mail.mt_note",
                email_layout_xmlid="mail.mail_notification_light",
                partner_ids=partner.ids,
            )

    def _send_signup_link(self, partners=None):
        """No sign-up link for a client's record: people join by invitation only."""
        if self._client_of_record():
            return self._send_public_link(partners=partners)
        return super()._send_signup_link(partners=partners)
