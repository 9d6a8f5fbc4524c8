"""`make lint`: every checker in turn; all of them run, so that one start shows everything."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .. import paths, process, say, venv
from . import budgets, javascript

PYLINT = (f"--rcfile={paths.ROOT / 'pyproject.toml'}", "-j2")
# Left out: how an XML file's first line spells utf-8, eval= around literal numbers and booleans, README.rst
# (ours is README.md, which Odoo shows too), and the name length of another house's translation server.
OCA_WITHOUT = (
    "prefer-readme-rst",
    "weblate-component-too-long",
    "xml-field-bool-without-eval",
    "xml-field-numeric-without-eval",
    "xml-header-wrong",
)
NOT_LINTED = (".git/", "static/lib/", "node_modules/")


def run() -> int:
    """Run all checks and say what each found; 1 when any complained."""
    started = time.monotonic()
    python = venv.python("lint")
    files = tracked()
    copy = _copy(files)
    checks: dict[str, Callable[[], str]] = {
        "budgets": lambda: "\n".join(budgets.check(paths.ROOT, files)),
        "ruff": lambda: _output([python.parent / "ruff", "check", "--quiet", "--output-format=concise", "."]),
        "pylint-odoo": lambda: _on_copy(copy, [python, "-m", "pylint", *PYLINT]),
        "oca-hooks": lambda: _on_copy(
            copy, [python.parent / "oca-checks-odoo-module", f"--disable={','.join(OCA_WITHOUT)}"]
        ),
        "po files": lambda: _po(python, files),
        "eslint": lambda: javascript.check(python.parent, files),
    }
    red = [name for name, check in checks.items() if not _report(name, check)]
    seconds = time.monotonic() - started
    say.line(f"lint: {'red: ' + ', '.join(red) if red else 'green'} ({seconds:.0f} s)")
    return 1 if red else 0


def rewrite() -> int:
    """`make format`: ruff's formatter and its safe fixes, over FILES or the whole tree."""
    ruff = venv.python("lint").parent / "ruff"
    wanted = os.environ.get("FILES", "").split() or ["."]
    fixed = process.call([ruff, "check", "--fix-only", "--quiet", *wanted], cwd=paths.ROOT)
    return process.call([ruff, "format", *wanted], cwd=paths.ROOT) or fixed


def tracked() -> list[str]:
    """The repository's files, those not committed yet included, ignored ones not."""
    listing = process.output(["git", "ls-files", "-co", "--exclude-standard"], cwd=paths.ROOT)
    names = listing.splitlines() or [str(path.relative_to(paths.ROOT)) for path in paths.ROOT.rglob("*")]
    kept = [name for name in names if not any(part in f"{name}/" for part in NOT_LINTED)]
    return sorted(name for name in kept if (paths.ROOT / name).is_file())


def _report(name: str, check: Callable[[], str]) -> bool:
    started = time.monotonic()
    found = check().strip()
    say.line(f"  {name:<12} {'green' if not found else 'RED'}  ({time.monotonic() - started:.1f} s)")
    if found:
        say.line("\n".join(f"    {row}" for row in found.splitlines()))
    return not found


def _copy(files: list[str]) -> Path:
    """A real copy of the modules under their own names: checkers ask for both, and follow no links."""
    target = paths.work() / "lint"
    shutil.rmtree(target, ignore_errors=True)
    for name in files:
        if name.startswith(("tools/", ".")):
            continue
        extra = name.removeprefix("addons_client_portal_docs/")
        path = target / (extra if extra != name else f"{paths.MODULE}/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(paths.ROOT / name, path)
    return target


def _on_copy(copy: Path, command: list[str | Path]) -> str:
    modules = sorted(path.parent.name for path in copy.glob("*/__manifest__.py"))
    rows = _output([*command, *modules], copy).splitlines()
    return "\n".join(re.sub(rf"^(\S*/lint/)?{paths.MODULE}/", "", row) for row in rows if row.strip())


def _output(command: list[str | Path], cwd: Path = paths.ROOT) -> str:
    """What a checker says; nothing when its exit code is 0."""
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(paths.cache() / "pycache"), "NO_COLOR": "1"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return (done.stdout or f"exit code {done.returncode}") if done.returncode else ""


def _po(python: Path, files: list[str]) -> str:
    found = [name for name in files if name.endswith((".po", ".pot"))]
    return _output([python.parent / "oca-checks-po", *found]) if found else ""
