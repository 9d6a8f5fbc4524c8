"""The fixture's world, made once per throw-away database instead of once per class.

The runner gives each worker a copy of the database that is dropped afterwards and says so in the environment
(``tools/workers.py``): there the first class commits its world, and the others find it. On any other database,
also under Odoo's own runner, every class makes its own and nothing is ever committed.
"""

import os

from odoo import models
from odoo.sql_db import Cursor
from odoo.tests.common import get_db_name

_kept = {}  # database -> what the builders set on the class, and the context they left


class KeptWorld:
    """A test class with ``_make_world``, whose doing is kept where it may be."""

    @classmethod
    def _world(cls):
        """The world on ``cls``: found, or made by ``_make_world``."""
        name = get_db_name()
        if os.environ.get("CLIENT_PORTAL_THROW_AWAY") != name:
            cls._make_world()
            return
        if name not in _kept:
            before = set(vars(cls))
            cls._make_world()
            made = {key: _packed(value) for key, value in vars(cls).items() if key not in before}
            Cursor.commit(cls.cr)  # Odoo's test class forbids it on the cursor itself, for databases that stay
            _kept[name] = made, dict(cls.env.context)
        made, context = _kept[name]
        cls.env = cls.env(context=context)
        for key, value in made.items():
            setattr(cls, key, _unpacked(cls.env, value))


def _packed(value):
    """Records as model and ids, inside whatever holds them; everything else as it is."""
    if isinstance(value, models.BaseModel):
        return _Records(value._name, value.ids)
    if isinstance(value, dict):
        return {_packed(key): _packed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_packed, value))
    return value


def _unpacked(env, value):
    if isinstance(value, _Records):
        return env[value.model].browse(value.ids)
    if isinstance(value, dict):
        return {_unpacked(env, key): _unpacked(env, item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_unpacked(env, item) for item in value)
    return value


class _Records:
    def __init__(self, model, ids):
        self.model, self.ids = model, tuple(ids)
