"""A real Odoo server process with its workers: started, stopped, killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from . import odoo, process
from .say import Fail


class OdooServer:
    """A real Odoo server process (with its workers) that a test may stop, kill and start again."""

    def __init__(self, config: odoo.Odoo):
        self.config = config
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return self.config.url

    @property
    def log(self) -> str:
        """Everything the server wrote so far."""
        return self.config.log.read_text(errors="replace") if self.config.log.exists() else ""

    @property
    def pids(self) -> list[int]:
        """The server's process and its workers."""
        if not self.process:
            return []
        return [self.process.pid, *_children(self.process.pid)]

    def start(self, patience: float = 90) -> OdooServer:
        """Start the process and wait until it answers."""
        self.process = process.start(self.config.command(), env=self.config.environment(), log=self.config.log)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            if _answers(f"{self.url}/web/health"):
                return self
            time.sleep(0.1)
        self.stop()
        tail = "\n".join(self.log.splitlines()[-15:])
        raise Fail(f"The Odoo server did not come up. The end of {self.config.log}:\n{tail}")

    def stop(self) -> None:
        """End it as an administrator would; whatever does not listen is killed."""
        if self.process:
            pids = self.pids
            process.stop(self.process)
            _kill(pids[1:])

    def kill(self) -> None:
        """End it and its workers at once, as a crash would."""
        if self.process:
            pids = self.pids
            _kill(pids)
            self.process.wait()


def _answers(url: str) -> bool:
    with suppress(OSError, urllib.error.URLError), urllib.request.urlopen(url, timeout=20) as response:
        return response.status == 200
    return False


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in task.read_text().split()]
    return found + [grandchild for child in found for grandchild in _children(child)]


def _kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
