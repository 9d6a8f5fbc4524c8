"""The tools' own unit tests: plain pytest, no Odoo."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

from . import lanes, paths, process, say


def run(extra: Sequence[str] = ()) -> lanes.Outcome:
    """Run tools/tests through the library link, where no Odoo module surrounds them."""
    say.line("== tools")
    library = paths.work() / "lib"
    report = paths.logs() / "junit-tools.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "--rootdir", library, "-p", "no:odoo", "-p", "no:cacheprovider", "-q"]
    command += [f"--junitxml={report}", "-c", paths.ROOT / "pyproject.toml", *extra, library / "tools" / "tests"]
    env = {**os.environ, "PYTHONPATH": str(library), "PYTHONPYCACHEPREFIX": str(paths.cache() / "pycache")}
    started = time.monotonic()
    code = process.call(command, env=env, cwd=library)
    return lanes.read("tools", report, code, time.monotonic() - started)
