"""Who can see a record that one person at the client keeps to themselves.

The rules name the reader, so views that are alike differ for private records.
"""

from odoo import api, models
from odoo.fields import Domain

from .client_allowlist import CLIENT_READABLE


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def _client_audience(self):
        """Private records are asked about one by one, as the one person each is for."""
        private = self.filtered(lambda record: record._client_only_user())
        audience = super(ClientScoped, self - private)._client_audience()
        for record in private:
            audience.update(super(ClientScoped, record)._client_audience())
        return audience

    def _client_only_user(self):
        """The one person the records are for, or nobody in particular."""
        field = self._client_only_field
        return self.sudo()[field] if field else self.env["res.users"]  # their scope

    def _client_audience_members(self, clients):
        members = super()._client_audience_members(clients)
        only = self._client_only_user()  # see _client_audience: shared ones, or one private
        return members.filtered(lambda member: member.user_id in only) if only else members

    @api.model
    def _client_count_as(self, users, domain):
        """Shared records by the view, private ones by the person; people without any are not asked."""
        only = self._client_only_field
        if not only or only not in CLIENT_READABLE.get(self._name, ()):  # asked for as the person
            return super()._client_count_as(users, domain)
        counts = super()._client_count_as(users, Domain(domain) & Domain(only, "=", False))
        private = Domain(domain) & Domain(only, "in", users.ids)
        for (user,) in self.sudo()._read_group(private, [only]):  # whether there are any; then asked as the user
            own = super()._client_count_as(user, Domain(domain) & Domain(only, "=", user.id))
            counts[user.id] += own.get(user.id, 0)
        return counts
