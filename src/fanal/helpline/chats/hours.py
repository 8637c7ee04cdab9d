"""
When the conversation is open: hours as data (FANAL_CHAT_HOURS), read by ``engines/hours``.

Days that have their own (``ChatHours``) are one more rule each, after the usual ones: the last
that holds says.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.db import connection

from fanal.engines.hours import opening
from fanal.engines.hours.clocks import local_day
from fanal.engines.hours.places import place_of
from fanal.engines.hours.planning import State
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.rules import Hours
from fanal.engines.hours.sentences import say

# A national service: the clock of Paris, the holidays that the whole country has.
HERE = place_of("")
FAR = timedelta(days=2)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_open(now: datetime) -> bool:
    return opening.is_open(_hours(written(now)), HERE, now)


def status(now: datetime) -> opening.Status:
    """Whether it is open, and what comes next."""
    found = opening.status(_hours(written(now)), HERE, now)
    if found.state is State.OPEN and found.changes_at and found.changes_at - now > FAR:
        # Day and night, but on a day to come: it is said when it comes near.
        found = replace(found, changes_at=None)
    return found


def said(now: datetime) -> str:
    """« Ouvert, jusqu’à 19 h. », « Fermé (Noël). Ouvre demain à 15 h. »"""
    return say(status(now), place=HERE, at=now)


def written(now: datetime) -> str:
    """The usual hours, then those of the days to come; what began yesterday may still run."""
    since = local_day(now, HERE.zone) - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT day, hours, reason FROM chats_hours(%s)", [since])
        days = cursor.fetchall()
    return "; ".join([settings.FANAL_CHAT_HOURS, *(rule_of(*one) for one in days)])


def rule_of(day: date, hours: str, reason: str) -> str:
    """
    >>> rule_of(date(2026, 12, 24), "10:00-12:00", "Réveillon")
    '2026 Dec 24 10:00-12:00 "Réveillon"'
    >>> rule_of(date(2026, 12, 25), "", "Noël")
    '2026 Dec 25 off "Noël"'
    """
    return f'{day.year} {MONTHS[day.month - 1]} {day.day:02} {hours or "off"} "{reason}"'


@lru_cache(maxsize=32)
def _hours(text: str) -> Hours:
    return read_hours(text)
