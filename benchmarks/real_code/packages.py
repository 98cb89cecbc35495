"""The pinned packages: fetched with pip, checked by hash, unpacked into a cache folder. None of their code is run."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

PINNED = Path(__file__).with_name("packages.txt")

# One file per package, whatever machine and Python this runs on.
WHEEL_OF = ("--python-version=3.13", "--platform=manylinux_2_28_x86_64", "--implementation=cp", "--abi=abi3")

_LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+) --hash=sha256:(?P<digest>[0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Package:
    """A release of a package, and the SHA-256 of the wheel that is meant."""

    name: str
    version: str
    digest: str

    @property
    def folder(self) -> str:
        """The name of the folder that holds its code."""
        return f"{self.name}-{self.version}"


def read_pinned(path: Path = PINNED) -> tuple[Package, ...]:
    """Read the list. It is a requirements file of pip."""
    packages = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            match = _LINE.fullmatch(line)
            if match is None:
                raise ValueError(f"{path}: not NAME==VERSION --hash=sha256:DIGEST: {line!r}")
            packages.append(Package(match["name"], match["version"], match["digest"]))
    return tuple(packages)


def default_cache() -> Path:
    """The folder for downloads and unpacked code if none is given."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "jitlint-real-code"


def unpacked(packages: Sequence[Package], cache: Path) -> dict[str, Path]:
    """Name -> folder with the Python files of each package. Fetches and unpacks what the cache lacks."""
    folders = {package.name: cache / "packages" / package.folder for package in packages}
    missing = [package for package in packages if not folders[package.name].is_dir()]
    if missing:
        wheels = _wheels(missing, cache / "downloads")
        for package in missing:
            _unpack(wheels[package.digest], folders[package.name])
    return folders


def _wheels(packages: Sequence[Package], downloads: Path) -> dict[str, Path]:
    """Digest -> wheel, for these packages. Runs pip only for what is not there yet."""
    downloads.mkdir(parents=True, exist_ok=True)
    absent = [package for package in packages if package.digest not in _digests(downloads)]
    if absent:
        _download(absent, downloads)
    found = _digests(downloads)
    return {package.digest: found[package.digest] for package in packages}


def _digests(folder: Path) -> dict[str, Path]:
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in folder.glob("*.whl")}


def _download(packages: Iterable[Package], downloads: Path) -> None:
    """Let pip fetch wheels; it checks the hashes."""
    requirements = downloads / "requirements.txt"
    lines = (f"{package.name}=={package.version} --hash=sha256:{package.digest}\n" for package in packages)
    requirements.write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", *WHEEL_OF]
    subprocess.run([*command, "--require-hashes", f"--requirement={requirements}", f"--dest={downloads}"], check=True)


def _unpack(wheel: Path, folder: Path) -> None:
    """Unpack the Python files of a wheel. A folder that is there is complete."""
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unfinished, [name for name in archive.namelist() if name.endswith(".py")])
    unfinished.rename(folder)
