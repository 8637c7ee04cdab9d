"""Working days of the place where a period ends."""

from datetime import date, timedelta

from fanal.engines.hours.public_holidays import holiday_name

WEEKEND = (5, 6)


def is_working_day(*, day: date, territory: str) -> bool:
    """Neither Saturday, Sunday nor public holiday (CPC, art. 642)."""
    return day.weekday() not in WEEKEND and holiday_name(day=day, territory=territory) is None


def next_working_day(*, day: date, territory: str) -> date:
    """The day itself when it is worked, else the first one that is."""
    while not is_working_day(day=day, territory=territory):
        day += timedelta(days=1)
    return day
