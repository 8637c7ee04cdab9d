"""Days and hours as a French letter says them. No locale of the system is needed."""

from datetime import date, datetime

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
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
# A date or an hour is never cut at the end of a line.
NBSP = "\u00a0"


def day(on: date) -> str:
    """
    A day without its weekday.

    >>> day(date(2026, 12, 1)).split()
    ['1er', 'décembre', '2026']
    """
    number = "1er" if on.day == 1 else str(on.day)
    return f"{number}{NBSP}{MONTHS[on.month - 1]}{NBSP}{on.year}"


def full_day(on: date) -> str:
    """A day with its weekday."""
    return f"{WEEKDAYS[on.weekday()]} {day(on)}"


def month(on: date) -> str:
    """
    A month and its year.

    >>> month(date(2026, 8, 14))
    'août 2026'
    """
    return f"{MONTHS[on.month - 1]} {on.year}"


def hour(at: datetime) -> str:
    """
    An hour of the day.

    >>> hour(datetime(2026, 3, 9, 14, 5)).split()
    ['14', 'h', '05']
    """
    return f"{at.hour}{NBSP}h{NBSP}{at.minute:02}"
