"""Ctrl-C while Java starts would leave it behind, since nobody knows its number yet."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

HEEDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def kept_for_later() -> Iterator[None]:
    """
    What would interrupt this block does so at its end; the second time, at once.

    Other threads than the main one are never interrupted.
    """
    if current_thread() is not main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in HEEDED}
    came: list[int] = []

    def later(number: int, frame: FrameType | None) -> None:
        came.append(number)
        if len(came) > 1:
            _put_back()
            signal.raise_signal(number)

    def _put_back() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in HEEDED:
        signal.signal(number, later)
    try:
        yield
    finally:
        _put_back()
    if len(came) == 1:
        signal.raise_signal(came[0])


@contextmanager
def kept_as_they_are() -> Iterator[None]:
    """Whoever takes Ctrl-C for itself in this block gives it back."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
