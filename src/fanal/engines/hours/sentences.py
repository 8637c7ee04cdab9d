"""« Ouvert, jusqu’à 21 h. » « Fermé. Ouvre demain à 15 h. »: what a public page says."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fanal.engines.hours.clocks import local_day
from fanal.engines.hours.opening import Day, Status
from fanal.engines.hours.places import SAID, Place
from fanal.engines.hours.planning import Opening, State
from fanal.engines.hours.rules import WHOLE_DAY

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
)
DAY = 24 * 60
WEEK = timedelta(days=7)
SPACE = "\u00a0"
NOT_PUBLISHED = (
    "Horaires non publiés aujourd’hui : ils dépendent des vacances scolaires, dont le calendrier "
    "n’est pas publié."
)


def say(found: Status, *, place: Place, at: datetime, reader: ZoneInfo | None = None) -> str:
    """
    One sentence or two, by the clock of the reader (that of the place when nobody says).

    An hour is followed by « heure de … » when the two clocks differ.
    """
    zone = reader or place.zone
    whose = "" if _same_clock(zone, place.zone, at) else _whose(zone)
    if found.state is State.OPEN:
        return _open(found, at, zone, whose)
    opens = _next(found.opens_at, at, zone, whose)
    if found.state is State.UNKNOWN:
        return f"{NOT_PUBLISHED} {opens}".strip()
    return f"Fermé{f' ({found.why})' if found.why else ''}. {opens}".strip()


def _open(found: Status, at: datetime, zone: ZoneInfo, whose: str) -> str:
    note = f" ({found.note})" if found.note else ""
    if found.changes_at is None:
        return f"Ouvert{note}, jour et nuit."
    until = found.changes_at.astimezone(zone)
    day, hour = until.date(), _clock(until.hour, until.minute)
    if until.time() == time.min:
        # The end of the evening, not the beginning of the next day.
        day, hour = day - timedelta(days=1), "minuit"
    today = local_day(at, zone)
    when = hour if day == today else f"{day_said(day, today=today)} à {hour}"
    return f"Ouvert{note}, jusqu’à {when}{whose}."


def _next(opens_at: datetime | None, at: datetime, zone: ZoneInfo, whose: str) -> str:
    if opens_at is None:
        return "Pas de réouverture connue dans l’année."
    opens = opens_at.astimezone(zone)
    day = day_said(opens.date(), today=local_day(at, zone))
    return f"Ouvre {day} à {_clock(opens.hour, opens.minute)}{whose}."


def day_said(day: date, *, today: date) -> str:
    """« aujourd’hui », « demain », « lundi », « lundi 4 mai », « mardi 4 janvier 2028 »."""
    ahead = day - today
    if ahead < WEEK:
        near = {0: "aujourd’hui", 1: "demain"}
        return near.get(ahead.days, WEEKDAYS[day.weekday()])
    number = "1er" if day.day == 1 else str(day.day)
    year = f" {day.year}" if day.year != today.year else ""
    return f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[day.month - 1]}{year}"


def openings_said(day: Day) -> str:
    """« 9 h à 12 h, 14 h à 17 h 30 », « jour et nuit », « fermé (Noël) »."""
    if not day.openings:
        return f"fermé ({day.why})" if day.why else "fermé"
    return ", ".join(_opening(one) for one in day.openings)


def _opening(one: Opening) -> str:
    if (one.start, one.end) == (WHOLE_DAY.start, WHOLE_DAY.end):
        said = "jour et nuit"
    else:
        end = "minuit" if one.end == DAY else _clock(*divmod(one.end % DAY, 60))
        said = f"{_clock(*divmod(one.start, 60))} à {end}"
    about = [one.note] if one.note else []
    if one.state is State.UNKNOWN:
        about.append("selon les vacances scolaires, non publiées")
    return f"{said} ({', '.join(about)})" if about else said


def _clock(hour: int, minute: int) -> str:
    return f"{hour}{SPACE}h" + (f"{SPACE}{minute:02}" if minute else "")


def _same_clock(one: ZoneInfo, other: ZoneInfo, at: datetime) -> bool:
    return at.astimezone(one).utcoffset() == at.astimezone(other).utcoffset()


def _whose(zone: ZoneInfo) -> str:
    return f", {SAID.get(str(zone), f'heure de {zone}')}"
