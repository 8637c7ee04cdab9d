"""
What the sheet of a département says: whom to call, where to go, how to come back.

It is read from the public directory alone, and of it from places whose telephone or address a
person confirmed these last six months: paper cannot be corrected.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from fanal.engines.hours.opening import Day, week_of
from fanal.engines.hours.places import Place, place_of
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.refusals import UnreadableHours
from fanal.engines.hours.sentences import MONTHS, WEEKDAYS, openings_said
from fanal.prevent.spaces.distances import haversine_km
from fanal.prevent.spaces.finding import Near, lines_for
from fanal.prevent.spaces.freshness.confidence import old_fields
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.nearest import nearest_of
from fanal.prevent.spaces.origins import Origin, origin_of_departement
from fanal.prevent.spaces.queries import services_for
from fanal.prevent.spaces.terms import FRESH, Audience

# More than the panels hold: what does not fit is left out, the nearest first.
MOST = 12
# An ordinary week is looked for that far: one without a holiday that changes hours.
WEEKS = 8


def sheet_of(departement: str, *, now: datetime, site: str) -> dict[str, Any]:
    """
    Raises:
        Departement.DoesNotExist: no such département.
    """
    origin, today = origin_of_departement(departement), localdate(now)
    return {
        "name": origin.label,
        "code": origin.code,
        "day": day_said(today),
        "site": site,
        "lines": [_line(one, today) for one in lines_for(Audience.MINORS, now=now)],
        "places": [_place(one, origin, today) for one in _places(origin, today)],
    }


def _places(origin: Origin, today: date) -> list[PublicService]:
    """The nearest, those of the département first."""
    since = (today - FRESH).isoformat()
    reached = Q(verified__phone__gte=since) | Q(verified__address__gte=since)
    sure = services_for(Audience.MINORS).filter(reached).exclude(phone="", address="")
    here = Q(departement=origin.departement)
    own = nearest_of(sure.filter(here), origin, count=MOST, today=today)
    if own:
        return own
    return nearest_of(sure, origin, count=MOST, today=today)


def _line(near: Near, today: date) -> dict[str, str]:
    one = near.service
    # « 116 000 – Enfants disparus »: the number is written beside.
    name = one.name.removeprefix(one.phone).lstrip(" –-:") or one.name
    name = name[:1].upper() + name[1:]
    return {"name": name, "phone": one.phone, "hours": week_said(one, today)}


def _place(one: PublicService, origin: Origin, today: date) -> dict[str, str]:
    town = one.commune.name if one.commune else ""
    old = old_fields(one.verified, on=today)
    address = town
    if one.address and "address" not in old:
        address = f"{one.address}, {one.postcode} {town}"
    away = ""
    if one.departement_id != origin.departement and one.latitude and one.longitude:
        here = (origin.latitude, origin.longitude)
        away = f"à {haversine_km(here, (one.latitude, one.longitude)):.0f} km"
    confirmed = day_said(one.verified_on) if one.verified_on else ""
    return {
        "name": one.name,
        "address": address,
        "away": away,
        "phone": one.phone if "phone" not in old else "",
        "hours": week_said(one, today) if "hours" not in old else "",
        "confirmed": confirmed,
    }


def week_said(one: PublicService, today: date) -> str:
    """« lundi à vendredi : 9 h à 17 h ; samedi : 9 h à 12 h »; empty when nobody confirmed."""
    try:
        hours = read_hours(one.hours) if one.hours else None
    except UnreadableHours:
        return ""
    if hours is None:
        return ""
    place = place_of(one.departement_id or "")
    monday = today - timedelta(today.weekday())
    first: list[Day] = []
    for number in range(WEEKS):
        week = week_of(hours, place, monday + timedelta(weeks=number))
        if not any(_is_special(day, place) for day in week):
            return _said(week)
        first = first or week
    return _said(first)


def _is_special(day: Day, place: Place) -> bool:
    return bool(day.why or place.holiday(day.date) or place.school_break(day.date))


def _said(week: list[Day]) -> str:
    spans: list[tuple[int, int, str]] = []
    for number, day in enumerate(week):
        said = openings_said(day)
        if spans and spans[-1][2] == said:
            spans[-1] = (spans[-1][0], number, said)
        else:
            spans.append((number, number, said))
    if len(spans) == 1:
        return (
            "jour et nuit" if spans[0][2] == "jour et nuit" else f"tous les jours : {spans[0][2]}"
        )
    return " ; ".join(
        f"{_days(first, last)} : {said}" for first, last, said in spans if said != "fermé"
    )


def _days(first: int, last: int) -> str:
    if first == last:
        return WEEKDAYS[first]
    between = " et " if last == first + 1 else " à "
    return f"{WEEKDAYS[first]}{between}{WEEKDAYS[last]}"


def day_said(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"
