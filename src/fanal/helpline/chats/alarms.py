"""What cannot wait: an upper room says it, the desk of whoever listens shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fanal.ground.agents.models import Agent


@dataclass(frozen=True, slots=True)
class Alarm:
    """Never a word of what it is about. ``address``: where it is answered."""

    said: str
    since: datetime
    address: str


# Those that an agent may answer, the oldest first.
Ringing = Callable[[Agent], list[Alarm]]
_ringing: list[Ringing] = []


def register(ringing: Ringing) -> None:
    if ringing not in _ringing:
        _ringing.append(ringing)


def alarms_for(agent: Agent) -> list[Alarm]:
    """All that ring now, the oldest first."""
    found = [alarm for ringing in _ringing for alarm in ringing(agent)]
    return sorted(found, key=lambda alarm: alarm.since)
