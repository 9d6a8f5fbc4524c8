"""Reads the truth tables in ``tests/tables``: markdown tables a person can read, no logic in them."""

from pathlib import Path

FOLDER = Path(__file__).parent / "tables"
ALLOW, DENY = "allow", "."


def cells(line):
    """The stripped cells of one markdown table row."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def table(name):
    """Rows of the first table in ``tables/<name>.md``.

    :return: list[dict[str, str]]: heading -> cell, in file order
    """
    lines = [line for line in (FOLDER / f"{name}.md").read_text().splitlines() if line.startswith("|")]
    heads = cells(lines[0])
    return [dict(zip(heads, cells(line), strict=True)) for line in lines[2:]]


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
