from odoo import api, models

from .client_allowlist import CLIENT_READABLE


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def _has_field_access(self, field, operation):
        """Governed users read an allowlist of fields and write none.

        Extends the ORM's single field gate, which reads, domains, orders, groupings and
        exports all consult.
        """
        if not super()._has_field_access(field, operation):
            return False
        allowed = CLIENT_READABLE.get(self._name)
        if allowed is None or self.env.su or not self.env.user._is_client_governed():
            return True
        return operation == "read" and field.name in allowed

    def _order_to_sql(self, order, query, alias=None, reverse=False):
        """Spare governed users a default order on fields they may not read."""
        if (
            order == self._order
            and not self.env.su
            and self._name in CLIENT_READABLE
            and self.env.user._is_client_governed()
        ):
            order = "id desc"
        return super()._order_to_sql(order, query, alias=alias, reverse=reverse)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Refuse governed users groups by many2many fields too: the ORM does not check those."""
        name = groupby_spec.split(":")[0].split(".")[0]
        if self._name in CLIENT_READABLE and name in self._fields:
            self._check_field_access(self._fields[name], "read")
        return super()._read_group_groupby(alias, groupby_spec, query)
