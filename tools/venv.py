"""Python environments made from the lock files, kept in the cache."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
from pathlib import Path

from . import paths, process
from .say import Fail, step


def key(lock: str) -> str:
    """A name for the environment: the lock's content and the Python that runs it."""
    digest = hashlib.sha256((paths.REQUIREMENTS / f"{lock}.txt").read_bytes()).hexdigest()[:10]
    return f"{lock}-{digest}-py{sys.version_info[0]}.{sys.version_info[1]}"


def python(lock: str) -> Path:
    """The environment's interpreter, after making the environment if it is not there."""
    folder = paths.cache() / "venv" / key(lock)
    interpreter = folder / "bin" / "python"
    if not ((folder / "complete").exists() and interpreter.exists()):
        _make(lock, folder)
    return interpreter


def _make(lock: str, folder: Path) -> None:
    paths.require_space(1, "A Python environment")
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    log = paths.cache() / "tmp" / f"venv-{lock}.log"
    log.parent.mkdir(exist_ok=True)
    with step(f"Python {platform.python_version()} packages ({lock})", "from PyPI, about 30 s"):
        _make_empty(folder, log)
        _install(paths.REQUIREMENTS / f"{lock}.txt", folder, log)
        (folder / "complete").touch()


def _make_empty(folder: Path, log: Path) -> None:
    if process.call([sys.executable, "-m", "venv", folder], log=log) == 0:
        return
    uv = shutil.which("uv")
    if uv and process.call([uv, "venv", "--seed", "--clear", "--python", sys.executable, folder], log=log) == 0:
        return
    raise Fail(
        f"Python cannot make an environment (see {log}). On Debian and Ubuntu: apt-get install python3-venv; "
        "or install uv; or name another Python: make PYTHON=python3.12 ..."
    )


def _install(lock: Path, folder: Path, log: Path) -> None:
    """With uv where there is one (faster), else with pip, which also knows the user's own configuration."""
    interpreter = folder / "bin" / "python"
    uv = shutil.which("uv")
    command = [uv, "pip", "install", "--python", interpreter, "--require-hashes", "--no-deps", "-r", lock]
    if uv and process.call(command, log=log) == 0:
        return
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    command = [interpreter, "-m", "pip", "install", "--require-hashes", "--no-deps", "--progress-bar=off", "-r", lock]
    if process.call(command, log=log, env=env):
        tail = "\n".join(f"    {row}" for row in log.read_text(errors="replace").splitlines()[-6:])
        raise Fail(f"The Python packages cannot be installed (no network, or a full disk?). The end of {log}:\n{tail}")
