"""Databases of later lanes, made in a process beside the first lane: installing keeps one processor busy, not two."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from . import databases, paths, process, say


class Ahead:
    """A process that prepares what `names` say, while somebody else goes on; ended with the block.

    :param names: keys of `databases.AREAS`
    """

    def __init__(self, names: Sequence[str]):
        self.names = tuple(names)
        self.log = paths.logs() / "ahead.log"
        self._child = None

    def __enter__(self) -> Ahead:
        if self.names:
            self.log.unlink(missing_ok=True)
            command = [sys.executable, "-B", "-m", "tools", "prepare", *self.names]
            self._child = process.start(command, cwd=paths.ROOT, log=self.log)
        return self

    def __exit__(self, *_: object) -> None:
        if self._child:
            process.stop(self._child)

    def done(self, name: str) -> bool:
        """Wait until everything is made; whether `name` is, so that nobody has to make it again."""
        if name not in self.names:
            return False
        if self._child.poll() is None:
            with say.step("Databases that are being made beside this"):
                self._child.wait()
        if self._child.returncode:
            say.warn(f"the databases could not be made beside the first lane, see {self.log}")
        return self._child.returncode == 0


def prepare(names: Sequence[str]) -> int:
    """Install the databases of those areas anew."""
    for name in names:
        place = databases.AREAS[name]
        with place.server() as server:
            databases.ensure(place, server, place.config(server, name), name, True)
    return 0
