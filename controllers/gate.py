"""The only way from an address to a record, and the frame every client page stands in."""

from odoo.http import request

from ..models.client_gate import ClientNotFound

_CHOSEN = "client_portal_client"


def governed():
    """Whether the boundary applies to the current user."""
    return request.env.user._is_client_governed()


def client_env():
    """The user's environment, in all the operator companies that serve them."""
    companies = list(request.env.user._get_company_ids())
    return request.env(context={**request.env.context, "allowed_company_ids": companies})


def get_record(model, record_id, capability=None, kind=""):
    """One record as the current user; see ``client.scoped._client_get``. Looking is journalled.

    :param str kind: 'download' where the address gives a file of the record; see ``client.access._opened``
    :raise ClientNotFound: rendered as the one "not found" page
    """
    record = client_env()[model]._client_get(record_id, capability)
    request.env["client.access"]._opened(record, kind)
    return record


def get_records(model, record_ids, capability=None):
    """Several records as the current user: all of them, or none.

    :raise ClientNotFound: also when one of them alone is not the user's to see
    """
    records = client_env()[model]
    for record_id in record_ids:
        records |= get_record(model, record_id, capability)
    return records


def need(capability):
    """Refuse a section that no role of the current user opens.

    :param str capability: one of CAPABILITIES
    :raise ClientNotFound: as for a record, so that sections give nothing away
    """
    if not request.env.user._client_can(capability, current_client() or None):
        raise ClientNotFound()


def clients():
    """Clients of the current user, as records they may read."""
    return client_env()["res.partner"].browse(request.env.user._client_members().client_id.ids)


def current_client():
    """The client named in the address, chosen in the switcher, the only one, or none (all clients).

    :rtype: res.partner, at most one record
    """
    mine = clients()
    if len(mine) == 1:
        return mine
    named = named_client()
    chosen = named or str(request.session.get(_CHOSEN))
    return mine.filtered(lambda client: str(client.id) == chosen)


def named_client():
    """Id, as text, of one of several own clients that the address names: a link from a page about one."""
    named = request.httprequest.args.get("client")
    return named if named in map(str, clients().ids) else ""


def choose_client(client_id):
    """Remember the switcher's choice in the session; anything not one's own means all."""
    request.session[_CHOSEN] = client_id if client_id in clients().ids else False


def client_domain(field="client_id"):
    """Narrow a list to the chosen client."""
    client = current_client()
    return [(field, "=", client.id)] if client else []
