"""Who can see a record, on its page and for staff."""

from odoo import fields, models


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    client_is_client = fields.Boolean("Of a client", related="client_id.is_client", export_string_translation=False)

    def _client_talk(self):
        """A record's page also says who else can see the record."""
        return {**super()._client_talk(), "audience": self._client_audience_card()}

    # ------------------------------------------------------------------------ staff

    def _client_outsiders(self):
        """Portal users who are no members but whom Odoo's own rules let see this record.

        Followers of a company that is no client keep Odoo's portal, and it may show them
        a client's record.

        :return: res.users, sudo
        """
        self.ensure_one()
        companies = self.sudo().message_partner_ids.commercial_partner_id  # looked for, then asked as each user
        users = self.env["res.users"].sudo()  # names for staff
        users = users.search([("share", "=", True), ("partner_id.commercial_partner_id", "in", companies.ids)])
        users = users.filtered(lambda user: not user._is_client_governed())
        seeing = [group for eyes, group in self._client_eyes(users) if eyes.search([("id", "=", self.id)])]
        return users.browse().union(*seeing)
