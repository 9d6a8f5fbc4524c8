"""Words a member types: where they are looked for, also a little misspelt, and the index that finds them."""

from odoo import api, models, tools
from odoo.fields import Domain
from odoo.modules.db import FunctionStatus
from odoo.tools import SQL, Query, escape_psql

WORDS, LETTERS = 6, 40  # words of one search, letters of one word; the rest is left out
CLOSE = "client_search_close"  # context key: also words that are written almost the same
FEW = "client_search_few"  # context key: the clients have so few records that an index of all clients' words is slower
MANY = 3000
BESIDE = "client_search_beside"  # context key: words whose sites stand before the query, see _client_sites_beside
SHORTEST_CLOSE = 4  # shorter words have too few letters to be nearly anything
LIKENESS = "0.45"  # share of a word's three-letter parts that must be there


def search_words(text):
    """The words of a search, each one once.

    :param str text: as typed
    :rtype: list of str
    """
    return list(dict.fromkeys(word[:LETTERS] for word in text.split()))[:WORDS]


def _beside_name(place):
    return SQL.identifier(f"client_sites_{place}")


def words_index(*columns):
    """Definition for ``models.Index`` of what ``_client_search`` looks in: the same columns in the same order.

    Nothing where PostgreSQL lacks pg_trgm. The index is for clients with very many records, see
    ``_client_has_few``. A model that has it says so by ``_client_search_indexed``.
    """

    def definition(registry):
        indexable = registry.has_trigram and registry.has_unaccent in (
            FunctionStatus.MISSING,
            FunctionStatus.INDEXABLE,
        )
        if not indexable:
            return ""
        text = " || ' ' || ".join(f"COALESCE({column}, '')" for column in columns)
        return f"USING gin (({registry.unaccent(f'({text})')}) gin_trgm_ops) WHERE client_published IS TRUE"

    return definition


def is_close(env, word):
    """Whether a word is also looked for as it might be misspelt."""
    return bool(env.context.get(CLOSE)) and len(word) >= SHORTEST_CLOSE and env.registry.has_trigram


def text_domain(env, columns, word):
    """Domain of records with the word in one of some columns of plain text.

    The columns are searched and not shown, whoever asks adds the user's own rules.
    """
    close, unaccent = is_close(env, word), env.registry.unaccent

    def to_sql(model, alias, query):
        cells = [model.sudo()._field_to_sql(alias, column, query) for column in columns]  # searched, not shown
        text = cells[0]
        if len(cells) > 1:
            text = SQL("(%s)", SQL(" || ' ' || ").join(SQL("COALESCE(%s, '')", cell) for cell in cells))
        if env.context.get(FEW):  # an expression that no index has
            text = SQL("(%s || '')", text)
        if close:
            return SQL("%s <%% %s", unaccent(SQL("%s", word)), unaccent(text))
        return SQL("%s ILIKE %s", unaccent(text), unaccent(SQL("%s", f"%{escape_psql(word)}%")))

    return Domain.custom(to_sql=to_sql)


class ClientShown(models.AbstractModel):
    _inherit = "client.shown"

    # where words are looked for, on the list and on the page of every result: own columns of plain text, and
    # "many2one.name" of what the record leads to. Members need not be able to read a column to be found by it.
    _client_search = ()
    # own columns of these that are short enough for words written almost the same; none given: all
    _client_search_close = ()
    # whether there is an index of words, see words_index
    _client_search_indexed = False

    @api.model
    def _client_search_domain(self, search):
        """Domain of records in which each word is found, wherever it stands.

        :param str search: as typed; nothing matches a text without words
        """
        words = search_words(search)
        few = self if FEW in self.env.context else self.with_context(**{FEW: self._client_has_few()})
        return Domain.AND(few._client_word_domain(word) for word in words) if words else Domain.FALSE

    @api.model
    @tools.ormcache(
        "self.env.uid",
        "self.env.lang",
        "self.env.context.get('client_view')",
        "tuple(self.env.context.get('allowed_company_ids') or ())",
        "client_ids",
    )
    def _client_whole(self, client_ids):
        """All of a list in its own order, for some of the reader's clients: what a search narrows down.

        Remembered like the domains of record rules, which it is made of, and forgotten with them: what is in the
        list is asked each time. No clock is in it.

        :param tuple client_ids: ids of the clients
        :return: SQL of (FROM, WHERE, ORDER BY), None where nothing can be in it
        """
        bar = self._client_searchbar()
        mine = Domain(self._client_owner_field, "in", client_ids) & self._client_list_domain("", "all", bar)
        query = self._search(mine, order=bar["sortings"][bar["default_sort"]]["order"])
        return None if query.is_empty() else (query.from_clause, query.where_clause, query.order)

    @api.model
    def _client_search_within(self, whole, search, limit):
        """What of a list the words of a search find: SQL of ids in the list's order.

        :param whole: see ``_client_whole``
        """
        tables, mine, order = whole
        query = Query(self.env, self._table, self._table_sql)  # words ask no other table than by subqueries
        words = self._client_search_domain(search).optimize_full(self)._to_sql(self, self._table, query)
        of = SQL.identifier(self._table, "id")
        return SQL("SELECT %s FROM %s WHERE %s AND %s ORDER BY %s LIMIT %s", of, tables, mine, words, order, limit)

    @api.model
    def _client_has_few(self):
        """Whether the reader's clients have so few records that looking through them is the fastest way.

        PostgreSQL does not see that: for a common word it reads all clients' records with the word off the index.
        """
        if not self._client_search_indexed:
            return True
        clients = self.env.user._client_members().client_id.ids
        own = self.sudo()._search(  # counted only
            [("client_id", "in", clients), ("client_published", "=", True)], limit=MANY
        )
        return not clients or len(own) < MANY

    @api.model
    def _client_word_domain(self, word):
        """Domain of records in which one word is found; an extension adds further places by ``super()``."""
        own = [name for name in self._client_search if "." not in name]
        if is_close(self.env, word):
            own = self._client_search_close or own
        found = [text_domain(self.env, own, word)] if own else []
        found += [self._client_path_domain(path, word) for path in self._client_search if "." in path]
        return Domain.OR(found)

    @api.model
    def _client_path_domain(self, path, word):
        """Domain of records that lead to something with the word in its name.

        :param str path: "many2one.name"
        """
        field, name = path.split(".")
        others = self.env[self._fields[field].comodel_name].sudo()  # named only; the user's rules are AND-ed
        if others._name != "res.partner":
            return self._client_among(field, others._search([(name, "ilike", word)]).subselect("id"))
        beside = self.env.context.get(BESIDE, ())
        if word in beside:
            return self._client_among(field, SQL("SELECT id FROM %s", _beside_name(beside.index(word))))
        return self._client_among(field, self._client_sites_named(word))

    @api.model
    def _client_sites_named(self, word):
        """A query, in SQL, for the sites of the reader's clients that have a word in their name."""
        sites = self.env["res.partner"].sudo().with_context(**{FEW: True})  # of the reader's own clients, named only
        place = sites._client_sites_of(self.env.user._client_members().client_id.ids)
        return sites._search(Domain(place) & text_domain(sites.env, ["name"], word)).subselect("id")

    @api.model
    def _client_sites_beside(self, words):
        """What stands before a query of many lists, SQL: the sites found by each word, planned and asked once.

        The lists of that query carry the words in their context, under ``BESIDE``.
        """
        rows = [
            SQL("%s AS MATERIALIZED %s", _beside_name(place), self._client_sites_named(word))
            for place, word in enumerate(words)
        ]
        return SQL("WITH %s", SQL(", ").join(rows))

    @api.model
    def _client_among(self, field, subselect):
        """Domain of records whose field is one of the rows of a query, which PostgreSQL asks once and first.

        :param str field: "id" or a many2one
        :param SQL subselect: a query of ids
        """
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s = ANY(ARRAY(%s))", model.sudo()._field_to_sql(alias, field, query), subselect  # as above
            )
        )

    @api.model
    def _client_search_closely(self):
        """The same model, which also finds words written almost the same, as far as PostgreSQL can tell."""
        cr = self.env.cr
        if self.env.registry.has_trigram and not cr.cache.get(CLOSE):  # both end with the transaction
            cr.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, TRUE)", [LIKENESS])
            cr.cache[CLOSE] = True
        return self.with_context(**{CLOSE: True})
