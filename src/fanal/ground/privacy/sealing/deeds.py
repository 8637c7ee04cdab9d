"""
What was done with the keys, and when: a line each, beside the public keys.

Nothing secret is in it, and no name: custodians stand by their function. It is kept out of the
database because a ceremony is held before there is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    CEREMONY = "ceremony"
    REHEARSAL = "rehearsal"
    OPENING = "opening"
    CLOSING = "closing"
    ROTATION = "rotation"


@dataclass(frozen=True, slots=True)
class Deed:
    kind: Kind
    at: datetime
    key: str = ""
    # Of a ceremony: who holds a share, by function.
    custodians: tuple[str, ...] = ()


def note(keyring: Path, deed: Deed) -> None:
    line = {
        "kind": deed.kind,
        "at": deed.at.isoformat(timespec="seconds"),
        "key": deed.key,
        "custodians": deed.custodians,
    }
    path = _path(keyring)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a", encoding="utf-8") as kept:
        kept.write(json.dumps(line, ensure_ascii=False) + "\n")


def last_deeds(keyring: Path) -> dict[Kind, Deed]:
    """The last of each kind. A line cut short, or of a later version, is left out."""
    return {deed.kind: deed for deed in _deeds(keyring)}


def _deeds(keyring: Path) -> Iterator[Deed]:
    try:
        lines = _path(keyring).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        try:
            found = json.loads(line)
            at = datetime.fromisoformat(found["at"])
            yield Deed(Kind(found["kind"]), at, str(found["key"]), tuple(found["custodians"]))
        except (ValueError, KeyError, TypeError):
            continue


def _path(keyring: Path) -> Path:
    return keyring.with_name("deeds.jsonl")
