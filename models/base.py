import functools

from odoo import api, models
from odoo.exceptions import MissingError
from odoo.fields import Domain

from .client_allowlist import CLIENT_READABLE


def _is_domain(value):
    return isinstance(value, (Domain, list, tuple))


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
        if not self._client_gates_fields():
            return True
        return operation == "read" and field.name in CLIENT_READABLE[self._name]

    def _field_to_sql(self, alias, field_expr, query=None):
        """Ask the gate of a field that is read elsewhere too; the ORM follows such a field in sudo, unasked."""
        self._client_check_computed(field_expr)
        return super()._field_to_sql(alias, field_expr, query)

    def _read_group_select(self, aggregate_spec, query):
        """Asked here as well: models put columns of others in the place of their own."""
        self._client_check_computed(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _client_check_computed(self, spec):
        """Refuse a governed user a field that is no column and not theirs to read; the ORM itself asks for columns.

        :param str spec: beginning with the field's name
        """
        field = self._fields.get(spec.split(":")[0].split(".")[0])
        if field and not field.store and self._client_gates_fields():
            self._check_field_access(field, "read")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Ask the gate of computed fields too: the ORM asks only what their search methods make of them."""
        if not (self.env.su or bypass_access) and self.env.user._is_client_governed():
            self._client_check_domain(Domain(domain))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _client_check_domain(self, domain):
        """Refuse a domain over computed fields that the governed user may not read, however deep they stand.

        :param Domain domain: as it was asked
        :raise AccessError: as the field gate does
        """
        for condition in domain.iter_conditions():
            model, names = self, condition.field_expr.split(".")
            for name in names:
                model._client_check_computed(name)
                field = model._fields.get(name)
                model = self.env.get(field.comodel_name) if field and field.relational else None
                if model is None:
                    break
            if model is not None and condition.operator in ("any", "not any") and _is_domain(condition.value):
                model._client_check_domain(Domain(condition.value))

    @api.model
    def _client_gates_fields(self):
        """Whether the current user reads an allowlist of this model's fields.

        :rtype: bool
        """
        return self._name in CLIENT_READABLE and not self.env.su and self.env.user._is_client_governed()

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
        for part in order.split(",") if order else ():
            self._client_check_computed(part.strip().partition(" ")[0])
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
