"""Beside a database replica: what must not be read from it."""

import copy
import time

from odoo import models
from odoo.http import request
from odoo.tools import config

# seconds after an act in which the one who acted reads from the primary
_OWN = 30
_ACTED = "client_acted"
# no acts: a page says that it was looked at
_LOOKING = {"/my/updates/seen"}
# caches of what decides who sees what; what pages look like may be late
_RIGHTS = ("default", "stable", "groups")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path):
        """Answer from the primary where the replica may not know yet who sees what, or what the reader just did."""
        request.client_came_signed_in = bool(request.session.uid)  # signing in is no act yet
        behind = _uses_replica() and cls._client_replica_is_behind()
        rule, args = super()._match(path)
        if behind or time.time() - request.session.get(_ACTED, 0) < _OWN:
            rule, endpoint = copy.copy(rule), copy.copy(rule.endpoint)
            endpoint.routing = {**endpoint.routing, "readonly": False}
            rule.endpoint = endpoint
        return rule, args

    @classmethod
    def _client_replica_is_behind(cls):
        """Whether the primary has told the workers something that this one has not heard from the replica.

        What is cached was read before that, and is forgotten. The numbers stay the replica's: what is read from it
        meanwhile is forgotten, too, as soon as it caught up.
        """
        registry = request.registry
        heard = dict(registry.cache_sequences)
        with registry.cursor() as primary:
            modules, told = registry.get_sequences(primary)
            behind = modules != registry.registry_sequence or any(told[name] != heard[name] for name in _RIGHTS)
            if behind and modules == registry.registry_sequence:
                registry.check_signaling(primary)
                registry.cache_sequences.update(heard)
        return behind

    @classmethod
    def _post_dispatch(cls, response):
        acted = request.httprequest.method == "POST" and not request.env.cr.readonly
        acted = acted and request.httprequest.path not in _LOOKING
        if acted and request.client_came_signed_in and _uses_replica() and request.env.user._is_client_governed():
            request.session[_ACTED] = time.time()
        return super()._post_dispatch(response)


def _uses_replica():
    return config["db_replica_host"] is not None
