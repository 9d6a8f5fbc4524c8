"""Remote calls as a portal user would make them with a browser's session or with a password."""

from odoo.tests import HttpCase
from odoo.tests.common import get_db_name

from .common import ClientPortalCommon

REFUSED = "refused"


class RpcCase(ClientPortalCommon, HttpCase):
    """``call`` over the signed-in session, ``call_xmlrpc`` with login and password."""

    def sign_in(self, actor):
        """A browser session of ``actor``; nobody for ``public``."""
        if actor == "public":
            self.authenticate(None, None)
        else:
            self.authenticate(actor, actor)

    def call(self, model, method, *args, **kwargs):
        """Answer of ``call_kw``, or ``REFUSED`` when the server answers with an error."""
        kwargs.setdefault("context", {"lang": "en_US"})
        payload = self.build_rpc_payload({"model": model, "method": method, "args": args, "kwargs": kwargs})
        reply = self.url_open("/web/dataset/call_kw", json=payload).json()
        return REFUSED if "error" in reply else reply["result"]

    def call_xmlrpc(self, actor, model, method, *args, **kwargs):
        """Answer of XML-RPC ``execute_kw`` with the login's own password, or ``REFUSED``."""
        try:
            return self.xmlrpc_object.execute_kw(
                get_db_name(), self.users[actor].id, actor, model, method, list(args), kwargs
            )
        except Exception as fault:  # a fault or a broken transport: neither is an answer
            self.assertNotIn("Traceback", str(fault).splitlines()[0])
            return REFUSED
