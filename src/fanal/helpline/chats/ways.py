"""Ways in another language or in signs, as data (``data/ways.toml``, or that of the service)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

OURS = Path(__file__).parent / "data" / "ways.toml"
TEXTS = ("name", "title", "listener", "sentence")


@dataclass(frozen=True, slots=True)
class Way:
    """``listener``: what to propose. ``sentence``: to be said, reviewed on that day."""

    name: str
    title: str
    listener: str
    sentence: str
    reviewed: date | None


def offered_ways() -> tuple[Way, ...]:
    """Those whose sentence was reviewed."""
    return tuple(way for way in _read(settings.FANAL_CHAT_WAYS) if way.reviewed is not None)


def way_named(name: str) -> Way | None:
    return next((way for way in offered_ways() if way.name == name), None)


@lru_cache(maxsize=4)
def _read(named: str) -> tuple[Way, ...]:
    """
    Raises:
        ValueError: in French, with the file and the way.
    """
    path = Path(named) if named else OURS
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_way(one, path) for one in found.get("way", []))


def _way(table: dict[str, Any], path: Path) -> Way:
    texts = {key: str(table.get(key, "")).strip() for key in TEXTS}
    if missing := [key for key, text in texts.items() if not text]:
        raise ValueError(f"{path.name}, {texts['name'] or 'sans nom'} : il manque {missing[0]}.")
    day = table.get("reviewed")
    return Way(**texts, reviewed=day if isinstance(day, date) else None)
