from odoo import api, models
from odoo.fields import Domain


class ClientShown(models.AbstractModel):
    """What has a list and pages of its own: the records of ``client.scoped``, and sites."""

    _name = "client.shown"
    _description = "Shown on pages"

    # many2one to the client it belongs to
    _client_owner_field = "client_id"
    # capability a member needs to see this kind of record
    _client_capability = ""
    # what a governed user reads as the record's name
    _client_label_field = "name"
    # many2one to the one login of the client that a record is kept to, where a model has it
    _client_only_field = ""
    # whether its thread is a conversation with the client; otherwise every word of it stays inside
    _client_talks = True
    # the section of the pages a record belongs to; see SECTIONS in client_layout.py
    _client_section = ""
    # address of its list, and what opens that beside seeing the records themselves
    _client_list_url = ""
    _client_list_capability = ""
    # how far its list is counted and turned over, 0: to the end; what is beyond is found by narrowing the list
    _client_list_most = 0
    # what one row of a list reads; found and read in one query
    _client_row_fields = ("client_id", "client_site_id", "company_id")

    def _client_owner(self):
        """Whose these records are (res.partner)."""
        return self[self._client_owner_field]

    def _client_sites(self):
        """Sites at which members limited to sites may see a record, itself if it is one (res.partner)."""
        return self.client_site_id

    @api.model
    def _client_find(self, domain, order, limit, offset=0):
        """Records of a list as the current user, with the fields of a row read along."""
        return self.search_fetch(domain, self._client_row_fields, order=order, limit=limit, offset=offset)

    @api.model
    def _client_count(self, query, order, limit, search):
        """How many rows a query finds, counted up to a limit.

        :param str search: the words it was narrowed by, may be empty
        """
        query.limit = limit
        return len(query)

    @api.model
    def _client_page(self, query, order, limit, offset=0):
        """The same of a query that was counted: the user's rules are written once for the number and the rows."""
        query.order, query.limit, query.offset = self._order_to_sql(order, query), limit, offset
        return self._fetch_query(query, self._determine_fields_to_fetch(self._client_row_fields))

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
    def _client_list_domain(self, search, filterby, bar=None):
        """Domain of what somebody typed and chose above a list.

        :param str search: free text, may be empty
        :param str filterby: a key of ``_client_searchbar()['filters']``
        :param dict bar: that searchbar, where the caller has it
        """
        bar = bar or self._client_searchbar()
        chosen = bar["filters"].get(filterby) or bar["filters"][bar["default_filter"]]
        domain = Domain(chosen["domain"])
        if search:
            domain &= self._client_search_domain(search)
        return domain

    @api.model
    def _client_details(self, *parts):
        """Secondary line of a row: the parts that are not empty."""
        return " · ".join(part for part in parts if part)
