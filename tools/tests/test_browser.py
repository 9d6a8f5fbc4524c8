"""The browser's link in this checkout's own folder: made once, never to itself, mended when it leads nowhere."""

from __future__ import annotations

import os

import pytest

from tools import browser, paths


@pytest.fixture(name="shelf")
def _shelf(tmp_path, monkeypatch):
    """Where the link is made, with a browser of the machine on PATH behind it."""
    tmp_path.chmod(0o755)
    monkeypatch.setattr(paths, "work", lambda: tmp_path)
    monkeypatch.delenv("CLIENT_PORTAL_BROWSER", raising=False)
    machine = tmp_path / "machine"
    machine.mkdir()
    program = machine / "chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), str(machine)]))
    browser.shelf.cache_clear()
    yield folder
    browser.shelf.cache_clear()


@pytest.mark.parametrize("before", ["nothing", "the browser", "itself", "a browser that is gone"])
def test_the_link_leads_to_the_machines_browser(shelf, before):
    link = shelf / "google-chrome"
    program = shelf.parent / "machine" / "chromium"
    targets = {"the browser": program, "itself": link, "a browser that is gone": shelf.parent / "gone"}
    if before in targets:
        link.symlink_to(targets[before])
    assert browser.shelf() == shelf
    assert link.readlink() == program
    assert [path.name for path in shelf.iterdir()] == ["google-chrome"]
