"""
The telephone itself, behind a small protocol: a real one is chosen in settings (FANAL_LINE).

What it is asked goes out by ``Line``; what it tells comes in by ``Ears``. ``NullLine`` rings when a
test or the demonstration makes it ring.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Protocol
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.module_loading import import_string

from fanal.ground.agents.models import Agent, Organisation


class Ears(Protocol):
    """What a line tells us."""

    def rang(
        self,
        *,
        helpline: Organisation,
        call: UUID,
        number: str,
        dissuaded: bool,
        now: datetime,
        in_danger: bool | None = None,
    ) -> None: ...

    def gone(self, *, call: UUID, now: datetime) -> None: ...


class Line(Protocol):
    """What we ask of a line. Each may raise OSError: what could not be done is said."""

    def open_for(self, agent: Agent) -> None: ...

    def close_for(self, agent: Agent) -> None: ...

    def answer(self, call: UUID, agent: Agent) -> None: ...

    def hang_up(self, call: UUID) -> None: ...

    def dial(self, number: str, agent: Agent) -> None: ...


class NullLine:
    """No telephone. It rings when it is told to; the rest is done by hand."""

    def __init__(self, ears: Ears) -> None:
        self.ears = ears

    def ring(
        self,
        helpline: Organisation,
        *,
        number: str = "",
        dissuaded: bool = False,
        in_danger: bool | None = None,
        now: datetime,
    ) -> UUID:
        call = uuid4()
        self.ears.rang(
            helpline=helpline,
            call=call,
            number=number,
            dissuaded=dissuaded,
            in_danger=in_danger,
            now=now,
        )
        return call

    def give_up(self, call: UUID, *, now: datetime) -> None:
        self.ears.gone(call=call, now=now)

    def open_for(self, agent: Agent) -> None:
        pass

    def close_for(self, agent: Agent) -> None:
        pass

    def answer(self, call: UUID, agent: Agent) -> None:
        pass

    def hang_up(self, call: UUID) -> None:
        pass

    def dial(self, number: str, agent: Agent) -> None:
        pass


def line() -> Line:
    return _line(settings.FANAL_LINE)


@cache
def _line(path: str) -> Line:
    from fanal.helpline.calls.use_cases import hearing

    chosen: Line = import_string(path)(hearing)
    return chosen
