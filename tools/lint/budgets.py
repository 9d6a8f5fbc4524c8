"""Our own rules, which no off-the-shelf linter has: sizes that keep the code readable, and reasons for sudo().

- a Python file has at most 300 lines, a function 40, a method decorated with `route` 15 (decorators not counted)
- a QWeb `<template>` has at most 80 lines; every XML file is well-formed
- a line of product code with `sudo()` ends in a comment that says why it is safe
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

FILE, FUNCTION, ROUTE, TEMPLATE = 300, 40, 15, 80


def check(root: Path, files: list[str]) -> list[str]:
    """All complaints about the files (paths below root), as `path:line: text`."""
    complaints = []
    for name in files:
        if name.endswith(".py"):
            complaints += [f"{name}:{row}: {text}" for row, text in _python(name, (root / name).read_text())]
        elif name.endswith(".xml"):
            complaints += [f"{name}:{row}: {text}" for row, text in xml((root / name).read_bytes())]
    return complaints


def _python(name: str, text: str) -> Iterator[tuple[int, str]]:
    lines = text.count("\n")
    if lines > FILE:
        yield 1, f"{lines} lines in one file (budget {FILE}): split it by what it is about"
    try:
        tree = ast.parse(text)
    except SyntaxError as err:
        yield err.lineno or 1, f"no valid Python: {err.msg}"
        return
    yield from functions(tree)
    if _is_product(name):
        yield from sudo(tree, text)


def functions(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Functions and routes over budget."""
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        span = (node.end_lineno or node.lineno) - node.lineno + 1
        is_route = any(_name(decorator) == "route" for decorator in node.decorator_list)
        kind, limit = ("route", ROUTE) if is_route else ("function", FUNCTION)
        if span > limit:
            yield node.lineno, f"{kind} {node.name} has {span} lines (budget {limit})"


def _name(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _is_product(name: str) -> bool:
    parts = Path(name).parts
    return not {"tests", "tools", "demo"} & set(parts)


def sudo(tree: ast.AST, text: str) -> Iterator[tuple[int, str]]:
    """Calls of `sudo` on a line without a comment."""
    commented = {
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "sudo":
            row = node.func.end_lineno or node.lineno
            if row not in commented:
                yield row, "sudo() without a comment on its line that says why it is safe"


def xml(content: bytes) -> list[tuple[int, str]]:
    """Templates over budget; a file that is not well-formed says where."""
    complaints: list[tuple[int, str]] = []
    opened: list[tuple[int, str]] = []
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "template":
            opened.append((parser.CurrentLineNumber, attributes.get("id", "?")))

    def end(tag: str) -> None:
        if tag == "template":
            row, name = opened.pop()
            span = parser.CurrentLineNumber - row + 1
            if span > TEMPLATE:
                complaints.append((row, f"template {name} has {span} lines (budget {TEMPLATE})"))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as err:
        complaints.append((err.lineno, f"not well-formed XML: {err}"))
    return complaints
