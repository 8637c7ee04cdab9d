"""The list of erasures outside the database: a backup restored later must not bring them back."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from fanal.ground.retention.models import Erasure

Line = dict[str, Any]
FIELDS = ("ref", "at", "thing", "thing_ref", "rule", "then", "authority_code")


def list_path() -> Path:
    return Path(settings.FANAL_ERASURES)


def copy_erasures() -> int:
    """
    Add to the list outside the lines that it does not have yet; called after the commit.

    A killed run leaves lines behind: the next copies them. Nothing is ever taken out.

    Returns:
        How many lines were added.
    """
    path = list_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        known = {line["ref"] for line in read_list()}
        added = [
            line for line in lines_of(Erasure.objects.order_by("pk")) if line["ref"] not in known
        ]
        # A line cut short by a lost power supply must not swallow the next.
        kept.write("".join(f"\n{json.dumps(line)}\n" for line in added))
        kept.flush()
        os.fsync(kept.fileno())
    return len(added)


def read_list(path: Path | None = None) -> list[Line]:
    """The lines that can be read; one cut short is left out: the database still has it."""
    try:
        written = (path or list_path()).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in written:
        try:
            read = json.loads(line)
        except ValueError:
            continue
        if isinstance(read, dict) and set(FIELDS) <= read.keys():
            found.append(read)
    return found


def lines_of(erasures: Iterable[Erasure]) -> list[Line]:
    return [
        {
            "ref": str(one.ref),
            "at": one.at.isoformat(),
            "thing": one.thing,
            "thing_ref": str(one.thing_ref),
            "rule": one.rule,
            "then": one.then,
            "authority_code": one.authority_code,
        }
        for one in erasures
    ]


def erasure_of(line: Line) -> Erasure:
    return Erasure(
        ref=UUID(line["ref"]),
        at=datetime.fromisoformat(line["at"]),
        thing=line["thing"],
        thing_ref=UUID(line["thing_ref"]),
        rule=line["rule"],
        then=line["then"],
        authority_code=line["authority_code"],
    )
