"""Days, moments, deadlines and counts as one says them in French."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
)
# Amber says "look today": a deadline starts to ask for it three days before.
SOON = 3
PLURAL = 2  # In French zero is singular.
HOUR = 60
# Further than this a period is said in months, then in years.
DAYS_SAID, MONTHS_SAID = 120, 24
HARD = "\u00a0"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def local_day(value: date) -> date:
    """The day of a date or of a moment, where the reader is."""
    return _local(value).date() if isinstance(value, datetime) else value


def last_day(due: date) -> date:
    """A period in days ends at midnight: one says the day that it closes, not the next one."""
    if isinstance(due, datetime) and _local(due).time() == time.min:
        return local_day(due) - timedelta(days=1)
    return due


def count_fr(number: int, one: str, many: str = "") -> str:
    """
    Say a count with its noun, which is singular below two.

    >>> count_fr(1, "situation"), count_fr(3, "situation"), count_fr(0, "situation")
    ('1 situation', '3 situations', '0 situation')
    """
    noun = one if abs(number) < PLURAL else (many or f"{one}s")
    return f"{number:,} {noun}".replace(",", HARD)


def exact_day(day: date) -> str:
    """``jeudi 26 novembre 2026``."""
    ordinal = "1er" if day.day == 1 else str(day.day)
    return f"{WEEKDAYS[day.weekday()]} {ordinal} {MONTHS[day.month - 1]} {day.year}"


def day_in_words(value: date, *, today: date) -> str:
    """``jeudi 26 novembre``; the year is said when it is not the running one."""
    day = local_day(value)
    words = exact_day(day)
    return words if day.year != today.year else words.removesuffix(f" {day.year}")


def clock_time(moment: datetime) -> str:
    """``14:32``, where the reader is."""
    return f"{_local(moment):%H:%M}"


def moment_in_words(moment: datetime) -> str:
    """``jeudi 26 novembre 2026 à 14:32``."""
    return f"{exact_day(local_day(moment))} à {clock_time(moment)}"


def _days(count: int) -> str:
    return count_fr(count, "jour")


def _far(day: date, today: date) -> str:
    """``17 mois``, ``4 ans``: nobody counts in days what is far; rounded down."""
    months = 12 * (day.year - today.year) + day.month - today.month - (day.day < today.day)
    return f"{months}{HARD}mois" if months < MONTHS_SAID else f"{months // 12}{HARD}ans"


def _distance(day: date, today: date) -> str:
    left = (day - today).days
    if left > DAYS_SAID:
        return f"dans {_far(day, today)}"
    if left == 0:
        return "aujourd’hui"
    if left == 1:
        return "demain"
    if left == -1:
        return "dépassée depuis hier"
    return f"dans {_days(left)}" if left > 0 else f"dépassée depuis {_days(-left)}"


def _short_distance(left: timedelta) -> str:
    minutes = int(abs(left).total_seconds() // 60)
    size = count_fr(minutes // HOUR, "heure") if minutes >= HOUR else count_fr(minutes, "minute")
    return f"dans {size}" if left > timedelta(0) else f"dépassée depuis {size}"


def deadline_words(due: date, *, now: datetime) -> str:
    """
    Say when something is due: how long is left, then the day.

    A day runs to its end: it is passed on the morrow only. A moment is said in hours
    within two days of it.
    """
    due = last_day(due)
    today, day = local_day(now), local_day(due)
    if isinstance(due, datetime) and abs(due - now) < timedelta(days=2):
        near = {today: "aujourd’hui", today + timedelta(days=1): "demain"}
        named = near.get(day) or day_in_words(day, today=today)
        return f"{_short_distance(due - now)}, {named} à {clock_time(due)}"
    distance = _distance(day, today)
    if distance.startswith(("aujourd", "dépassée")):
        return distance
    return f"{distance}, {day_in_words(day, today=today)}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """What the clock piece draws. ``share`` is the part already run, from 0 to 100."""

    words: str
    exact: str
    machine: str
    pace: str
    icon: str
    share: int | None


def _pace(due: date, now: datetime) -> str:
    if isinstance(due, datetime) and due <= now:
        return "overdue"
    left = (local_day(due) - local_day(now)).days
    if left < 0:
        return "overdue"
    return "soon" if left <= SOON else "running"


def _share(due: date, since: date | None, now: datetime) -> int | None:
    # A clock may count back from a later day: nothing of it has run.
    if since is None or local_day(due) < local_day(since):
        return None
    start, end = (_as_moment(value, now) for value in (since, due))
    if end <= start:
        # A day and no period: nothing has run before that day comes.
        return 100 if now >= end else 0
    return round(100 * min(max((now - start) / (end - start), 0.0), 1.0))


def _as_moment(value: date, now: datetime) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time.min, tzinfo=_local(now).tzinfo)


ICONS = {"overdue": "octagon-alert", "soon": "alarm-clock", "running": "clock", "met": "check"}


def _said_met(due: date, done: date, today: date) -> str:
    both_moments = isinstance(due, datetime) and isinstance(done, datetime)
    late = done > due if both_moments else local_day(done) > local_day(due)
    said = f"fait le {day_in_words(done, today=today)}"
    return f"{said}, après l’échéance" if late else said


def deadline(
    due: date, *, now: datetime, since: date | None = None, done: date | None = None
) -> Deadline:
    """Read a clock. Once ``done`` it no longer runs: it says the day it was met."""
    today, share = local_day(now), _share(due, since, now)
    due = last_day(due)
    exact = moment_in_words(due) if isinstance(due, datetime) else exact_day(due)
    if done is not None:
        said = _said_met(due, done, today)
        return Deadline(said, exact, due.isoformat(), "met", ICONS["met"], share=None)
    pace = _pace(due, now)
    said = deadline_words(due, now=now)
    return Deadline(said, exact, due.isoformat(), pace, ICONS[pace], share)


def initials(name: str) -> str:
    """
    The initials of a person, at most three, dotted.

    >>> initials("Inès de la Fontaine-Martin")
    'I. F. M.'
    """
    particles = {"de", "du", "des", "la", "le", "les", "d", "l", "von", "van", "el", "al", "ben"}
    for sign in "-'’":
        name = name.replace(sign, " ")
    parts = [part for part in name.split() if part.lower() not in particles] or name.split()
    return " ".join(f"{part[0].upper()}." for part in parts[:3])
