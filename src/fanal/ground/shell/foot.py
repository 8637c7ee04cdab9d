"""The links at the foot of every public page: an upper room enters them, the layout asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fanal.ground.shell.menu import address


@dataclass(frozen=True, slots=True)
class FootLink:
    label: str
    href: str


_links: dict[str, str | Callable[[], str]] = {}


def register(route: str, label: str | Callable[[], str]) -> None:
    """Add a link after the others. The same route again replaces its label."""
    _links[route] = label


def links() -> list[FootLink]:
    """Those whose screen this installation serves."""
    return [
        FootLink(label if isinstance(label, str) else label(), href)
        for route, label in _links.items()
        if (href := address(route))
    ]
