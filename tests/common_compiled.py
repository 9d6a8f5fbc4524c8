"""What Odoo makes of templates, bundles and routes: kept from test to test instead of being made again for each.

Odoo empties every cache after each test. What is kept here depends on nothing but the modules' files, as long as no
test of a class touches a view, a bundle, a route or a group; a class that does keeps nothing from then on. It is done
where the world is kept too (``common_kept.py``), and nowhere else.
"""

import os
from unittest.mock import patch

from odoo.tests.common import get_db_name

_CACHES = ("templates", "assets", "routing")
_TOUCHED_BY = {"templates", "assets", "routing", "groups"}  # what they are emptied by, as the registry calls it
_kept = {name: {} for name in _CACHES}


class KeptCompiled:
    """A test class that finds what those before it compiled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._keeps = os.environ.get("CLIENT_PORTAL_THROW_AWAY") == get_db_name()
        registry = cls.registry

        def noting(*names):
            cls._keeps = cls._keeps and _TOUCHED_BY.isdisjoint(names)
            type(registry).clear_cache(registry, *names)

        cls.startClassPatcher(patch.object(registry, "clear_cache", noting))

    def setUp(self):
        super().setUp()
        if self._keeps:
            for name, cache in self._compiled():
                cache.update(_kept[name])
        self.addCleanup(self._keep_compiled)  # goes before Odoo's own

    def _keep_compiled(self):
        if self._keeps:
            for name, cache in self._compiled():
                _kept[name] = dict(cache)

    def _compiled(self):
        return [(name, self.registry._Registry__caches[name]) for name in _CACHES]
