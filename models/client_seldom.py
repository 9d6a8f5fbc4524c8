from odoo import api, models, tools


class ClientSeldom(models.AbstractModel):
    """Rows that most people have none of, and every page asks about: which ones there are is remembered.

    Only the ids are; what they say is read each time. Forgotten, like the scope of members, by every change.
    """

    _name = "client.seldom"
    _description = "Rows that few have"

    @api.model
    def _seldom_of(self, field, owners):
        """Rows of some owners, in sudo: for whoever works out what these may do.

        :param str field: many2one to the owner
        :param owners: records of its model
        """
        rows = self.sudo().browse(self._seldom_ids(field, tuple(owners.ids)))  # asked by the engine alone
        return rows.exists()  # PostgreSQL deletes them with their site, unheard; asks nothing where there are none

    @api.model
    @tools.ormcache("self._name", "field", "owner_ids")
    def _seldom_ids(self, field, owner_ids):
        return tuple(self.sudo().search([(field, "in", owner_ids)]).ids)  # ids alone, the same for every reader

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env["res.users"]._client_forget_scope()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self.env["res.users"]._client_forget_scope()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["res.users"]._client_forget_scope()
        return result
