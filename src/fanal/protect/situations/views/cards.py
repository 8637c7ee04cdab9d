"""What a card of the lists says: next thing to do first, a name never."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.people.models import Minor
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import minor_of, next_clocks


@dataclass(frozen=True, slots=True)
class Card:
    situation: Situation
    minor: Minor
    age: str
    clock: Clock | None
    # The absent colleague for whom the reader stands in.
    for_whom: Agent | None = None

    @property
    def label(self) -> str:
        return f"{self.minor.initials}, {self.age}"


def cards(shown: Iterable[Situation], *, agent: Agent, now: datetime) -> list[Card]:
    situations = list(shown)
    clocks = next_clocks(situations)
    return [
        Card(
            situation=one,
            minor=minor_of(one.case_file),
            age=age_of(one, now=now),
            clock=clocks.get(one.case_file_id),
            for_whom=one.referent if one.referent_id != agent.pk else None,
        )
        for one in situations
    ]


def age_of(situation: Situation, *, now: datetime) -> str:
    return minor_of(situation.case_file).age_in_words(local_day(situation.authority, now))
