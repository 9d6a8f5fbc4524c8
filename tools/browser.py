"""A Chromium for tours, live tests and screenshots."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import debian, npm_browser, paths
from .say import Fail

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> Path | None:
    """A browser that is here already: named by CLIENT_PORTAL_BROWSER, on PATH, or in the cache."""
    if named := os.environ.get("CLIENT_PORTAL_BROWSER"):
        if not shutil.which(named):
            raise Fail(f"CLIENT_PORTAL_BROWSER={named} is no program.")
        return Path(shutil.which(named) or named)
    for name in NAMES:
        if found := shutil.which(name, path=_path_without_shelf()):
            return Path(found)
    return npm_browser.present()


def _path_without_shelf() -> str:
    """PATH as it was before `shelf()` stood in it: a link must never be found to point to itself."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if folder != str(_shelf()))


def _shelf() -> Path:
    return paths.work() / "bin"


@functools.cache
def locate() -> Path:
    """A browser, installed or fetched when there is none yet."""
    if found := find():
        return found
    if debian.install_as_root("chromium", "about 1 min, once"):
        if found := find():
            return found
    return npm_browser.fetch()


@functools.cache
def shelf() -> Path:
    """A folder for PATH where the browser has the name Odoo looks for first. Empty while there is none."""
    folder = _shelf()
    folder.mkdir(exist_ok=True)
    if found := find():
        paths.link(folder / NAMES[0], found)
    return folder


@contextmanager
def launched(**options) -> Iterator:
    """A Playwright browser: `with browser.launched() as chromium: page = chromium.new_page()`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(locate()), args=list(FLAGS), **options)
        try:
            yield chromium
        finally:
            chromium.close()
