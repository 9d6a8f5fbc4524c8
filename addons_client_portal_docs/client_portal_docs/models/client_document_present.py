"""By what the library can be narrowed: categories, years, projects and assets that documents of it have."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

YEARS_BACK = 40  # no document was shared earlier
RECORDS = {"project": "project.project", "asset": "client.asset"}


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _client_present(self, client_ids):
        """Which values there are among the documents the user sees, all in one query.

        Each is looked up by itself: a few steps in an index, where grouping would read the whole library.

        :param list client_ids: clients the library is of
        :return: {'category', 'year', and with the right to see jobs 'project', 'asset': [values, ascending]}
        """
        documents = self.sudo()  # the user's own rules are part of the domain; only values come out, no records
        query = documents._search(self._client_visible_domain() & Domain("client_id", "in", client_ids))
        asked = self._client_presences(query.table)
        arrays = [
            SQL(
                "ARRAY(SELECT value FROM (%s) v(value) CROSS JOIN LATERAL"
                " (SELECT 1 FROM %s WHERE %s AND %s ORDER BY %s LIMIT 1) d ORDER BY 1)",
                values,
                query.from_clause,
                query.where_clause,
                fits,
                # so that the index of the column is used, and not the whole library read for the first one
                column,
            )
            for values, column, fits in asked.values()
        ]
        [row] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(arrays)))
        return dict(zip(asked, row, strict=True))

    def _client_presences(self, alias):
        """{name: (query of values ``v.value``, column of a document, whether it is that value)}, all SQL.

        :param str alias: of the documents in the query
        """
        category, published, record, model = (
            SQL.identifier(alias, name) for name in ("category_id", "published_on", "res_id", "res_model")
        )
        value, last = SQL("v.value"), self.env["client.words"]._today().year
        years = SQL("SELECT generate_series(%s, %s)", last - YEARS_BACK, last)
        asked = {
            "category": (SQL("SELECT id FROM client_document_category"), category, _is(category, value)),
            "year": (years, published, self._client_in_year(published, value)),
        }
        records = RECORDS if self.env.user._client_can("see_jobs") else {}
        for name, owner in records.items():
            theirs = self.env[owner]._search([])  # as the user sees them
            among = SQL("%s = %s AND %s", model, owner, _is(record, value))
            asked[name] = (theirs.select(SQL.identifier(theirs.table, "id")), record, among)
        return asked

    def _client_in_year(self, column, year):
        """Whether a moment is in a year where the reader is, of a column and of a year that stands in a query."""
        zone = self.env.context.get("tz") or self.env.user.tz or "UTC"
        begins = SQL("make_timestamptz(%s::int, 1, 1, 0, 0, 0, %s) AT TIME ZONE 'UTC'", year, zone)
        ends = SQL("make_timestamptz(%s::int + 1, 1, 1, 0, 0, 0, %s) AT TIME ZONE 'UTC'", year, zone)
        return SQL("%s >= %s AND %s < %s", column, begins, column, ends)


def _is(column, value):
    """Equal, in words for which PostgreSQL keeps to the order of the column."""
    return SQL("%s BETWEEN %s AND %s", column, value, value)
