"""The slots that a place offers, as somebody may read and choose them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection
from django.urls import reverse

from fanal.engines.hours.places import place_of
from fanal.ground.shell.words import day_in_words
from fanal.prevent.referrals.terms import AHEAD, hours_in_words
from fanal.prevent.spaces.finding import read_public
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.ways import Way


@dataclass(frozen=True, slots=True)
class Slot:
    """From when to when, one day; ``left``: how many seats nobody has taken."""

    opening: UUID
    day: date
    starts: time
    ends: time
    walk_in: bool
    left: int

    @property
    def key(self) -> str:
        return f"{self.opening}.{self.day.isoformat()}"

    @property
    def is_free(self) -> bool:
        return self.left > 0 and not self.walk_in

    @property
    def hours(self) -> str:
        return hours_in_words(self.starts, self.ends)

    @property
    def said(self) -> str:
        return f"{day_in_words(self.day, today=self.day)}, {self.hours}"


def here(place: PublicService, now: datetime) -> datetime:
    """The moment as the clock of the place shows it."""
    return now.astimezone(place_of(place.departement_id or "").zone)


def day_at(place: PublicService | None, now: datetime) -> date:
    """The day that it is there; of a place that is not public any more, by the clock of Paris."""
    territory = (place.departement_id or "") if place else ""
    return now.astimezone(place_of(territory).zone).date()


def slots_of(place: PublicService, *, now: datetime) -> list[Slot]:
    """
    Those to come, full ones included; a weekly one is not kept on a public holiday.

    A slot that has begun is not offered any more.
    """
    moment = here(place, now)
    return [
        one
        for one in _offered(place.ref, first=moment.date(), last=moment.date() + AHEAD)
        if (one.day, one.starts) > (moment.date(), moment.time())
        and place_of(place.departement_id or "").holiday(one.day) is None
    ]


def slot_of(place: PublicService, key: str, *, now: datetime) -> Slot | None:
    """The one that was chosen; None: it is not offered, or not any more."""
    return next((one for one in slots_of(place, now=now) if one.key == key), None)


def next_free(place: PublicService, *, now: datetime, after: Slot | None = None) -> Slot | None:
    """The first that is free, after another one if there is any, else whichever."""
    free = [one for one in slots_of(place, now=now) if one.is_free]
    if after is not None:
        later = [one for one in free if (one.day, one.starts) >= (after.day, after.starts)]
        return next(iter(later), None) or next(iter(free), None)
    return next(iter(free), None)


def welcome_at(place: UUID) -> str | None:
    """What a place says of its welcome; None: it does not receive."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT welcome FROM referrals_place(%s)", [place])
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def receiving() -> list[UUID]:
    """Public places that receive today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM referrals_receiving()")
        return [ref for (ref,) in cursor.fetchall()]


def way_to_book(place: UUID, now: datetime) -> Way | None:
    """The link of the place's own page, when it says a slot for the two weeks to come."""
    if welcome_at(place) is None:
        return None
    found = read_public(place)
    if found is None or not slots_of(found, now=now):
        return None
    return Way("Prendre un rendez-vous", reverse("referrals:book", args=[place]))


def _offered(place: UUID, *, first: date, last: date) -> list[Slot]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT opening, day, starts, ends, walk_in, seats - taken"
            " FROM referrals_offered(%s, %s, %s)",
            [place, first, last],
        )
        return [Slot(*row) for row in cursor.fetchall()]
