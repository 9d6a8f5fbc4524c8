"""Odoo 19.0's source: a checkout the user names, or Debian's package unpacked into the cache."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from . import debian, paths
from .say import Fail, step

ODOO = debian.Package(
    "pool/main/o/odoo/odoo-19_19.0.0+dfsg-1_all.deb",
    "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf",
)
# What the package's relative links point at; without them /web/login has no jquery and the bundles no fonts.
BESIDE = (
    debian.Package(
        "pool/main/n/node-jquery/libjs-jquery_3.6.1+dfsg+~3.5.14-1_all.deb",
        "a58c9ff6afe96c769cb6535754c909410760e4efa1e1540236194e489adcfb25",
    ),
    debian.Package(
        "pool/main/j/jquery-goodies/libjs-jquery-form_12-4_all.deb",
        "fbfeedcd3eaf519b3cdcc88e93a1c79f6775da71657bac763f1430fe66e8a1da",
    ),
    debian.Package(
        "pool/main/u/underscore/libjs-underscore_1.13.4~dfsg+~1.11.4-3_all.deb",
        "4a0fbc90e7f62ea50c4ac7453352721fa60bb5eac87e9f39a027908faff29015",
    ),
    debian.Package(
        "pool/main/f/fonts-font-awesome/fonts-font-awesome_5.0.10+really4.7.0~dfsg-4.1_all.deb",
        "5f09e1adce26d59628a239c538882d53e58978b958233864fc617be9a510018e",
    ),
    debian.Package(
        "pool/main/f/fonts-roboto/fonts-roboto-unhinted_0~20170802-4_all.deb",
        "048f1e05cfb1ad1e5cd1c283cd61f2276c6a36f75e85032ddfd65db252b4634e",
    ),
    debian.Package(
        "pool/main/f/fonts-montserrat/fonts-montserrat_7.222-3_all.deb",
        "a81478bf74ed431d488f5954ba8bece10b17bdfafc24590a7048b283dcbd40f1",
    ),
    debian.Package(
        "pool/main/f/fonts-ocr-b/fonts-ocr-b_0.3.1~dfsg-1_all.deb",
        "dd718b7c1d28375b1363eee8c1104cd6fef26f45d9e20d3bd4f30ed16986ee55",
    ),
    debian.Package(
        "pool/main/f/fonts-inconsolata/fonts-inconsolata_001.010-6_all.deb",
        "bb5015c631cd47aa7d9d6e0ecd101f0e1234300f935e7719ea32ed9b640f0ac4",
    ),
)
# The translations of Odoo's own terms that are kept.
LANGUAGES = {"de", "es", "fr", "it", "nl", "pl", "pt", "pt_BR"}
# Left out of the package; an empty stub keeps the bundle whole.
STUBS = ("odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js",)


@dataclass(frozen=True)
class Source:
    """An importable Odoo and the folders of its add-ons."""

    python_path: Path
    addons: tuple[Path, ...]
    version: str


def locate() -> Source:
    """The source to use, fetched when there is none yet."""
    if named := os.environ.get("ODOO_SOURCE"):
        return _from_checkout(Path(named).expanduser().absolute())
    folder = paths.cache() / "odoo" / ODOO.file.removesuffix("_all.deb")
    if not folder.exists():
        _unpack(folder)
    packages = folder / "usr" / "lib" / "python3" / "dist-packages"
    version = (folder / "version").read_text().strip()
    return Source(packages, (packages / "odoo" / "addons",), version)


def _from_checkout(folder: Path) -> Source:
    release = folder / "odoo" / "release.py"
    if not release.exists():
        raise Fail(f"ODOO_SOURCE={folder} is no checkout of Odoo: there is no odoo/release.py in it.")
    found = re.search(r"version_info\s*=\s*\(\D*(\d+)\D+(\d+)", release.read_text())
    if not found or found.group(1) != "19":
        raise Fail(f"ODOO_SOURCE={folder} is Odoo {found.group(1) if found else 'of unknown version'}; 19.0 is needed.")
    addons = tuple(path for path in (folder / "addons", folder / "odoo" / "addons") if path.is_dir())
    return Source(folder, addons, f"source:{folder}")


def _unpack(folder: Path) -> None:
    debian.require_clients()
    paths.require_space(4, "A first start (Odoo's source, Python packages, databases)")
    with step("Odoo 19.0 source", "122 MB from the Debian archive, unpacked 0.5 GB"):
        packages = [debian.fetch(package) for package in (ODOO, *BESIDE)]
        draft = paths.scratch("odoo")
        for package in packages:
            debian.unpack(package, draft, _wanted)
        for stub in STUBS:
            path = draft / "usr" / "lib" / "python3" / "dist-packages" / stub
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        (draft / "version").write_text(packages[0].name)
        draft.chmod(0o755)
        folder.parent.mkdir(exist_ok=True)
        draft.rename(folder)
        for package in (ODOO, *BESIDE):
            (paths.cache() / "downloads" / package.file).unlink(missing_ok=True)


def _wanted(name: str) -> bool:
    """Without most languages the source is less than half: 20,000 of its 53,000 files are translations."""
    folder, _, file = name.rpartition("/")
    return not (file.endswith(".po") and "/i18n" in folder) or file.removesuffix(".po") in LANGUAGES
