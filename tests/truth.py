"""Reads the truth tables in ``tests/tables``: markdown tables a person can read, no logic in them."""

import csv

from .extensions import folders, home

ALLOW, DENY = "allow", "."


def cells(line):
    """The stripped cells of one markdown table row."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def table(name):
    """Rows of the first table in ``tables/<name>.md``, of this module and of those that lean on it.

    :return: list[dict[str, str]]: heading -> cell, in file order
    """
    rows = []
    for path in (folder / f"{name}.md" for folder in folders().values()):
        if not path.exists():
            continue
        lines = [line for line in path.read_text().splitlines() if line.startswith("|")]
        heads = cells(lines[0])
        rows += [dict(zip(heads, cells(line), strict=True)) for line in lines[2:]]
    return rows


def truth(name, key="record"):
    """A table of ``allow`` and ``.`` as sets.

    :return: dict[str, set[str]]: column (actor) -> keys of the rows it is allowed
    :raise ValueError: on a cell that is neither, so that a typing error never allows or denies silently
    """
    allowed = {}
    for row in table(name):
        for actor, cell in row.items():
            if actor == key:
                continue
            if cell not in (ALLOW, DENY):
                raise ValueError(f"{name}.md: {row[key]} / {actor}: {cell!r} is neither {ALLOW!r} nor {DENY!r}")
            allowed.setdefault(actor, set())
            if cell == ALLOW:
                allowed[actor].add(row[key])
    return allowed


def sheet(name):
    """Rows of ``tables/<name>.csv``, of this module and of those that lean on it."""
    rows = []
    for path in (folder / f"{name}.csv" for folder in folders().values()):
        if path.exists():
            with path.open(newline="") as file:
                rows += csv.DictReader(file)
    return rows


def write_sheet(name, heads, rows):
    """Write ``tables/<name>.csv``: each row into the table of the module it is about."""
    for module, folder in folders().items():
        mine = [row for row in rows if home(row) == module]
        path = folder / f"{name}.csv"
        if mine or path.exists():
            with path.open("w", newline="") as file:
                writer = csv.DictWriter(file, heads, lineterminator="\n")
                writer.writeheader()
                writer.writerows(mine)
