"""Short ways to send a letter, to answer it, to come back with its code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.letters.use_cases import (
    Received,
    Written,
    answer_letter,
    receive_letter,
    take_letter,
)

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
SAID = "Des mots que personne ne doit relire."


def sent(
    helpline: Organisation,
    *,
    now: datetime = NOON,
    key: UUID | None = None,
    text: str = SAID,
    **said: Any,
) -> Received:
    return receive_letter(
        written=Written(text=text, **said), helpline=helpline, sent=key or uuid4(), now=now
    )


def typed(received: Received) -> str:
    assert received.code is not None
    return " ".join(received.code.words)


def answered(
    agent: Agent, received: Received, text: str = "Bonjour.", *, now: datetime = NOON
) -> None:
    with acting_as(agent):
        take_letter(agent=agent, ref=received.ref, now=now)
        answer_letter(agent=agent, ref=received.ref, text=text, key=uuid4(), now=now)
