"""Who answers now: what a page says to whoever does not know yet whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from fanal.engines.hours.opening import Status
from fanal.helpline.chats import hours
from fanal.helpline.chats.queries import helpline_here
from fanal.portal.front.guide import Door, Guide
from fanal.portal.front.opening import say_in
from fanal.prevent.spaces.finding import Found, find_places
from fanal.prevent.spaces.origins import Origin, origins_of

SHOWN = 3
CALLS = {"call": "tel:119", "online": "tel:3018", "missing": "tel:116000"}
WRITTEN = {"chat": "chats:begin", "letter": "letters:write"}


@dataclass(frozen=True, slots=True)
class Answering:
    """Whether somebody writes back at once, in words; empty when this instance has no helpline."""

    is_open: bool
    said: str
    takes_letters: bool
    # Of the conversation, for who says it in another language; at which moment.
    status: Status | None = None
    at: datetime | None = None

    def said_in(self, guide: Guide) -> str:
        """The same, in the words of an edition."""
        if guide.hours is None or self.status is None or self.at is None:
            return self.said
        return say_in(guide.hours, self.status, zone=hours.HERE.zone, at=self.at)


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A door with its address, and whether somebody is behind it now."""

    door: Door
    address: str
    now: str


@dataclass(frozen=True, slots=True)
class Nearby:
    origin: Origin
    found: Found


def answering(now: datetime) -> Answering:
    if helpline_here() is None:
        return Answering(is_open=False, said="", takes_letters=False)
    return Answering(
        is_open=hours.is_open(now),
        said=hours.said(now),
        takes_letters=True,
        status=hours.status(now),
        at=now,
    )


def served(here: Answering, *, writes: bool) -> set[str]:
    """Doors to propose. A closed conversation is one only for who asked to write at once."""
    names = {"place", *CALLS}
    if here.takes_letters:
        names.add("letter")
    if here.is_open or (here.takes_letters and writes):
        names.add("chat")
    return names


def doors_to(names: Iterable[str], guide: Guide, here: Answering, *, found: bool) -> list[OpenDoor]:
    return [
        OpenDoor(guide.doors[name], _address(name, found=found), _now(name, guide, here))
        for name in names
    ]


def _address(name: str, *, found: bool) -> str:
    if name in CALLS:
        return CALLS[name]
    if name in WRITTEN:
        return reverse(WRITTEN[name])
    return "#lieux" if found else reverse("spaces:find")


def _now(name: str, guide: Guide, here: Answering) -> str:
    if name not in WRITTEN:
        return ""
    if not settings.FANAL_SERVICE:
        return guide.words["nobody_reads"]
    return "" if name == "letter" else here.said_in(guide)


def near(where: str, audience: str, need: str, *, now: datetime) -> Nearby | None:
    """The nearest places; nothing when no place is called so."""
    origins = origins_of(where)
    if not origins:
        return None
    found = find_places(origin=origins[0], audience=audience, need=need, shown=SHOWN, now=now)
    return Nearby(origins[0], found)
