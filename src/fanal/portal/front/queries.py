"""Who answers now: what a page says to whoever does not know yet whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fanal.helpline.chats import hours
from fanal.helpline.chats.queries import helpline_here


@dataclass(frozen=True, slots=True)
class Answering:
    """Whether somebody writes back at once, in words; empty when this instance has no helpline."""

    is_open: bool
    said: str
    takes_letters: bool


def answering(now: datetime) -> Answering:
    if helpline_here() is None:
        return Answering(is_open=False, said="", takes_letters=False)
    return Answering(is_open=hours.is_open(now), said=hours.said(now), takes_letters=True)
