"""When somebody moderates: hours as data (FANAL_EXCHANGE_HOURS), read by ``engines/hours``."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from fanal.engines.hours import opening
from fanal.engines.hours.places import place_of
from fanal.engines.hours.planning import State
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.rules import Hours
from fanal.engines.hours.sentences import say

# A national service: the clock of Paris, the holidays that the whole country has.
HERE = place_of("")


def is_open(now: datetime) -> bool:
    return opening.is_open(_hours(settings.FANAL_EXCHANGE_HOURS), HERE, now)


def said(now: datetime) -> str:
    """« Fermé. Ouvre demain à 15 h. »"""
    found = opening.status(_hours(settings.FANAL_EXCHANGE_HOURS), HERE, now)
    if found.state is State.OPEN:
        # Until when matters less than that one may ask: the answer comes later anyway.
        found = replace(found, changes_at=None)
    return say(found, place=HERE, at=now)


@lru_cache(maxsize=8)
def _hours(text: str) -> Hours:
    return read_hours(text)
