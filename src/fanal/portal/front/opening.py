"""« Open. Closes today at 21:00. »: the hours of the helpline, in the words of an edition."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fanal.engines.hours.clocks import local_day
from fanal.engines.hours.opening import Status
from fanal.engines.hours.planning import State
from fanal.portal.front.guide import Hours

# Past this a weekday alone would be taken for that of this week.
WEEK = timedelta(days=7)


def say_in(words: Hours, found: Status, *, zone: ZoneInfo, at: datetime) -> str:
    """
    By the clock of the helpline.

    Reasons of a closed day are not said: they are written in French by who keeps the hours.
    """
    if found.state is State.OPEN:
        if found.changes_at is None:
            return words.always
        return words.open.format(**_moment(words, found.changes_at.astimezone(zone), zone, at))
    if found.opens_at is None:
        return words.closed
    return words.opens.format(**_moment(words, found.opens_at.astimezone(zone), zone, at))


def _moment(words: Hours, moment: datetime, zone: ZoneInfo, at: datetime) -> dict[str, str]:
    day, hour = moment.date(), f"{moment:%H:%M}"
    if moment.time() == time.min:
        # The end of the evening, not the beginning of the next day.
        day, hour = day - timedelta(days=1), "24:00"
    return {"day": _day(words, day, today=local_day(at, zone)), "hour": hour}


def _day(words: Hours, day: date, *, today: date) -> str:
    ahead = day - today
    if ahead <= timedelta(days=1):
        return words.tomorrow if ahead.days == 1 else words.today
    named = words.days[day.weekday()]
    return named if ahead < WEEK else f"{named} {day.day}/{day.month}"
