import re

from werkzeug.exceptions import NotFound

from odoo import models
from odoo.http import request

# more digits than any number in an address has; Python refuses to read some thousands of them
_ENDLESS = re.compile(r"\d{1000}")


class IrHttp(models.AbstractModel):
    """Addresses that nobody means are "not found", and parameters that no page knows are left out."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path):
        if "\x00" in path or _ENDLESS.search(path):
            raise NotFound()
        return super()._match(path)

    @classmethod
    def _serve_fallback(cls):
        """Odoo asks for a file of this address; PostgreSQL takes no text with a zero byte."""
        if "\x00" in request.httprequest.path:
            return None
        return super()._serve_fallback()

    @classmethod
    def _dispatch(cls, endpoint):
        """Odoo hands parameters by name to a method, whose own first one is called like this."""
        request.params.pop("self", None)
        return super()._dispatch(endpoint)
