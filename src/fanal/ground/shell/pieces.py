"""What a view hands to the pieces that draw lists: one small record each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Tone = Literal["", "info", "attention", "danger", "success"]


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab, or a saved filter: a link with a count, one of them current."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    state: Literal["done", "current", "todo"]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline. A ``gap`` is a line that the reader may not see."""

    at: date
    what: str
    who: str = ""
    source: str = ""
    detail: str = ""
    tone: Tone = ""
    icon: str = ""
    href: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    label: str
    entries: list[Happening]


def steps(labels: list[str], *, current: int, hrefs: list[str] | None = None) -> list[Step]:
    """Steps from their names; ``current`` counts from 1. Only steps already done are links."""
    found = []
    for rank, label in enumerate(labels, start=1):
        if rank == current:
            found.append(Step(label, "current"))
        elif rank > current:
            found.append(Step(label, "todo"))
        else:
            found.append(Step(label, "done", hrefs[rank - 1] if hrefs else ""))
    return found
