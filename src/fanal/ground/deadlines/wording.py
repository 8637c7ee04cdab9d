"""The count of a period, told in plain French."""

from datetime import date, datetime

from fanal.engines.hours.public_holidays import holiday_name
from fanal.ground.deadlines.terms import Unit

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_SINGULAR = {
    Unit.MINUTES: "minute",
    Unit.HOURS: "heure",
    Unit.DAYS: "jour",
    Unit.WEEKS: "semaine",
    Unit.MONTHS: "mois",
    Unit.YEARS: "an",
}


def say_duration(*, amount: int, unit: Unit) -> str:
    """« 3 mois », « 1 an », « 72 heures »."""
    word = _SINGULAR[unit]
    takes_an_s = amount > 1 and not word.endswith("s")
    return f"{amount} {word}s" if takes_an_s else f"{amount} {word}"


def say_day(day: date) -> str:
    """« 1er mars 2026 »."""
    ordinal = "1er" if day.day == 1 else str(day.day)
    return f"{ordinal} {MONTHS[day.month - 1]} {day.year}"


def say_instant(instant: datetime) -> str:
    """« 2 mars 2026 à 9 h 05 »; the instant is already local."""
    return f"{say_day(instant)} à {instant.hour} h {instant.minute:02}"


def explain_instants(*, amount: int, unit: Unit, start: datetime, end: datetime, basis: str) -> str:
    """Explain a period that runs from hour to hour; both instants are local."""
    if amount == 0:
        return f"Sans attendre, le {say_instant(start)}, heure locale ({basis})"
    duration = say_duration(amount=amount, unit=unit)
    changed = ", changement d'heure compris" if start.utcoffset() != end.utcoffset() else ""
    return (
        f"{duration} à compter du {say_instant(start)} ({basis}) : "
        f"{say_instant(end)}, heure locale{changed}"
    )


def explain_days(
    *,
    amount: int,
    unit: Unit,
    backwards: bool,
    first: date,
    expires: date,
    moved_to: date | None,
    territory: str,
    basis: str,
) -> str:
    """Explain a period in days; ``moved_to`` when the last one was not a working day."""
    if amount == 0:
        return f"Le jour même, {say_day(first)} ({basis})"
    duration = say_duration(amount=amount, unit=unit)
    if backwards:
        return f"{duration} avant le {say_day(first)} ({basis}) : {say_day(expires)} au plus tard"
    told = f"{duration} à compter du {say_day(first)} ({basis}) : {say_day(expires)}"
    if unit in {Unit.MONTHS, Unit.YEARS} and expires.day < first.day:
        told += ", dernier jour du mois"
    if moved_to is None:
        return told
    idle = holiday_name(day=expires, territory=territory) or WEEKDAYS[expires.weekday()]
    target = f"{WEEKDAYS[moved_to.weekday()]} {say_day(moved_to)}"
    return f"{told} ({idle}), reporté au {target} (art. 642 CPC)"
