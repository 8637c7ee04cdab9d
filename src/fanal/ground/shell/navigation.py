"""The desk's main menu: upper rooms enter their links here when the application starts."""

from __future__ import annotations

from dataclasses import dataclass

from fanal.ground.access.terms import Right


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the menu, shown to who holds the right; with no right, to every agent."""

    label: str
    route: str
    icon: str = ""
    right: Right | None = None
    rank: int = 50


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add a link to the menu. The same route again replaces the former link."""
    _entries[entry.route] = entry


def entries() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: (entry.rank, entry.label))
