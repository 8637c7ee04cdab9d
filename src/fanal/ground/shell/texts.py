"""
Who has read again the text of each public page, and when: data, shown under the page itself.

A text that nobody of the profession has reviewed says so; one turns old after a year.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

DATA = Path(__file__).parent / "data" / "texts.toml"
# Past this a text is to be read again.
A_YEAR = timedelta(days=365)
KEYS = {"route", "title", "reviewed_by", "reviewed_on"}


@dataclass(frozen=True, slots=True)
class Text:
    route: str
    title: str
    reviewed_by: str
    reviewed_on: date | None

    @property
    def is_reviewed(self) -> bool:
        """By somebody with a name, on a day: one without the other is worth nothing."""
        return bool(self.reviewed_by) and self.reviewed_on is not None


def texts_here() -> tuple[Text, ...]:
    """
    Raises:
        ValueError: in French, with the file and what is amiss.
    """
    return _read(settings.FANAL_TEXTS)


def text_of(request: HttpRequest) -> Text | None:
    """Of the page that is asked for; none when its words are dated elsewhere, or nobody's."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    return next((one for one in texts_here() if one.route == route), None)


@lru_cache(maxsize=4)
def _read(named: str) -> tuple[Text, ...]:
    path = Path(named) if named else DATA
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_one(path, table) for table in found.get("text", []))


def _one(path: Path, table: dict[str, Any]) -> Text:
    if set(table) != KEYS:
        amiss = ", ".join(sorted(set(table) ^ KEYS))
        raise ValueError(f"{path.name} : {amiss} manque, ou est de trop.")
    written = table["reviewed_on"]
    try:
        on = date.fromisoformat(written) if isinstance(written, str) and written else written
    except ValueError:
        raise ValueError(f"{path.name} : « {written} » n’est pas un jour (2026-11-28).") from None
    return Text(table["route"], table["title"], table["reviewed_by"].strip(), on or None)
