"""When the conversation is open: hours as data (FANAL_CHAT_HOURS), read by ``engines/hours``."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.conf import settings

from fanal.engines.hours import opening
from fanal.engines.hours.places import place_of
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.rules import Hours
from fanal.engines.hours.sentences import say

# A national service: the clock of Paris, the holidays that the whole country has.
HERE = place_of("")


def is_open(now: datetime) -> bool:
    return opening.is_open(_hours(settings.FANAL_CHAT_HOURS), HERE, now)


def said(now: datetime) -> str:
    """« Ouvert, jusqu’à 19 h. », « Fermé. Ouvre demain à 15 h. »"""
    return say(opening.status(_hours(settings.FANAL_CHAT_HOURS), HERE, now), place=HERE, at=now)


@lru_cache(maxsize=8)
def _hours(written: str) -> Hours:
    return read_hours(written)
