"""ESLint over static/, with the Node that PyPI carries, so that no Node needs to be installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from .. import paths, process, say

HERE = Path(__file__).resolve().parent
SHIPPED = ("package.json", "package-lock.json", "eslint.config.mjs")


def check(programs: Path, files: list[str]) -> str:
    """ESLint's complaints about the JavaScript files; `programs` is the folder that holds node and npm."""
    scripts = [name for name in files if name.endswith(".js") and not name.startswith("tools/")]
    if not scripts:
        return ""
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    folder = _installed(programs, env)
    command = [programs / "node", folder / "node_modules" / "eslint" / "bin" / "eslint.js"]
    command += ["--config", folder / "eslint.config.mjs", *scripts]
    done = subprocess.run(
        [str(part) for part in command], cwd=paths.ROOT, env=env, capture_output=True, text=True, check=False
    )
    text = (done.stdout + done.stderr).replace(f"{paths.ROOT}/", "")
    return (text or f"exit code {done.returncode}") if done.returncode else ""


def _installed(programs: Path, env: dict[str, str]) -> Path:
    """The cache folder with ESLint and our configuration, made from the lock file."""
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in SHIPPED)).hexdigest()[:10]
    folder = paths.cache() / "eslint" / digest
    if folder.exists():
        return folder
    draft = paths.scratch("eslint")
    for name in SHIPPED:
        shutil.copy2(HERE / name, draft / name)
    log = paths.logs() / "npm-eslint.log"
    with say.step("ESLint", "from npm, once"):
        command = [programs / "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        process.check(command, "npm ci", log, env=env, cwd=draft)
    folder.parent.mkdir(exist_ok=True)
    draft.rename(folder)
    return folder
