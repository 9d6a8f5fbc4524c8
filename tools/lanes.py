"""The test lanes: which files run on which database."""

from __future__ import annotations

import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import farm, odoo, paths, process, say, workers

ALLOWED_SKIP = "allowed: "
# The boundary is proven on two databases: the suite alone, and with the modules a business adds.
PATTERNS = {
    "suite": ("test_*.py",),
    "wide": (
        "test_matrix_*.py",
        "test_boundary_orm.py",
        "test_boundary_rpc.py",
        "test_boundary_pages.py",
        "test_boundary_fields.py",
    ),
    "demo_world": ("demo_world/test_*.py",),
    "live": ("live/test_*.py",),
}


@dataclass
class Outcome:
    """What one lane came to."""

    lane: str
    seconds: float = 0.0
    counts: Counter = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def ran(self) -> int:
        return self.counts["passed"] + self.counts["failed"]

    def line(self) -> str:
        shown = ", ".join(f"{self.counts[key]} {key}" for key in ("passed", "failed", "skipped"))
        return f"{self.lane:<12} {shown}  ({self.seconds:.0f} s)"


def files(lane: str, wanted: Sequence[str] = ()) -> list[str]:
    """The lane's test files, as paths below the add-ons folder; `wanted` narrows them."""
    farmed = paths.work() / "addons"
    found = []
    for module in farm.modules():
        folder = farmed / module / "tests"
        for pattern in PATTERNS[lane]:
            found += sorted(str(path.relative_to(farmed)) for path in folder.glob(pattern))
    if not wanted:
        return found
    return [item for name in wanted for item in _matching(name, found)]


def _matching(name: str, found: list[str]) -> list[str]:
    """`tests/test_x.py`, `test_x.py::TestY::test_z`, a folder, or a path inside the second module."""
    path, separator, rest = name.partition("::")
    path = path.removeprefix(f"{paths.ROOT}/").removeprefix("./").rstrip("/")
    path = path.removeprefix("addons_client_portal_docs/")
    hits = [item for item in found if item.endswith(f"/{path}") or item == path or f"/{path}/" in f"/{item}"]
    if "/" in path and not path.endswith(".py"):
        hits = [item for item in hits if str(Path(item).parent).endswith(path)]
    return [f"{item}{separator}{rest}" for item in hits]


def run(
    lane: str,
    config: odoo.Odoo,
    targets: Sequence[str],
    extra: Sequence[str],
    *,
    inside_odoo: bool = True,
    environment: dict[str, str] | None = None,
) -> Outcome:
    """Run pytest over the targets and read back what happened."""
    farmed = paths.work() / ("addons" if inside_odoo else "lib")
    report = paths.logs() / f"junit-{lane}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "--rootdir", farmed, "--confcutdir", farmed]
    command += ["-p", "no:cacheprovider", "-o", "junit_family=xunit2", f"--junitxml={report}"]
    command += ["-c", paths.ROOT / "pyproject.toml"]
    if inside_odoo:
        command += ["--odoo-database", config.database, "--odoo-http", "-p", "tools.workers"]
        command += workers.options(targets, extra)
    else:
        command += ["-p", "no:odoo", *workers.options(targets, extra, share="loadfile")]
        targets = [_outside(target) for target in targets]
    started = time.monotonic()
    env = {**config.environment(), **(environment or {})}
    code = process.call([*command, *extra, *targets], env=env, cwd=farmed)
    return read(lane, report, code, time.monotonic() - started)


def _outside(target: str) -> str:
    """A live test's path through the library link."""
    module, _, rest = target.partition("/tests/live/")
    return f"live_{module}/{rest}"


def read(lane: str, report: Path, code: int, seconds: float) -> Outcome:
    """Counts and problems out of pytest's own report. No report, an unexpected skip or a red test is a problem."""
    outcome = Outcome(lane, seconds)
    if not report.exists():
        outcome.problems.append(f"pytest ended with exit code {code} and no report")
        return outcome
    for case in ElementTree.parse(report).iter("testcase"):
        kind, reason = _kind(case)
        outcome.counts[kind] += 1
        if kind == "skipped" and not reason.startswith(ALLOWED_SKIP):
            name = f"{case.get('classname')}.{case.get('name')}"
            outcome.problems.append(f"{name} was skipped: {reason or 'no reason'}")
    if outcome.counts["failed"]:
        outcome.problems.append(f"{outcome.counts['failed']} failed")
    elif code not in (0, 5) and not outcome.problems:
        outcome.problems.append(f"pytest ended with exit code {code}")
    return outcome


def _kind(case: ElementTree.Element) -> tuple[str, str]:
    for child in case:
        if child.tag in ("failure", "error"):
            return "failed", ""
        if child.tag == "skipped":
            return "skipped", child.get("message") or ""
    return "passed", ""


def summary(outcomes: Sequence[Outcome], seconds: float) -> int:
    """Print the counts of all lanes; the exit code."""
    say.line("\n== summary")
    for outcome in outcomes:
        say.line(outcome.line())
        for problem in outcome.problems:
            say.line(f"    {problem}")
    total = sum((outcome.counts for outcome in outcomes), Counter())
    failed = any(outcome.problems for outcome in outcomes)
    if not any(outcome.ran for outcome in outcomes):
        say.error("not one test ran")
        failed = True
    say.line(f"total time {seconds:.0f} s{', NOT GREEN' if failed else ''}")
    say.line(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if failed else 0
