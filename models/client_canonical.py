"""One way to write a value down, so that the same content always has the same digest.

Canonical JSON: UTF-8, keys sorted, no spaces, nothing but text, whole numbers, true, false, null,
lists and objects. Amounts and quantities are text, for JSON has no decimals one could rely on.
"""

import hashlib
import json

from odoo.tools import float_repr


def canonical(value):
    """Canonical JSON of a value.

    :raise TypeError: for a float or anything JSON does not know
    :rtype: str
    """
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _check(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"not a key: {key!r}")
            _check(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check(item)
    elif value is not None and not isinstance(value, (str, int)):  # bool is an int
        raise TypeError(f"no canonical form for {type(value).__name__}")


def digest(content):
    """SHA-256 in hex.

    :param content: str (as UTF-8) or bytes
    :rtype: str
    """
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def decimal(value, digits):
    """A number as text with a fixed number of decimals, never '-0.00'."""
    text = float_repr(value or 0.0, digits)
    return text.removeprefix("-") if not text.strip("-0.") else text


def differences(old, new):
    """What differs between two contents, item by item.

    Lists hold objects with an ``id``; everything else is compared as it is.

    :param dict old: content of an earlier snapshot
    :param dict new: content of a later one
    :return: list of {'key', 'old', 'new'}, or for an item of a list {'key', 'act': 'added', 'removed'
        or 'changed', 'name'} with 'field', 'old' and 'new' for what changed
    """
    changes = []
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        if isinstance(before or after, list):
            changes += _items(key, before or [], after or [])
        elif before != after:
            changes.append({"key": key, "old": before, "new": after})
    return changes


def _items(key, old, new):
    before, after = ({item["id"]: item for item in items} for items in (_same_files(old, new), new))
    changes = []
    for item_id, item in after.items():
        former = before.get(item_id)
        if former is None:
            changes.append({"key": key, "act": "added", "name": item.get("name")})
            continue
        changes += [
            {
                "key": key,
                "act": "changed",
                "name": former.get("name"),
                "field": field,
                "old": was,
                "new": item.get(field),
            }
            for field, was in former.items()
            if was != item.get(field)
        ]
    changes += [
        {"key": key, "act": "removed", "name": item.get("name")}
        for item_id, item in before.items()
        if item_id not in after
    ]
    order = [item_id for item_id in before if item_id in after]
    if order != [item_id for item_id in after if item_id in before]:
        changes.append({"key": key, "act": "moved", "name": None})
    return changes


def _same_files(old, new):
    """``old`` with the ids of new files of the same names: a file sent anew is another record."""
    before = {item["id"] for item in old}
    sent_anew = {item["name"]: item["id"] for item in new if "sha256" in item and item["id"] not in before}
    gone = before - {item["id"] for item in new}
    return [{**item, "id": sent_anew.pop(item["name"], item["id"])} if item["id"] in gone else item for item in old]
