"""How the library is searched, narrowed and sorted, and how it reads as a file."""

from datetime import date

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

YEARS_BACK = 40  # no document was shared earlier


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _client_searchbar(self):
        words = self.env["client.words"]
        today = words._today()
        newest = "published_on desc, id desc"
        return {
            "default_sort": "newest",
            "default_filter": "all",
            "sortings": {
                "newest": {"label": self.env._("Newest first"), "order": newest},
                "name": {"label": self.env._("Title"), "order": "name, id"},
                "expiry": {"label": self.env._("Expiring first"), "order": "valid_until asc nulls last, id desc"},
            },
            "filters": {
                "all": {"label": self.env._("All documents"), "domain": []},
                "new": {
                    "label": self.env._("New since your last visit"),
                    "domain": self.env.user._client_new_domain("published_on"),
                },
                "expiring": {
                    "label": self.env._("Expiring"),
                    "domain": [("expiring_from", "<=", today), ("valid_until", ">=", today)],
                },
                "expired": {"label": self.env._("Expired"), "domain": [("valid_until", "<", today)]},
            },
        }

    @api.model
    def _client_search_domain(self, search):
        """Words of title, tags and the text inside, the last one perhaps unfinished.

        Part of the query that the user's rules are part of: members may not read the text itself.
        """
        return Domain.custom(to_sql=lambda model, alias, query: model._client_words_sql(alias, search))

    @api.model
    def _client_narrowings(self, query, client_ids):
        sites = self.env["res.partner"]._client_sites_of(client_ids)
        owned = Domain("client_id", "in", client_ids)
        narrowings = [
            *super()._client_narrowings(query, client_ids),
            self._client_category_choice(query, owned),
            self._client_choice(
                "site", self.env._("Site"), query, "res.partner", sites, lambda site: [("client_site_id", "=", site.id)]
            ),
            self._client_year_choice(query, owned),
        ]
        if self.env.user._client_can("see_jobs"):
            narrowings += [
                self._client_record_choice("project", self.env._("Project"), query, "project.project", owned),
                self._client_record_choice("asset", self.env._("Asset"), query, "client.asset", owned),
            ]
        return narrowings

    def _client_record_choice(self, name, label, query, model, owned):
        """Narrowing by a project or asset that has documents."""
        records = self.env[model]._search([])  # as the user sees them
        ids = records.select(SQL.identifier(records.table, "id"))
        here = Domain("id", "in", self._client_present(ids, "res_id", owned & Domain("res_model", "=", model)))
        title = self.env[model]._client_label_field
        narrow = self._client_of_record
        return self._client_choice(name, label, query, model, here, narrow, title)

    def _client_of_record(self, record):
        return [("res_model", "=", record._name), ("res_id", "=", record.id)]

    def _client_category_choice(self, query, owned):
        """Categories are the operator's list; only those of documents the user sees are named."""
        present = self._client_present(SQL("SELECT id FROM client_document_category"), "category_id", owned)
        categories = self.env["client.document.category"].sudo().browse(present)  # as said
        names = {str(category.id): category.name for category in categories.sorted()}
        return self._client_plain_choice("category", self.env._("Category"), query, names, self._client_of_category)

    def _client_of_category(self, value):
        """Asked of the table: members do not read the category itself."""
        category = int(value)
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL("%s = %s", SQL.identifier(alias, "category_id"), category)
        )

    def _client_year_choice(self, query, owned):
        last = self.env["client.words"]._today().year
        among = SQL("SELECT generate_series(%s, %s)", last - YEARS_BACK, last)
        found = self._client_present(among, "published_on", owned, self._client_in_year)
        years = [str(year) for year in reversed(found)]
        return self._client_plain_choice("year", self.env._("Year"), query, {y: y for y in years}, self._client_of_year)

    def _client_in_year(self, column, year):
        """Whether a moment is in a year where the reader is, of a column and of a year that stands in a query."""
        zone = self.env.context.get("tz") or self.env.user.tz or "UTC"
        begins = SQL("make_timestamptz(%s::int, 1, 1, 0, 0, 0, %s) AT TIME ZONE 'UTC'", year, zone)
        ends = SQL("make_timestamptz(%s::int + 1, 1, 1, 0, 0, 0, %s) AT TIME ZONE 'UTC'", year, zone)
        return SQL("%s >= %s AND %s < %s", column, begins, column, ends)

    @api.model
    def _client_present(self, values, column, owned, fits=None):
        """Which of some values there are among the documents the user sees.

        Each is looked up by itself: a few steps in an index, where grouping would read the whole library.

        :param SQL values: query of one column
        :param str column: field of a document
        :param owned: domain that narrows the documents
        :param fits: function of two SQL (column, value), whether they belong together; by default, equal
        :return: list, ascending
        """
        documents = self.sudo()  # the user's rules are part of it
        query = documents._search(self._client_visible_domain() & owned, limit=1)
        cell = documents._field_to_sql(query.table, column, query)
        value = SQL("v.value")
        # in the order of the column, so that its index is used and not the whole library read for the first one
        query.add_where(fits(cell, value) if fits else SQL("%s BETWEEN %s AND %s", cell, value, value))
        query.order = cell
        found = self.env.execute_query(
            SQL("SELECT value FROM (%s) v(value) CROSS JOIN LATERAL (%s) d ORDER BY 1", values, query.select(SQL("1")))
        )
        return [row[0] for row in found]

    def _client_of_year(self, value):
        return self._client_between("published_on", date(int(value), 1, 1), date(int(value), 12, 31))

    @api.model
    def _client_plain_choice(self, name, label, query, options, narrow):
        """One narrowing by something that is no record of the user's.

        :param dict options: value -> words
        :param narrow: function of the chosen value, gives a domain
        """
        value = str(query.get(name) or "")
        value = value if value in options else ""
        return {
            "name": name,
            "label": label,
            "kind": "choice",
            "value": value,
            "options": [{"value": key, "label": words} for key, words in options.items()],
            "chip": options.get(value, ""),
            "domain": Domain(narrow(value)) if value else Domain.TRUE,
        }

    def _client_columns(self):
        documents = self.sudo()  # what a visible document is and how large
        documents.category_id.fetch(["name"])
        documents.current_id.fetch(["number", "name", "size", "sha256"])
        return [
            (self.env._("Title"), lambda document: document.name),
            (self.env._("Category"), lambda document: document.sudo().category_id.name),  # as above
            *self._client_place_columns(),
            (self.env._("Shared on"), lambda document: document.published_on),
            (self.env._("Valid until"), lambda document: document.valid_until),
            (self.env._("Version"), lambda document: document.sudo().current_id.number),  # as above
            (self.env._("File"), lambda document: document.sudo().current_id.name),  # as above
            (self.env._("SHA-256"), lambda document: document.sudo().current_id.sha256),  # as above
        ]
