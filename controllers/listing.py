"""Lists: search, filter, sort and pages, the same for every kind of record."""

from odoo.fields import Domain

from odoo.addons.portal.controllers.portal import pager

from .gate import client_domain, client_env, named_client

STEP = 80  # as stock


def listing(model, url, page=1, query=None, chips=(), step=STEP):
    """Values of a list page.

    :param str model: a client.scoped model
    :param str url: address of the list
    :param int page: page asked for
    :param dict query: what came with the address: search, filterby, sortby
    :param chips: [{'name', 'value', 'label', 'domain'}], narrowings the member can take away
    """
    records = client_env()[model]
    bar = records._client_searchbar()
    chosen = _chosen(bar, query or {})
    domain = Domain(client_domain()) & records._client_list_domain(chosen["search"], chosen["filterby"])
    domain = Domain.AND([domain, *(chip["domain"] for chip in chips)])
    kept = {key: value for key, value in chosen.items() if value}
    kept.update({chip["name"]: chip["value"] for chip in chips})
    kept.update(narrowed_by_client())
    total = records.search_count(domain)
    pages = pager(url, total, page, step, url_args=kept)
    order = bar["sortings"][chosen["sortby"]]["order"]
    found = records._client_find(domain, order, step, max(pages["offset"], 0))
    return {
        "rows": found._client_rows(),
        "total": total,
        "pager": pages,
        "toolbar": {
            **bar,
            **chosen,
            "url": url,
            "chips": chips,
            "hidden": narrowed_by_client(),
            "narrowed": bool(chosen["search"] or chips or chosen["filterby"] != bar["default_filter"]),
        },
    }


def narrowed_by_client():
    """What keeps a list on the client that its address named."""
    return {"client": named_client()} if named_client() else {}


def _chosen(bar, query):
    """The choice above a list; anything unknown falls back to the default."""
    filterby, sortby = query.get("filterby"), query.get("sortby")
    return {
        "search": (query.get("search") or "").replace("\x00", "").strip()[:100],
        "filterby": filterby if filterby in bar["filters"] else bar["default_filter"],
        "sortby": sortby if sortby in bar["sortings"] else bar["default_sort"],
    }
