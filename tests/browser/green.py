"""
The screens that a browser looked at in all ways and found sound, by what they were made of then.

``make whole`` looks at all of them and writes the file. The other runs look at those that are made
of something else now. A check that changes makes all of them new again.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from browser.chromium import AXE
from turns import only_one

HERE = Path(__file__).parent
FILE = HERE / "green_screens.json"
CHECKS = ("checks.py", "keyboard.js", "screens.py", "public_screens.py", "ways.py")


def is_green(kind: str, screen: str, signature: str) -> bool:
    return read(kind).get(screen) == _with_checks(signature)


def write(kind: str, screen: str, signature: str, *, sound: bool) -> None:
    """Keep the line of a screen as it is now, or take it out."""
    put(kind, {screen: _with_checks(signature) if sound else None})


def put(kind: str, lines: dict[str, Any]) -> None:
    """Each line in the place of the one that it has; no line for ``None``."""
    with only_one("green"):
        kinds = _read()
        kept = kinds.get(kind, {}) | lines
        kinds[kind] = {name: line for name, line in kept.items() if line is not None}
        FILE.write_text(_told(kinds), encoding="utf-8")


def read(kind: str) -> dict[str, Any]:
    return _read().get(kind, {})


def _read() -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return kinds


def _told(kinds: dict[str, dict[str, Any]]) -> str:
    """A line of text for each line, so that what changed is read at once."""
    groups = (
        f'"{kind}": {{\n'
        + ",\n".join(
            f" {json.dumps(name, ensure_ascii=False)}: {json.dumps(line, ensure_ascii=False)}"
            for name, line in sorted(lines.items())
        )
        + "\n}"
        for kind, lines in sorted(kinds.items())
    )
    return "{" + ",\n".join(groups) + "}\n"


@cache
def _checks() -> str:
    digest = sha256(AXE.encode())
    for name in CHECKS:
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()


def _with_checks(signature: str) -> str:
    return sha256(f"{signature} {_checks()}".encode()).hexdigest()[:16]
