"""The tabs of a situation: rooms above this one enter theirs when the application starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from fanal.protect.situations.models import Situation


@dataclass(frozen=True, slots=True)
class Tab:
    """
    A part of a situation.

    ``route`` is the name of a screen that takes the situation's reference alone. ``count`` says
    how many things stand there; ``in_force`` gives the lines that the head of the situation and
    the printed dossier show (measures that run today).
    """

    label: str
    route: str
    rank: int = 50
    count: Callable[[Situation], int] | None = None
    in_force: Callable[[Situation], list[str]] | None = None


_tabs: dict[str, Tab] = {}


def register(tab: Tab) -> None:
    """Add a tab. The same route again replaces the former one."""
    _tabs[tab.route] = tab


def registered() -> list[Tab]:
    return sorted(_tabs.values(), key=lambda tab: (tab.rank, tab.label))


def address(tab: Tab, situation: Situation) -> str:
    return reverse(tab.route, args=[situation.ref])


def in_force(situation: Situation) -> list[str]:
    """What runs for the minor today, as the rooms above tell it."""
    return [line for tab in registered() if tab.in_force for line in tab.in_force(situation)]
