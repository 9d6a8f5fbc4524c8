"""`make screenshots`: pictures of the demo world's pages into docs/images/, for the README and the Apps page."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from . import browser, demo, locks, paths, process, say, server

IMAGES = paths.ROOT / "docs" / "images"
APPS = paths.ROOT / "static" / "description"
SIZES = {"": (1280, 1), "-phone": (390, 2)}  # suffix of the file: (width, pixels per point)
# name of the picture: (login, address, text of the link to follow from there, what the page must show first)
PAGES = {
    "workspace": ("helen", "/my", "", ".cp-tiles"),
    "job": ("dana", "/my/jobs?search=Reserve+pruning", "Reserve pruning package", ".o-mail-Message"),
    "quote": ("dana", "/my/quotes?filterby=open", "Variation: Coastal access remediation", "#conversation"),
}
SETTLED = "document.fonts.status === 'loaded' && Array.from(document.images).every(image => image.complete)"
IN_APPS = ("workspace", "job-phone", "quote")


def take() -> int:
    """Take every picture in every size."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with _served() as url, browser.launched() as chromium:
        for login in sorted({login for login, *_page in PAGES.values()}):
            for suffix, (width, scale) in SIZES.items():
                context = chromium.new_context(
                    base_url=url,
                    viewport={"width": width, "height": 900},
                    device_scale_factor=scale,
                    timezone_id="America/New_York",
                    locale="en-US",
                    reduced_motion="reduce",
                )
                page = context.new_page()
                _sign_in(page, login)
                _pictures(page, login, suffix)
                context.close()
    for name in IN_APPS:
        shutil.copyfile(IMAGES / f"{name}.png", APPS / f"{name}.png")
    return 0


@contextmanager
def _served() -> Iterator[str]:
    """The address of the demo that `make demo` is serving, or of one started for the pictures."""
    if locks.busy(locks.area_file("demo")):
        yield f"http://127.0.0.1:{os.environ.get('PORT') or '8069'}"
        return
    with locks.area("demo"), demo.DEMO.server(keep=True) as database_server:
        config = demo.DEMO.config(database_server, demo.DATABASE, port=process.free_port())
        demo.prepare(config, database_server)
        running = server.OdooServer(config)
        try:
            with say.step("Odoo"):
                running.start()
            yield config.url
        finally:
            running.stop()


def _sign_in(page, login: str) -> None:
    page.goto("/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_url("**/my**")


def _pictures(page, login: str, suffix: str) -> None:
    for name, (who, address, link, awaited) in PAGES.items():
        if who != login:
            continue
        with say.step(f"{name}{suffix}.png"):
            page.goto(address)
            if link:
                page.get_by_role("link", name=link, exact=True).first.click()
            page.wait_for_selector(awaited)
            page.wait_for_function(SETTLED)
            _keep(page.screenshot(full_page=True), IMAGES / f"{name}{suffix}.png")


def _keep(picture: bytes, path: Path) -> None:
    """Save with 256 colours: a third of the size, and nobody sees a difference."""
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
