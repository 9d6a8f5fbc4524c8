"""Forms of the client's pages: what was typed, and a refusal in words."""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request


def posted():
    """Whether a form was sent."""
    return request.httprequest.method == "POST"


def typed(*names, many=()):
    """What came with a form, as plain text.

    :param names: fields with one value; missing ones are empty
    :param many: fields with any number of values
    :rtype: dict
    """
    form = request.httprequest.form
    values = {name: _text(form.get(name, "")) for name in names}
    return {**values, **{name: [_text(value) for value in form.getlist(name)] for name in many}}


def _text(value):
    """Text PostgreSQL takes."""
    return value.replace("\x00", "").strip()


def attempt(act, *args):
    """Do it, or give back why not.

    :param act: a model method
    :return: (what it returned, ``UserError`` or None); after a refusal nothing of it is kept
    """
    try:
        with request.env.cr.savepoint():
            return act(*args), None
    except (AccessError, MissingError):
        raise
    except UserError as refusal:
        request.env["res.users"]._client_forget_scope()  # caches may hold what was just undone
        return None, refusal


def status(refusal):
    """HTTP status of a page that answers a form."""
    return getattr(refusal, "http_status", 422) if refusal else 200
