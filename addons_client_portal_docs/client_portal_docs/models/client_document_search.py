"""What makes a large library quick: words are found by an index, and lists and counts read no text."""

from odoo import api, models
from odoo.tools import SQL

from .client_text import MOST_LETTERS

# rows before a page that are read along faster than they are looked up twice
_NEAR = 800
_RULES = "active, client_site_id, client_only_user_id, company_id, capability, approvers_only"


class ClientDocument(models.Model):
    _inherit = "client.document"

    # what the record rules ask stands in the index too: counting reads nothing else
    _client_list = models.Index(
        f"(client_id, published_on DESC, id DESC) INCLUDE ({_RULES}) WHERE client_published IS TRUE"
    )
    _client_categories = models.Index(f"(client_id, category_id) INCLUDE ({_RULES}) WHERE client_published IS TRUE")
    _client_expiry = models.Index(
        f"(client_id, valid_until, id DESC, expiring_from) INCLUDE ({_RULES}) WHERE client_published IS TRUE"
    )
    _client_titles = models.Index(f"(client_id, name, id) INCLUDE ({_RULES}) WHERE client_published IS TRUE")
    _words = models.Index("USING gin (client_document_words(search_text)) WHERE client_published IS TRUE")

    def _auto_init(self):
        """The words of a text, dear to compute: PostgreSQL is to take them from the index and nowhere else.

        It takes the built-in function for cheap, and then reads a list in its order until a page is full of matches.
        """
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION client_document_words(content text) RETURNS tsvector
                LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100000 AS
                $$ BEGIN RETURN to_tsvector('simple'::regconfig, left(content, %s)); END $$
                """,
                SQL(str(MOST_LETTERS)),
            )
        )
        super()._auto_init()

    def init(self):
        """Keep the text beside the table, so that lists need not read past it."""
        super().init()
        self.env.cr.execute(SQL("ALTER TABLE client_document SET (toast_tuple_target = 256)"))

    @api.model
    def _client_count(self, query, order, limit, search):
        """Words are looked up once: what they find is counted in the list's order, and pages are taken from that."""
        if search and limit:
            query.order = self._order_to_sql(order, query)
            query.limit = limit
            return len(query.get_result_ids())
        return super()._client_count(query, order, limit, search)

    @api.model
    def _client_page(self, query, order, limit, offset=0):
        """What stands before a page far behind is counted off in the index; only the page itself is read."""
        if query.order:
            ids = query.get_result_ids()[offset : offset + limit]
        elif offset > _NEAR:
            query.order, query.limit, query.offset = self._order_to_sql(order, query), limit, offset
            ids = query.get_result_ids()
        else:
            return super()._client_page(query, order, limit, offset)
        return self._client_find([("id", "in", ids)], order, limit)

    @api.model
    def _client_words_sql(self, alias, search):
        """Whether a document has all these words; the last one may be the beginning of one.

        :param str alias: of the documents in the query
        :param str search: as typed
        """
        return SQL(
            "client_document_words(%s) @@"
            " (NULLIF(plainto_tsquery('simple'::regconfig, %s)::text, '') || ':*')::tsquery",
            SQL.identifier(alias, "search_text"),
            search,
        )
