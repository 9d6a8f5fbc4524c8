from urllib.parse import urlencode

from odoo import api, models
from odoo.tools import SQL

from .client_search_words import BESIDE, FEW, search_words

SHOWN = 5  # rows of one list
COUNTED = 99  # more than that are told as "99+"
SHORTEST = 2  # letters


class ClientSearch(models.AbstractModel):
    """One search over everything a member sees: every list with its first results and their number.

    Runs as the member, so the record rules give the scope. A model takes part by saying where words are looked
    for (``_client_search``) and where its list is (``_client_list_url``).
    """

    _name = "client.search"
    _description = "Search over a member's records"

    @api.model
    def _results(self, search, clients, only="", shown=SHOWN):
        """What is found, list by list; words written almost the same only where nothing else is.

        :param str search: as typed
        :param clients: res.partner, the member's clients that are looked at
        :param str only: id of the client that the address names, for links to the lists
        :param int shown: rows of each list
        :return: {'search', 'groups': [{'label', 'count', 'url', 'rows'}], 'close': nothing matched exactly,
            'short': too little was typed}
        """
        if not any(len(word) >= SHORTEST or word.isdigit() for word in search_words(search)):
            return {"search": search, "groups": [], "close": False, "short": bool(search)}
        lists = self._lists(clients)
        found = self._find(lists, search)
        close = not found and self.env.registry.has_trigram
        if close:
            found = self._find([(records._client_search_closely(), *rest) for records, *rest in lists], search)
        query = {"search": search, "filterby": "all", **({"client": only} if only else {})}
        groups = [self._group(records, url, ids, query, shown) for records, url, ids in found]
        return {"search": search, "groups": groups, "close": close, "short": False}

    @api.model
    def _lists(self, clients):
        """[(model as the user, address of its list, all of it: see ``_client_whole``)] in the order of the sections."""
        order = {url: place for place, (_page, url, _capability) in enumerate(self.env["client.layout"]._sections())}
        lists = [
            (records, url, records._client_whole(tuple(clients.ids)))
            for name in sorted(self.env.registry.descendants(["client.shown"], "_inherit"))
            if not self.env[name]._abstract and self.env[name]._client_search
            for records, url in self._opened(self.env[name], clients)
        ]
        return sorted(lists, key=lambda found: order.get(found[1], len(order)))

    @api.model
    def _opened(self, model, clients):
        """[(model as the user, address)] of one model's lists that the user's roles open."""
        opened = [
            (view, url)
            for view, url, capability in model._client_lists()
            if any(self.env.user._client_can(capability, client) for client in clients)
        ]
        few = model._client_has_few() if opened else False
        return [(model.with_context(**{"client_view": view, FEW: few}), url) for view, url in opened]

    @api.model
    def _find(self, lists, search):
        """Every list in one query: [(model, address of its list, ids in its order)] of those with results."""
        words = tuple(search_words(search))
        asked = [
            (records, url, records.with_context(**{BESIDE: words})._client_search_within(whole, search, COUNTED + 1))
            for records, url, whole in lists
            if whole
        ]
        if not asked:
            return []
        sites = asked[0][0]._client_sites_beside(words)  # close to the words if the lists are
        found = SQL(", ").join(SQL("ARRAY(%s)", ids) for _records, _url, ids in asked)
        [row] = self.env.execute_query(SQL("%s SELECT %s", sites, found))
        return [(records, url, ids) for (records, url, _sql), ids in zip(asked, row, strict=True) if ids]

    @api.model
    def _group(self, records, url, ids, query, shown):
        """One list as plain values.

        :param records: the model as the user
        :param list ids: what was found, first things first
        :param dict query: what the list is asked for by its own search
        """
        first = {record_id: place for place, record_id in enumerate(ids[:shown])}
        rows = records._client_find([("id", "in", list(first))], "id", shown)._client_rows()
        return {
            "label": records._client_section_label(),
            "count": f"{COUNTED}+" if len(ids) > COUNTED else str(len(ids)),
            "url": f"{url}?{urlencode(query)}",
            "more": len(ids) > shown,
            "rows": sorted(rows, key=lambda row: first[row["id"]]),
        }


class ClientShown(models.AbstractModel):
    _inherit = "client.shown"

    @api.model
    def _client_lists(self):
        """Lists of this model: [(context key ``client_view``, address, capability that opens it)]."""
        capability = self._client_list_capability or self._client_capability
        return [("", self._client_list_url, capability)] if self._client_list_url else []
