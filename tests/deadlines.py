"""
How long a test waits for something that must happen: as long as the machine is busy.

A wait is a condition with an end. Its end is counted for a machine that has nothing else to do,
and grows with the processes that want a processor while it lasts.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# Beyond it something is broken, however busy the machine.
MOST = 12.0
BETWEEN = 0.01


def stretch() -> float:
    """How many times longer than on an idle machine; 1 when there is nothing else to do."""
    try:
        wanted = os.getloadavg()[0]
    except (AttributeError, OSError):
        return 2.0
    return min(MOST, 1.0 + wanted / (os.cpu_count() or 1))


def deadline(seconds: float) -> float:
    """So many seconds of an idle machine, in seconds of this one as it is now."""
    return seconds * stretch()


def wait_until(condition: Callable[[], T], *, seconds: float = 10.0, what: str = "") -> T:
    """What the condition answers as soon as it is true. The load is read again at each look."""
    begun = time.monotonic()
    while not (found := condition()):
        waited = time.monotonic() - begun
        if waited > deadline(seconds):
            awaited = what or getattr(condition, "__name__", "what was awaited")
            raise AssertionError(f"{awaited}: not so after {waited:.0f} s, load {stretch():.1f}")
        time.sleep(BETWEEN)
    return found
