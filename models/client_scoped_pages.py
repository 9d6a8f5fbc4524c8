from odoo import api, models
from odoo.fields import Domain


class ClientScoped(models.AbstractModel):
    """What every list and record page of a scoped model shares."""

    _inherit = "client.scoped"

    # the section of the pages a record belongs to; see SECTIONS in client_layout.py
    _client_section = ""
    # what one row of a list reads; found and read in one query
    _client_row_fields = ("client_id", "client_site_id", "company_id")

    @api.model
    def _client_find(self, domain, order, limit, offset=0):
        """Records of a list as the current user, with the fields of a row read along."""
        return self.search_fetch(domain, self._client_row_fields, order=order, limit=limit, offset=offset)

    @api.model
    def _client_visible_domain(self):
        """The current user's own record rules as a domain.

        With it a query may run in sudo (to group or filter by a field members cannot
        read, such as a job's project) and still count only what the member may see.
        """
        self.check_access("read")
        return Domain(self.env["ir.rule"]._compute_domain(self._name, "read"))

    @api.model
    def _client_only_visible(self, domain):
        """Records of ``domain`` the user may see, bound to the user; one query."""
        visible = self._client_visible_domain() & Domain(domain)
        ids = self.sudo()._search(visible)  # the user's rules are part of the domain
        return self.browse(ids)

    @api.model
    def _client_list_domain(self, search, filterby):
        """Domain of what somebody typed and chose above a list.

        :param str search: free text, may be empty
        :param str filterby: a key of ``_client_searchbar()['filters']``
        """
        bar = self._client_searchbar()
        chosen = bar["filters"].get(filterby) or bar["filters"][bar["default_filter"]]
        domain = Domain(chosen["domain"])
        if search:
            domain &= self._client_search_domain(search)
        return domain

    @api.model
    def _client_search_domain(self, search):
        """Domain of what somebody typed above a list."""
        return Domain.OR(Domain(field, "ilike", search) for field in self._client_searchbar()["search"])

    def _client_places(self):
        """{record id: where it is}: the site, for members of several clients also whose.

        In one query for the whole set.
        """
        records = self.sudo()  # the site and the client of a visible record may be named
        several = len(self.env.user._client_members().client_id) > 1
        (records.client_site_id | (records.client_id if several else records.client_id.browse())).fetch(["name"])
        return {
            record.id: self._client_details(record.client_id.name if several else "", record.client_site_id.name)
            for record in records
        }

    @api.model
    def _client_tax_rows(self, totals):
        """[{'label', 'amount'}] of Odoo's tax totals; nothing where there is no tax.

        :param dict totals: value of a ``tax_totals`` field
        """
        amount = self.env["client.words"]._amount
        currency = self.env["res.currency"].browse((totals or {}).get("currency_id"))
        rows = []
        for subtotal in (totals or {}).get("subtotals", ()):
            if subtotal["tax_groups"]:
                rows.append({"label": subtotal["name"], "amount": amount(subtotal["base_amount_currency"], currency)})
            rows += [
                {"label": group["group_name"], "amount": amount(group["tax_amount_currency"], currency)}
                for group in subtotal["tax_groups"]
            ]
        return rows

    def _client_asks(self):
        """What the member can do about this record now, most pressing first.

        Every entry is shown as a card on the record's page. An extension adds its own to what
        ``super()`` gives.

        :return: [{'template': external id of the card, ...its values}]
        """
        return []

    def _client_cards(self):
        """Further cards beside the record's facts, such as its documents.

        An extension adds its own to what ``super()`` gives.

        :return: [{'template': external id of the card, ...its values}]
        """
        return []

    @api.model
    def _client_details(self, *parts):
        """Secondary line of a row: the parts that are not empty."""
        return " · ".join(part for part in parts if part)

    def _client_talk(self):
        """Values of the conversation: the thread, and whether and before whom one writes."""
        self.ensure_one()
        may_write = self.env.user._client_can("comment", self)
        return {
            "object": self,
            "disable_composer": not may_write,
            "readers": self._client_readers() if may_write else "",
        }

    def _client_readers(self):
        """Who reads what is written here, in words."""
        members = self.client_id.sudo().client_member_ids  # counted only, the writer is one of them
        able = members.filtered(
            lambda m: m.role_id[f"can_{self._client_capability}"] and not m.suspended and m._covers(self)
        )
        client, operator = self.client_id.name, self.company_id.sudo().name  # names on every letterhead
        if len(able) == 1:
            return self.env._("You and %(operator)s read this.", operator=operator or self.env.company.name)
        return self.env._(
            "%(count)s members of %(client)s and %(operator)s read this.",
            count=len(able),
            client=client,
            operator=operator or self.env.company.name,
        )
