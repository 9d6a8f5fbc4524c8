from odoo import api, models


class ClientScoped(models.AbstractModel):
    """What writing a client's record brings about: wider companies, updates, their scope."""

    _inherit = "client.scoped"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create([self._client_by_hand(vals) for vals in vals_list])
        records._client_widen_companies()
        records._client_tell({})
        return records

    def write(self, vals):
        watched = self if not vals.keys().isdisjoint(self._client_news_triggers()) else self.browse()
        before = watched._client_snapshot()
        result = super().write(self._client_by_hand(vals))
        if self._client_customer_field in vals or "company_id" in vals:
            self._client_widen_companies()
        watched._client_tell(before)
        return result

    @api.model
    def _client_by_hand(self, vals):
        """Remember a site that staff chose, so that addresses do not overrule it."""
        if "client_site_id" not in vals or "client_site_manual" in vals:
            return vals
        return {**vals, "client_site_manual": bool(vals["client_site_id"])}

    def unlink(self):
        gone = [(self._name, record_id) for record_id in self.ids]
        result = super().unlink()
        self.env["client.update"]._withdraw(gone)
        return result

    def _write_multi(self, vals_list):
        """Updates follow the scope of their record, however it came to change."""
        super()._write_multi(vals_list)
        scope = {"client_id", "client_site_id", "client_published", "company_id", self._client_only_field}
        moved = [
            record.id
            for record, vals in zip(self, vals_list, strict=True)
            if not scope.isdisjoint(vals)
        ]
        if moved:
            self.env["client.update"]._follow(self._name, self._table, moved)

    def _client_widen_companies(self):
        """Members see the records of every operator company that serves their client."""
        for record in self.sudo():  # staff of one company may not write on the client
            company = record.company_id
            client = record.client_id
            if company and client.is_client and company not in client.client_company_ids:
                client.client_company_ids += company

    def _client_news_triggers(self):
        """Fields whose write is worth comparing before and after."""
        return {"client_publish", "active", *self._client_publish_depends, *self._client_watched()}

    def _client_watched(self):
        """Fields whose change may be news."""
        return set(self._client_news_fields)

    def _client_snapshot(self):
        """{id: {field: value}} of what decides whether there is news."""
        names = ("client_published", *self._client_watched())
        return {
            record.id: {name: record[name] for name in names}
            for record in self.sudo()  # compared only, nothing leaves
        }

    def _client_tell(self, before):
        """Write an update for everything that changed and that the client may know.

        :param dict before: an earlier ``_client_snapshot``; empty for new records
        """
        after = self._client_snapshot()
        rows = []
        for record in self.sudo():  # updates are written by the suite, whoever acts
            old = before.get(record.id, {})
            if record.client_published and record.client_id.is_client:
                news = record._client_all_news(old, after[record.id])
                rows += [record._client_update_vals(kind, values) for kind, values in news]
        self.env["client.update"].sudo()._append(rows)  # nobody has create rights on updates

    def _client_all_news(self, old, new):
        """(kind, values) of what a model says by hand; what it declares comes on top, see ``client_told.py``."""
        yield from self._client_news(old, new)

    def _client_news(self, old, new):
        """Yield (kind, values) of what a client may know, where a declaration in ``_client_updates`` is not enough.

        :param dict old: snapshot before, empty for a new record
        :param dict new: snapshot now
        """
        return []

    def _client_update_vals(self, kind, values=None, capability=None):
        """Values of one ``client.update`` about this record."""
        self.ensure_one()
        label = self[self._client_label_field]
        site = self.client_site_id.name or ""
        return {
            "kind": kind,
            "values": {"name": label, "site": site, **(values or {})},
            "res_model": self._name,
            "res_id": self.id,
            "client_id": self.client_id.id,
            "client_site_id": self.client_site_id.id,
            "client_only_user_id": self[self._client_only_field].id if self._client_only_field else False,
            "client_published": self.client_published,
            "company_id": self.company_id.id,
            "capability": capability or self._client_capability,
        }
