"""The budget checker finds what it should and leaves the rest alone."""

import ast

import pytest

from tools.lint import budgets


def function_of(lines: int, decorator: str = "") -> ast.AST:
    return ast.parse(f"{decorator}\ndef f():\n" + "    x = 1\n" * (lines - 1))


@pytest.mark.parametrize(
    ("lines", "decorator", "found"),
    [
        (40, "", 0),
        (41, "", 1),
        (15, "@http.route('/my/x')", 0),
        (16, "@http.route('/my/x')", 1),
        (16, "@route()", 1),
        (40, "@api.depends('x')", 0),
    ],
)
def test_functions(lines, decorator, found):
    assert len(list(budgets.functions(function_of(lines, decorator)))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = self.sudo().name\n", 1),
        ("x = self.sudo().name  # safe: the member's own row\n", 0),
        ("x = '#'.join(self.sudo())\n", 1),
        ("x = 'sudo()'\n", 0),
    ],
)
def test_sudo(text, found):
    assert len(list(budgets.sudo(ast.parse(text), text))) == found


@pytest.mark.parametrize(("lines", "found"), [(80, 0), (81, 1)])
def test_templates(lines, found):
    content = "<odoo><template id='x'>" + "\n" * (lines - 1) + "</template></odoo>"
    assert len(budgets.xml(content.encode())) == found


def test_xml_must_be_well_formed():
    assert budgets.xml(b"<odoo>\n<a></odoo>")[0][0] == 2
