"""Who answers now, in words, on every public page: an upper room says it, the layout asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import now

# « Ouvert, jusqu’à 19 h. » ; empty when this instance has nobody to answer.
Said = Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Answering:
    label: str
    route: str
    said: str


_answering: list[tuple[str, str, Said]] = []


def register(label: str, route: str, said: Said) -> None:
    """Say who answers, and where; the same route again replaces what was said."""
    _answering[:] = [one for one in _answering if one[1] != route]
    _answering.append((label, route, said))


def answering() -> list[Answering]:
    moment = now()
    found = [Answering(label, route, said(moment)) for label, route, said in _answering]
    return [one for one in found if one.said]
