"""What modules that lean on this one add to the tables and the world of its tests: their ``tests/boundary.py``.

Such a module names its scoped models and records there, and keeps its rows in its own ``tests/tables``:
see ``addons_client_portal_docs/client_portal_docs/tests/boundary.py``. A module that is not installed adds nothing.
"""

import importlib.util
from contextlib import closing
from pathlib import Path

import psycopg2

from odoo.sql_db import connection_info_for
from odoo.tests.common import get_db_name
from odoo.tools.misc import file_path

_OWN = Path(__file__).parent / "tables"


def _find():
    """{module: its ``tests/boundary.py``} of the suite's other modules in the database under test."""
    query = r"SELECT name FROM ir_module_module WHERE state = 'installed' AND name LIKE 'client\_portal\_%'"
    with closing(psycopg2.connect(**connection_info_for(get_db_name())[1])) as connection, connection.cursor() as cr:
        cr.execute(query)  # a connection of its own, gone at once: a runner may copy the database next
        names = sorted(row[0] for row in cr.fetchall())
    return {name: _load(name) for name in names}


def _load(name):
    """By its path: its package's tests lean on this file."""
    spec = importlib.util.spec_from_file_location(f"{name}_boundary", file_path(f"{name}/tests/boundary.py"))
    part = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(part)
    return part


EXTENSIONS = _find()


def folders():
    """{module: folder of its tables}; the suite's own first, under ''."""
    return {"": _OWN, **{name: Path(part.__file__).parent / "tables" for name, part in EXTENSIONS.items()}}


def added(name):
    """A dict that extensions add to, such as ``KINDS``; all of them in one."""
    return {key: value for part in EXTENSIONS.values() for key, value in getattr(part, name, {}).items()}


def rows(name, default=()):
    """A list that extensions add to."""
    return [row for part in EXTENSIONS.values() for row in getattr(part, name, default)]


def call(name, *args):
    """Have each extension do its part; what they answer, in one dict."""
    answers = [getattr(part, name)(*args) or {} for part in EXTENSIONS.values()]
    return {key: value for answer in answers for key, value in answer.items()}


def home(row):
    """Whose table a row of ``models.csv``, ``methods.csv`` or ``routes.csv`` stands in.

    :param dict row: of the table; a method of Odoo's on an extension's model is the extension's
    """
    for name, part in EXTENSIONS.items():
        named = set((row.get("models") or row.get("model") or "").split())
        if row["module"] == name or (named and named <= set(part.OWN_MODELS)) or row.get("on") in part.TARGETS:
            return name
    return ""
