"""What the clients tried and what they were told; they work while the desk is open."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

DEADLINE = 90.0
A_MOMENT = 0.05
# The outcome of the trace of an act.
DONE = ":done"


@dataclass(frozen=True, slots=True)
class Try:
    """
    One request. ``deeds``: the traces of the transaction that it asks for, as ``deed:outcome``.

    ``told``: an answer came, and says that it was done, or refused. ``mark``: what the act bears.
    """

    who: str
    deeds: str
    told: bool
    mark: str = ""


@dataclass(slots=True)
class Desk:
    tries: list[Try] = field(default_factory=list)
    # Answers that nobody expected: each is a failure of the proof.
    odd: list[str] = field(default_factory=list)
    done: int = 0
    failed: int = 0
    over: bool = False
    _open: bool = False
    _inside: int = 0
    _turn: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def let_in(self) -> Iterator[bool]:
        """Wait for the opening; false when there will be none."""
        with self._turn:
            self._turn.wait_for(lambda: self._open or self.over)
            entered = not self.over
            self._inside += entered
        try:
            yield entered
        finally:
            with self._turn:
                self._inside -= entered
                self._turn.notify_all()

    def write(self, one: Try) -> None:
        with self._turn:
            self.tries.append(one)
            self.done += one.told and DONE in one.deeds
            self._turn.notify_all()

    def note_odd(self, said: str) -> None:
        with self._turn:
            self.odd.append(said)
            self._turn.notify_all()

    def note_failed(self) -> None:
        with self._turn:
            self.failed += 1

    def wait_for_news(self) -> None:
        """A moment, or until the desk is shut."""
        with self._turn:
            self._turn.wait_for(lambda: not self._open, A_MOMENT)

    def open(self) -> None:
        with self._turn:
            self._open = True
            self._turn.notify_all()

    def shut(self) -> None:
        """Return once no request is under way."""
        with self._turn:
            self._open = False
            self._turn.notify_all()
            assert self._turn.wait_for(lambda: self._inside == 0, DEADLINE), "a client hangs"

    def end(self) -> None:
        with self._turn:
            self.over = True
            self._turn.notify_all()

    def wait_for_acts(self, more: int) -> None:
        """Return once so many more were told to be done."""
        with self._turn:
            wanted = self.done + more
            reached = self._turn.wait_for(lambda: self.done >= wanted or self.odd, DEADLINE)
            assert reached, "nobody is answered"
            assert not self.odd, self.odd[:3]
