import functools

from odoo import api, models
from odoo.exceptions import MissingError

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
            and not {part.split()[0] for part in order.split(",")} <= CLIENT_READABLE[self._name]
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

    def fetch(self, field_names=None):
        """A record that does not exist is refused to governed users like one of somebody else."""
        super().fetch(field_names)
        if not self._client_hides_missing():
            return
        records = self._origin
        fetched = records._determine_fields_to_fetch(field_names)
        column = next((field for field in fetched if field.column_type and field.name != "id"), None)
        if column and records:
            there = column._get_cache(self.env)
            missing = records.filtered(lambda record: record.id not in there)
            if missing:
                raise self.env["ir.rule"]._make_access_error("read", missing)

    def _check_access(self, operation):
        try:
            return super()._check_access(operation)
        except MissingError:
            if not self._client_hides_missing():
                raise
            return self, functools.partial(self.env["ir.rule"]._make_access_error, operation, self)

    def read(self, fields=None, load="_classic_read"):
        rows = super().read(fields, load)
        if len(rows) < len(set(self.ids)) and self._client_hides_missing():
            raise self.env["ir.rule"]._make_access_error("read", self)
        return rows

    @api.model
    def _client_hides_missing(self):
        """Whether the current user must not learn which records exist.

        :rtype: bool
        """
        return not self.env.su and self.env.user._is_client_governed()
