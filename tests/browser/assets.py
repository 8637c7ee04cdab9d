"""The styles, scripts, letters and drawings that a page calls, and what these call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit

from lxml.html import HtmlElement

PREFIX = "/static/"
CALLING = ("href", "src", "poster", "data")
CALLED = re.compile(
    r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)|\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)"""
)
READ = (".css", ".js", ".mjs")


def digest_of(root: HtmlElement) -> str:
    """Changes with each byte of what the page calls; what is missing is said so."""
    digest = sha256()
    for name in sorted(_all_from(_of(root))):
        path = _found(name)
        digest.update(f"{name} {_digested(path) if path else 'missing'}\n".encode())
    return digest.hexdigest()


def _of(root: HtmlElement) -> set[str]:
    values = (one.get(name, "") for one in root.iter() for name in CALLING)
    return {value[len(PREFIX) :] for value in map(_bare, values) if value.startswith(PREFIX)}


def _bare(address: str) -> str:
    return urlsplit(address).path


def _all_from(names: set[str]) -> set[str]:
    seen: set[str] = set()
    left = list(names)
    while left:
        if (name := left.pop()) not in seen:
            seen.add(name)
            left += _called_by(name)
    return seen


@cache
def _called_by(name: str) -> tuple[str, ...]:
    path = _found(name)
    return tuple(_calls(path, name)) if path and path.suffix in READ else ()


def _calls(path: Path, name: str) -> Iterator[str]:
    for groups in CALLED.findall(path.read_text(encoding="utf-8")):
        address = _bare("".join(groups))
        if address and not address.startswith(("data:", "#", "/")):
            yield normpath(join(dirname(name), address))


@cache
def _found(name: str) -> Path | None:
    from django.contrib.staticfiles import finders

    found = finders.find(name)
    return Path(found) if found else None


@cache
def _digested(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
