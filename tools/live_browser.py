"""Somebody signed in to a server of the live lane.

Apart from ``live``, because it needs Odoo's environment, which the tools themselves do without.
"""

from __future__ import annotations

from typing import Any

import requests

TIMEOUT = 60  # seconds


class Browser(requests.Session):
    """A signed-in session: ``get`` and ``post`` as ever, ``rpc`` and ``call`` as the web client does.

    :param url: the server's address
    :param database: full name of the database
    :param login: also the password
    """

    def __init__(self, url: str, database: str, login: str):
        super().__init__()
        self.url, self.login = url, login
        answer = self.rpc("/web/session/authenticate", db=database, login=login, password=login)
        self.uid = answer["result"]["uid"]

    def rpc(self, path: str, **params: Any) -> dict[str, Any]:
        """The whole answer of a JSON-RPC route, an error among it."""
        return self.post(self.url + path, json={"jsonrpc": "2.0", "params": params}, timeout=TIMEOUT).json()

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """What a public method answers.

        :raise AssertionError: the server refused or failed
        """
        answer = self.rpc("/web/dataset/call_kw", model=model, method=method, args=args, kwargs=kwargs)
        assert "error" not in answer, answer["error"]["data"]["debug"]
        return answer.get("result")

    def ref(self, name: str) -> int:
        """Id of the record with an external id."""
        module, _, name = name.partition(".")
        domain = [["module", "=", module], ["name", "=", name]]
        return self.call("ir.model.data", "search_read", domain, ["res_id"])[0]["res_id"]
