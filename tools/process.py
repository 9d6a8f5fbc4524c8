"""Child processes: each is ended by its own id, and none outlives the tool that started it."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from .say import Fail

NOBODY = 65534
PR_SET_PDEATHSIG = 1


def _die_with_parent(sig: int, uid: int | None) -> Callable[[], None]:
    """Run in the child: another user if asked, and a signal when the parent dies (Linux)."""
    libc = ctypes.CDLL(None)

    def prepare() -> None:
        if uid is not None:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
        if hasattr(libc, "prctl"):
            libc.prctl(PR_SET_PDEATHSIG, sig)

    return prepare


def end_with_make() -> None:
    """A killed `make` takes us along, and we end what we started."""
    with suppress(OSError):
        if Path(f"/proc/{os.getppid()}/comm").read_text().strip() in ("make", "gmake"):
            _die_with_parent(signal.SIGTERM, None)()


def start(
    command: Sequence[str | Path],
    *,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    log: Path | None = None,
    uid: int | None = None,
    death_signal: int = signal.SIGTERM,
    stdin: int | None = subprocess.DEVNULL,
    own_session: bool = True,
) -> subprocess.Popen:
    """Start a child in a session of its own, so that Ctrl-C reaches it only through us."""
    output = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            env=env,
            cwd=cwd,
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=own_session,
            preexec_fn=_die_with_parent(death_signal, uid),
        )
    finally:
        if output:
            output.close()


def stop(process: subprocess.Popen, sig: int = signal.SIGTERM, patience: float = 20) -> None:
    """End a child by its id; kill it when it does not listen."""
    if process.poll() is not None:
        return
    process.send_signal(sig)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def call(command: Sequence[str | Path], **options) -> int:
    """Run a child to its end and return its exit code; an interruption ends the child first."""
    process = start(command, **options)
    try:
        return process.wait()
    finally:
        stop(process, signal.SIGINT, 5)


def check(command: Sequence[str | Path], what: str, log: Path, **options) -> None:
    """Run a child with its output in a log; a failure shows the end of it."""
    log.write_bytes(b"")
    if code := call(command, log=log, **options):
        tail = log.read_text(errors="replace").strip().splitlines()[-25:]
        shown = "\n".join(f"    {row}" for row in tail)
        raise Fail(f"{what} failed (exit code {code}). The end of {log}:\n{shown}")


def output(command: Sequence[str | Path], **options) -> str:
    """The standard output of a short command, or an empty string when it cannot run."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state not in "ZX"
