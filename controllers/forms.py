"""Forms of the client's pages: what was typed, and a refusal in words."""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from .gate import client_env


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


def uploads():
    """Files that came with the form itself, as they do without scripts."""
    files = [upload for upload in request.httprequest.files.getlist("files") if upload.filename]
    for upload in files:
        upload.seek(0)  # a repeated transaction reads them again; Odoo rewinds only the first
    return files


def staged(most):
    """Keep files sent while a form is still being filled in, and say which, as JSON.

    :param int most: how many of a request are taken
    """
    upload = client_env()["client.upload"]
    files, refused = upload._stage(uploads()[:most])
    if refused:
        return request.make_json_response({"error": refused[0]["error"]}, status=refused[0]["status"])
    return request.make_json_response({"files": upload._rows(files)})


def status(refusal):
    """HTTP status of a page that answers a form."""
    return getattr(refusal, "http_status", 422) if refusal else 200
