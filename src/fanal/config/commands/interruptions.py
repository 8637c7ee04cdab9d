"""Ctrl-C, ``kill`` and a closed terminal are one thing: stop, in order."""

import signal
from types import FrameType
from typing import NoReturn

HEEDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def heed_interruptions() -> None:
    """Make each of these signals a ``KeyboardInterrupt``, once."""
    for number in HEEDED:
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    # A second Ctrl-C must not cut short the stopping that the first one began.
    for number in HEEDED:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
