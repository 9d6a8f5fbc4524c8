"""How the library is searched, narrowed and sorted, and how it reads as a file."""

from datetime import date

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .client_document_present import RECORDS


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
        present = self._client_present(client_ids)
        return [
            *super()._client_narrowings(query, client_ids),
            self._client_category_choice(query, present["category"]),
            self._client_choice(
                "site", self.env._("Site"), query, "res.partner", sites, lambda site: [("client_site_id", "=", site.id)]
            ),
            self._client_year_choice(query, present["year"]),
            *self._client_record_choices(query, present),
        ]

    def _client_record_choices(self, query, present):
        """Narrowings by projects and assets that have documents."""
        labels = {"project": self.env._("Project"), "asset": self.env._("Asset")}
        return [
            self._client_choice(
                name,
                label,
                query,
                RECORDS[name],
                Domain("id", "in", present[name]),
                self._client_of_record,
                self.env[RECORDS[name]]._client_label_field,
            )
            for name, label in labels.items()
            if name in present
        ]

    def _client_of_record(self, record):
        return [("res_model", "=", record._name), ("res_id", "=", record.id)]

    def _client_category_choice(self, query, present):
        """Categories are the operator's list; only those of documents the user sees are named."""
        categories = self.env["client.document.category"].sudo().browse(present)  # as said
        names = {str(category.id): category.name for category in categories.sorted()}
        return self._client_plain_choice("category", self.env._("Category"), query, names, self._client_of_category)

    def _client_of_category(self, value):
        """Asked of the table: members do not read the category itself."""
        category = int(value)
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL("%s = %s", SQL.identifier(alias, "category_id"), category)
        )

    def _client_year_choice(self, query, present):
        years = {str(year): str(year) for year in reversed(present)}
        return self._client_plain_choice("year", self.env._("Year"), query, years, self._client_of_year)

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
