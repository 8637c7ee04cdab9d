"""Short ways to ask, to answer, to publish."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.codes.use_cases import Issued
from fanal.prevent.exchange import use_cases
from fanal.prevent.exchange.models import PublicAnswer, Question
from fanal.prevent.exchange.use_cases import Rewritten, Written
from past import past

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SAID = "Des mots que personne ne doit relire."
TEXT = Rewritten("Mal dormir", "Je me réveille la nuit.", "On peut en parler à l’infirmière.")


def asked(text: str = SAID, *, now: datetime = NOON, **said: Any) -> tuple[UUID, Issued]:
    sent = uuid4()
    code = use_cases.ask(written=Written(text=text, **said), sent=sent, now=now)
    assert code is not None
    return past(Question).get(sent=sent).ref, code


def answered(agent: Agent, ref: UUID, text: str = "Bonjour.", *, now: datetime = NOON) -> None:
    with acting_as(agent):
        use_cases.answer_question(agent=agent, ref=ref, text=text, now=now)


def proposed(
    agent: Agent, ref: UUID, text: Rewritten = TEXT, *, now: datetime = NOON
) -> PublicAnswer:
    with acting_as(agent):
        return use_cases.propose_entry(agent=agent, ref=ref, rewritten=text, now=now)


def published(
    agent: Agent, other: Agent, text: Rewritten = TEXT, *, now: datetime = NOON
) -> PublicAnswer:
    ref, _ = asked(now=now)
    answered(agent, ref, now=now)
    entry = proposed(agent, ref, text, now=now)
    with acting_as(other):
        return use_cases.publish_entry(agent=other, ref=entry.ref, now=now)
