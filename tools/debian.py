"""Fetch Debian packages from the archive this machine already uses; no archive is named here."""

from __future__ import annotations

import hashlib
import lzma
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import paths, process
from .say import Fail, step, warn

HELPER = "/usr/lib/apt/apt-helper"


@dataclass(frozen=True)
class Package:
    """One file of the archive's pool."""

    pool: str
    sha256: str

    @property
    def file(self) -> str:
        return self.pool.rpartition("/")[2]

    @property
    def name(self) -> str:
        return self.file.partition("_")[0]


def require_clients() -> None:
    for tool in ("apt-get", "dpkg-deb", HELPER):
        if not shutil.which(tool):
            raise Fail(
                f"{tool} is missing: Odoo's source comes as a Debian package here. On another system set "
                "ODOO_SOURCE=<a checkout of Odoo 19.0>, or use Docker: docker compose up."
            )


def archives() -> list[str]:
    """The base addresses of this machine's own package archives."""
    listing = process.output(
        ["apt-get", "indextargets", "--no-release-info", "--format"]
        + ["$(RELEASE)|$(COMPONENT)|$(REPO_URI)", "Created-By: Packages"]
    )
    rows = [row.split("|") for row in listing.splitlines() if row.count("|") == 2]
    main = [
        uri.rstrip("/") for release, component, uri in rows if component == "main" and "-" not in release.split("/")[0]
    ]
    if not main:
        raise Fail(
            "apt knows no package archive with a `main` component (an `apt-get update` may be due, or this is no "
            "Debian); set ODOO_SOURCE=<a checkout of Odoo 19.0> instead."
        )
    return list(dict.fromkeys(main))


def fetch(package: Package) -> Path:
    """The package's file in the cache: laid there by hand, fetched before, or fetched now."""
    folder = paths.cache() / "downloads"
    folder.mkdir(exist_ok=True)
    target = folder / package.file
    if target.exists() and _sha256(target) == package.sha256:
        return target
    if by_hand := _laid_by_hand(folder, package):
        return by_hand
    for archive in archives():
        if _download(f"{archive}/{package.pool}", target, package.sha256):
            return target
    raise Fail(_explain(package, folder))


def _laid_by_hand(folder: Path, package: Package) -> Path | None:
    for found in sorted(folder.glob(f"{package.name}_*.deb"), reverse=True):
        if found.name == package.file:
            raise Fail(f"{found} is damaged (its SHA-256 is not the expected one); delete it and start again.")
        warn(f"using {found.name}, laid into the cache by hand, instead of {package.file}")
        return found
    return None


def _download(uri: str, target: Path, sha256: str = "") -> bool:
    part = paths.scratch("download") / target.name
    checksum = [f"SHA256:{sha256}"] if sha256 else []
    log = paths.cache() / "tmp" / "download.log"
    command = [HELPER, "-o", "APT::Sandbox::User=", "-o", "Acquire::Retries=2", "download-file", uri, part, *checksum]
    code = process.call(command, log=log)
    if code == 0 and part.exists():
        os.replace(part, target)
    shutil.rmtree(part.parent, ignore_errors=True)
    return code == 0 and target.exists()


def _explain(package: Package, folder: Path) -> str:
    """Why a package could not be had: no network, or the archive has moved on."""
    offered = sorted({f"{archive}/{path}" for archive in archives() for path in _offered(archive, package.name)})
    if not offered:
        return (
            f"{package.file} cannot be fetched and the package archive does not answer either. Check the network; "
            f"or lay the file into {folder} by hand; or set ODOO_SOURCE=<a checkout of Odoo 19.0>."
        )
    return (
        f"The package archive no longer has {package.file}; it offers {', '.join(offered)} now. Download one of these "
        f"into {folder} and start again, or set ODOO_SOURCE=<a checkout of Odoo 19.0>."
    )


def _offered(archive: str, name: str) -> list[str]:
    """Pool paths of that name in the archive's unstable and stable indexes."""
    found = []
    for suite in ("unstable", "testing", "stable"):
        for index in ("main/binary-all", "main/binary-amd64"):
            target = paths.cache() / "tmp" / "Packages.xz"
            target.unlink(missing_ok=True)
            if not _download(f"{archive}/dists/{suite}/{index}/Packages.xz", target):
                continue
            text = lzma.decompress(target.read_bytes()).decode(errors="replace")
            target.unlink()
            for block in text.split("\n\n"):
                if block.startswith(f"Package: {name}\n"):
                    found += [row[10:] for row in block.splitlines() if row.startswith("Filename: ")]
    return found


def unpack(package: Path, target: Path, wanted: Callable[[str], bool]) -> None:
    """Unpack the wanted files of a package, of which nothing is installed."""
    command = ["dpkg-deb", "--fsys-tarfile", package]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as stream:
        try:
            with tarfile.open(fileobj=stream.stdout, mode="r|") as archive:
                archive.extraction_filter = getattr(tarfile, "fully_trusted_filter", None)
                for member in archive:
                    if wanted(member.name):
                        archive.extract(member, target)
        except (tarfile.TarError, EOFError) as err:
            raise Fail(f"{package} cannot be unpacked ({err}); delete it and start again.") from err


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def install_as_root(name: str, hint: str) -> bool:
    """`apt-get install` when we are root; False when that is not possible."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    log = paths.cache() / "tmp" / f"apt-{name}.log"
    log.parent.mkdir(exist_ok=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Debian package {name}", hint):
        for command in (["install", "-y", "-q", name], ["update", "-q"], ["install", "-y", "-q", name]):
            code = process.call(["apt-get", *command], log=log, env=env)
            if code == 0 and command[0] == "install":
                return True
    warn(f"apt-get could not install {name} (see {log})")
    return False
