"""What a module imports, directly or not, read from its text: nothing is run."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "src", ROOT / "tests", ROOT / "benchmarks")


def reached(files: Iterable[Path]) -> set[Path]:
    """These files and all of ours that they import, in functions too, packages included."""
    found: set[Path] = set()
    waiting = list(files)
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += [module for name in _names(file) for module in _modules(name)]
    return found


def third_parties(files: Iterable[Path]) -> set[str]:
    """The top-level names imported by these files that are neither ours nor Python's."""
    tops = {name.partition(".")[0] for file in files for name in _names(file)}
    return {top for top in tops if top not in sys.stdlib_module_names and not _is_ours(top)}


def _is_ours(top: str) -> bool:
    return any((folder / top).is_dir() or (folder / f"{top}.py").is_file() for folder in FOLDERS)


@cache
def _names(file: Path) -> tuple[str, ...]:
    return tuple(_imported(ast.parse(file.read_bytes())))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            # What is imported from a package may be a module of it.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _modules(name: str) -> tuple[Path, ...]:
    """The files of a dotted name that are ours: the module, and the packages above it."""
    parts = name.split(".")
    found = []
    for folder in FOLDERS:
        for depth in range(1, len(parts) + 1):
            place = folder.joinpath(*parts[:depth])
            found += [file for file in (place / "__init__.py", place.with_suffix(".py"))
                      if file.is_file()]  # fmt: skip
    return tuple(found)
