"""The command line: one function per command, failures as one sentence."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence

from . import bootstrap, process, say

COMMANDS: dict[str, Callable[[list[str]], int]] = {}
WITHOUT_ODOO = set()


def command(name: str, *, needs_odoo: bool = True):
    """Register a command; `needs_odoo` brings it into the environment that can run Odoo first."""

    def register(function: Callable[[list[str]], int]):
        COMMANDS[name] = function
        if not needs_odoo:
            WITHOUT_ODOO.add(name)
        return function

    return register


@command("demo")
def _demo(arguments: list[str]) -> int:
    from . import demo

    return demo.serve()


@command("lint", needs_odoo=False)
def _lint(arguments: list[str]) -> int:
    from .lint import checks

    return checks.run()


@command("format", needs_odoo=False)
def _format(arguments: list[str]) -> int:
    from .lint import checks

    return checks.rewrite()


@command("i18n")
def _i18n(arguments: list[str]) -> int:
    from . import translations

    return translations.export()


@command("clean", needs_odoo=False)
def _clean(arguments: list[str]) -> int:
    from . import cleaning, postgres

    if postgres.external():
        bootstrap.enter(["clean"])  # dropping databases needs a client
    return cleaning.clean()


@command("distclean", needs_odoo=False)
def _distclean(arguments: list[str]) -> int:
    from . import cleaning, postgres

    if postgres.external():
        bootstrap.enter(["distclean"])  # dropping databases needs a client
    return cleaning.distclean()


@command("test")
def _test(arguments: list[str]) -> int:
    from . import testing

    return testing.Run(fresh=True)()


@command("test-fast")
def _test_fast(arguments: list[str]) -> int:
    from . import testing

    return testing.Run(fresh=False)()


@command("prepare")
def _prepare(arguments: list[str]) -> int:
    from . import ahead

    return ahead.prepare(arguments)


@command("shell")
def _shell(arguments: list[str]) -> int:
    from . import console

    return console.shell()


@command("psql")
def _psql(arguments: list[str]) -> int:
    from . import console

    return console.psql()


@command("bench")
def _bench(arguments: list[str]) -> int:
    from . import bench

    return bench.run()


@command("bench-documents")
def _bench_documents(arguments: list[str]) -> int:
    from . import bench_documents

    return bench_documents.run()


@command("screenshots")
def _screenshots(arguments: list[str]) -> int:
    from . import screenshots

    return screenshots.take()


def _terminated(*_: object) -> None:
    raise KeyboardInterrupt


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code."""
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        say.error(f"no such command; there are: {', '.join(sorted(COMMANDS))}")
        return 2
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _terminated)
    process.end_with_make()
    try:
        if name not in WITHOUT_ODOO:
            bootstrap.enter(list(arguments))
        return COMMANDS[name](rest)
    except say.Fail as failure:
        say.error(str(failure))
        return 1
    except KeyboardInterrupt:
        say.error("interrupted; the next start carries on")
        return 130
    except BrokenPipeError:
        return 1
    except OSError as failure:
        say.error(f"{failure.strerror or failure}: {failure.filename or ''}".rstrip(": "))
        return 1
    finally:
        sys.stdout.flush()
