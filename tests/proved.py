"""
Suites of engines that a whole run proved and that nothing changed since: they are not run again.

The tests of an engine ask for nothing but its sources, its page and a few libraries. ``make whole``
keeps a digest of all of these in ``proved.json`` when every test of the suite has passed, for each
version of Python apart. While the digest is the same, ``make test`` leaves the suite out, but for a
few of its files, drawn anew each day: a list that lies is found out.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import packages_distributions, version
from pathlib import Path
from random import Random

from imports import ROOT, reached, third_parties

TESTS = ROOT / "tests"
ENGINES = TESTS / "engines"
COMMANDS = ("config", "commands")
KEPT = TESTS / "proved.json"
PYTHON = ".".join(platform.python_version_tuple()[:2])
# The files run all the same, among those of all the suites that are left out.
DRAWN = 3
# The command that speaks of an engine, when it has another name.
COMMAND_OF = {"disclosure": "release"}


@dataclass(frozen=True, slots=True)
class Suite:
    """The tests of one engine: those of its folder, and those of its command."""

    name: str

    def files(self) -> list[Path]:
        command = TESTS.joinpath(*COMMANDS, f"test_{self._command}.py")
        inside = sorted((ENGINES / self.name).rglob("test_*.py"))
        return [*inside, command] if command.is_file() else inside

    def read(self) -> set[Path]:
        """All the files that decide whether its tests pass."""
        modules = reached([*self.files(), *self._sources()])
        return {*modules, *_data_beside(modules), *self._pages()}

    def digest(self) -> str:
        """Of these files, and of the versions of the libraries that they import."""
        read = self.read()
        digest = sha256()
        for file in sorted(read):
            digest.update(f"{file.relative_to(ROOT)}\0".encode())
            digest.update(sha256(file.read_bytes()).digest())
        for library in sorted(third_parties(file for file in read if file.suffix == ".py")):
            digest.update(f"{library} {_version(library)}\0".encode())
        return digest.hexdigest()

    @property
    def _command(self) -> str:
        return COMMAND_OF.get(self.name, self.name)

    def _sources(self) -> Iterator[Path]:
        """Whatever imports them, or names them to be imported later; and how they are tried."""
        commands = ROOT.joinpath("src/fanal", *COMMANDS)
        yield from (ROOT / "src/fanal/engines" / self.name).rglob("*.py")
        yield from (commands / self._command).rglob("*.py")
        yield from commands.glob(f"{self._command}.py")
        yield from (ENGINES / self.name).rglob("*.py")

    def _pages(self) -> Iterator[Path]:
        pages = ROOT / "docs" / "engines"
        yield from (file for file in (pages / "examples").rglob("*") if file.is_file())
        yield from pages.glob(f"{self.name}.md")


def suites() -> list[Suite]:
    """One for each folder of ``tests/engines``."""
    inside = {file.relative_to(ENGINES).parts[0] for file in ENGINES.glob("*/**/test_*.py")}
    return [Suite(name) for name in sorted(inside)]


def left_out(day: datetime | None = None) -> dict[Path, Suite]:
    """The files of tests that need not be run again; those drawn for the day are not there."""
    proved = kept()
    files = {
        file: suite
        for suite in suites()
        if proved.get(suite.name, {}).get(PYTHON) == suite.digest()
        for file in suite.files()
    }
    for file in _drawn(sorted(files), day or datetime.now(tz=UTC)):
        del files[file]
    return files


def _drawn(files: list[Path], day: datetime) -> list[Path]:
    """A few that compile nothing: half a minute would be spent before the first assertion."""
    quick = [file for file in files if not _compiles(file)]
    draw = Random(day.date().isoformat())  # noqa: S311
    return draw.sample(quick, min(DRAWN, len(quick)))


def must_compile(out: Collection[Path]) -> bool:
    """Whether a file of the suites that is not left out stands on compiled loops."""
    return any(_compiles(file) for suite in suites() for file in suite.files() if file not in out)


def _compiles(file: Path) -> bool:
    return any(module.parent.name == "kernels" for module in reached([file]))


def keep(names: list[str]) -> None:
    """Write that these suites passed whole, as they stand."""
    known = kept()
    for suite in suites():
        if suite.name in names:
            known.setdefault(suite.name, {})[PYTHON] = suite.digest()
    there = {suite.name for suite in suites()}
    lines = {name: known[name] for name in sorted(there & known.keys())}
    KEPT.write_text(json.dumps(lines, indent=2) + "\n", encoding="utf-8")


def kept() -> dict[str, dict[str, str]]:
    """By suite, then by version of Python, the digest that was proved."""
    if not KEPT.exists():
        return {}
    known: dict[str, dict[str, str]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return known


def _data_beside(modules: set[Path]) -> Iterator[Path]:
    """What stands in the folders of an engine and is no module: tables, words, instances."""
    for folder in {folder for module in modules if (folder := _engine_of(module))}:
        for file in folder.rglob("*"):
            if file.is_file() and file.suffix not in (".py", ".pyc", ".nbi", ".nbc"):
                yield file


def _engine_of(module: Path) -> Path | None:
    for engines in (ROOT / "src/fanal/engines", ENGINES):
        if module.is_relative_to(engines) and module.parent != engines:
            return engines / module.relative_to(engines).parts[0]
    return None


@cache
def _version(library: str) -> str:
    """Of the distributions that bring this name; nothing where it is not installed."""
    return " ".join(f"{name}=={version(name)}" for name in sorted(set(_brought().get(library, []))))


_brought = cache(packages_distributions)
