"""
When the chat is open: as usual (FANAL_CHAT_HOURS), until the room that keeps it says better.

That room stands above this one: it tells, when the application starts, how its hours are read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

Reader = Callable[[datetime], str]
_readers: list[Reader] = []


def tell_hours(reader: Reader) -> None:
    """``reader``: the hours from a moment on, as OpenStreetMap writes them."""
    _readers[:] = [reader]


def hours_written(since: datetime) -> str:
    return _readers[0](since) if _readers else settings.FANAL_CHAT_HOURS
