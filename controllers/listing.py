"""Lists: search, filter, sort, pages and files, the same for every kind of record."""

from urllib.parse import urlencode

from odoo.fields import Domain

from odoo.addons.portal.controllers.portal import pager

from ..models.client_number import whole_number
from .export import FORMATS, sheet
from .frame import render
from .gate import client_domain, client_env, clients, current_client, named_client

STEP = 80  # as stock


def listed(template, model, url, page=1, query=None, view="", **more):
    """Answer with a page of a list, or with all of it as a file where the address asks for one.

    :param str template: external id of the page
    :param str model: a client.scoped model; it says which section is open
    :param str url: address of the list
    :param int page: page asked for
    :param dict query: what came with the address, trusted in no way
    :param str view: context key ``client_view``, for a model with more than one list; the section that is open
    :param more: further values of the page
    """
    asked = Listing(model, url, query or {}, view)
    if asked.download and asked.fits:
        return sheet(asked)
    return render(template, {**asked.values(page), **more, "page_name": view or asked.records._client_section})


class Listing:
    """What was asked of a list: words, narrowings, order. Anything unknown falls back to the default."""

    def __init__(self, model, url, query, view=""):
        self.records = client_env()[model].with_context(client_view=view)
        self.url = url
        self.bar = self.records._client_searchbar()
        self.chosen = _chosen(self.bar, query)
        self.clients = current_client() or clients()
        fields = self.records._client_narrowings(query, self.clients.ids)
        self.fields = [field for field in fields if field["options"] or field["kind"] != "choice"]
        self.order = self.bar["sortings"][self.chosen["sortby"]]["order"]
        self._look(self.records)
        if self.chosen["search"] and not self.total:
            self._look(self.records._client_search_closely())
        self.download = query.get("download") if query.get("download") in FORMATS else ""
        self.fits = not self.beyond and self.total <= self.records._client_export_limit()

    def _look(self, records):
        """What the list holds, by these records' way of finding words."""
        picked = records._client_list_domain(self.chosen["search"], self.chosen["filterby"], self.bar)
        mine = client_domain(records._client_owner_field)
        self.domain = Domain.AND([mine, picked, *(field["domain"] for field in self.fields)])
        most = records._client_list_most
        self.found = records._search(self.domain)
        counted = records._client_count(self.found, self.order, most + 1 if most else None, self.chosen["search"])
        self.beyond = bool(most) and counted > most
        self.total = most if self.beyond else counted

    def values(self, page, step=STEP):
        """Values of a list page.

        :param int page: page asked for
        """
        kept = self.kept()
        pages = pager(self.url, self.total, page_number(page), step, url_args=kept)
        found = self.records._client_page(self.found, self.order, step, max(pages["offset"], 0))
        return {
            "rows": found._client_rows(),
            "total": f"{self.total}+" if self.beyond else self.total,
            "beyond": self.total if self.beyond else 0,
            "pager": pages,
            "toolbar": {
                **self.bar,
                **self.chosen,
                "url": self.url,
                "fields": self.fields,
                "chips": self._chips(kept),
                "hidden": {name: kept[name] for name in ("client", "layout") if name in kept},
                "layouts": self._layouts(kept),
                "narrowed": bool(
                    self.chosen["search"]
                    or any(field["value"] for field in self.fields)
                    or self.chosen["filterby"] != self.bar["default_filter"]
                ),
            },
            "files": self._files(kept) if self.fits and self.total else [],
            "too_long": 0 if self.fits else self.records._client_export_limit(),
        }

    def _files(self, kept):
        """[{'label', 'url'}]: what the same list is as a file."""
        return [
            {"label": label, "url": self._address({**kept, "download": name})}
            for name, (label, _type, _make) in FORMATS.items()
        ]

    def kept(self):
        """What an address must carry to ask for the same list again."""
        kept = {key: value for key, value in self.chosen.items() if value}
        kept.update({field["name"]: field["value"] for field in self.fields if field["value"]})
        return {**kept, **narrowed_by_client()}

    def _layouts(self, kept):
        """[{'label', 'icon', 'url', 'on'}]: the other ways a list may be shown, and the one it is."""
        return [
            {
                "label": label,
                "icon": icon,
                "url": self._address({**kept, "layout": name}),
                "on": name == self.chosen["layout"],
            }
            for name, (label, icon) in self.bar.get("layouts", {}).items()
        ]

    def _chips(self, kept):
        """[{'label', 'url'}]: narrowings at work; the address is the list without it."""
        return [
            {"label": field["chip"], "url": self._address({k: v for k, v in kept.items() if k != field["name"]})}
            for field in self.fields
            if field["value"]
        ]

    def _address(self, kept):
        return f"{self.url}?{urlencode(kept)}"

    def table(self):
        """(headings, rows) of everything the list holds, in its order; see ``_client_table``."""
        return self.records._client_table(self.domain, self.order, self.total)


def narrowed_by_client():
    """What keeps a list on the client that its address named."""
    return {"client": named_client()} if named_client() else {}


def _chosen(bar, query):
    """The choice above a list."""
    filterby, sortby, layout = query.get("filterby"), query.get("sortby"), query.get("layout")
    return {
        "search": typed_search(query),
        "filterby": filterby if filterby in bar["filters"] else bar["default_filter"],
        "sortby": sortby if sortby in bar["sortings"] else bar["default_sort"],
        "layout": layout if layout in bar.get("layouts", ()) else "",
    }


def page_number(page):
    """A page number as an address says it; the first one for anything that is none."""
    return whole_number(str(page), 1)


def typed_search(query):
    """The words that came with an address, as text PostgreSQL takes."""
    words = query.get("search")
    return words.replace("\x00", "").strip()[:100] if isinstance(words, str) else ""  # a form may send a file
