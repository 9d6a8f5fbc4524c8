"""`make test` and `make test-fast`: prepare each lane's database, run it, add up."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence

from . import ahead, browser, farm, lanes, live, locks, process, say, selftest, templates
from .databases import SUITE, WIDE, WORLD, ensure


class Run:
    """One test run; `fresh` installs the suite anew, otherwise the last database is brought up to date."""

    def __init__(self, fresh: bool):
        self.fresh = fresh or bool(os.environ.get("FRESH"))
        self.wanted = shlex.split(os.environ.get("FILES", ""))
        self.extra = shlex.split(os.environ.get("ARGS", ""))
        self.outcomes: list[lanes.Outcome] = []

    def __call__(self) -> int:
        self._require_http_tests()
        with locks.area("test"):
            farm.build()
            targets = {lane: lanes.files(lane, self.wanted) for lane in self._lanes()}
            if self.wanted and not any(targets.values()):
                raise say.Fail(f"No test file matches FILES='{' '.join(self.wanted)}'.")
            with ahead.Ahead(self._later(targets)) as self.ahead:
                if not self.wanted and not os.environ.get("LANES"):
                    self._tools()
                for lane, run in (
                    ("suite", self._suite),
                    ("live", self._live),
                    ("wide", self._wide),
                    ("demo_world", self._demo_world),
                ):
                    if lane in targets:
                        self._guarded(lane, run, targets[lane])
        return lanes.summary(self.outcomes, say.elapsed())

    def _later(self, targets: dict[str, Sequence[str]]) -> list[str]:
        """Areas that can be made while the lanes before them run."""
        if not self.fresh or not targets.get("suite"):
            return []
        return [name for name, lane in (("wide", "wide"), ("world", "demo_world")) if targets.get(lane)]

    def _lanes(self) -> tuple[str, ...]:
        """Those that LANES names; all of them without, but only in `make test`: the loop of a developer is one lane."""
        named = tuple(os.environ.get("LANES", "").split())
        unknown = set(named) - set(lanes.PATTERNS)
        if unknown:
            raise say.Fail(f"No such lane: {' '.join(sorted(unknown))}. There are: {' '.join(lanes.PATTERNS)}.")
        return named or tuple(lane for lane in lanes.PATTERNS if self.fresh or lane != "wide")

    @staticmethod
    def _require_http_tests() -> None:
        """Odoo skips HTTP tests and tours in silence when these are missing; we refuse instead."""
        try:
            import websocket  # noqa: F401
        except ImportError as err:
            raise say.Fail("websocket-client is missing from the environment: make distclean, then again.") from err
        found = browser.locate()
        if "hrom" not in process.output([found, "--version"]):
            raise say.Fail(f"The browser {found} does not start, and without it the tours would not run.")

    def _guarded(self, lane: str, run: Callable[[Sequence[str]], None], targets: Sequence[str]) -> None:
        """A lane whose database cannot be prepared is red; the others run all the same."""
        try:
            run(targets)
        except say.Fail as failure:
            say.error(str(failure))
            self.outcomes.append(lanes.Outcome(lane, problems=["it could not be prepared, see above"]))

    def _nothing(self, lane: str) -> None:
        if not self.wanted:
            say.line(f"== {lane}: no test files yet")

    def _tools(self) -> None:
        if not self.fresh:
            return
        self.outcomes.append(selftest.run(self.extra))

    def _suite(self, targets: Sequence[str]) -> None:
        if not targets and (self.wanted or not self.fresh):
            return self._nothing("suite")
        say.line("== suite: a database with only the suite")
        with SUITE.server() as server:
            config = SUITE.config(server, "test")
            ensure(SUITE, server, config, "test", self.fresh)
            if targets:
                self.outcomes.append(lanes.run("suite", config, targets, self.extra))
            else:
                self._nothing("suite")

    def _live(self, targets: Sequence[str]) -> None:
        if not targets:
            return self._nothing("live")
        say.line("== live: real servers on throw-away databases")
        with SUITE.server(durable=True) as server:
            config = SUITE.config(server, "test")
            ensure(SUITE, server, config, "test", False)
            facts = live.facts(SUITE, server, "test")
            outcome = lanes.run("live", config, targets, self.extra, inside_odoo=False, environment=facts)
            self.outcomes.append(outcome)

    def _wide(self, targets: Sequence[str]) -> None:
        if not targets:
            return
        say.line(f"== wide: the boundary beside {', '.join(templates.WIDE)}")
        made_anew = self.fresh and not self.ahead.done("wide")
        with WIDE.server() as server:
            config = WIDE.config(server, "wide")
            ensure(WIDE, server, config, "wide", made_anew)
            self.outcomes.append(lanes.run("wide", config, targets, self.extra))

    def _demo_world(self, targets: Sequence[str]) -> None:
        if not targets:
            return self._nothing("demo_world")
        say.line("== demo_world: Odoo's demo data, the suite and the demo world")
        made_anew = self.fresh and not self.ahead.done("world")
        with WORLD.server() as server:
            config = WORLD.config(server, "world")
            ensure(WORLD, server, config, "world", made_anew)
            self.outcomes.append(lanes.run("demo_world", config, targets, self.extra))
