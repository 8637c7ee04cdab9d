"""What is read of letters: by whoever listens, in their order; and who answers for a helpline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from fanal.engines.triage.rules import Level
from fanal.ground.access.decisions import holds
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.terms import Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.codes.queries import forced_at
from fanal.ground.codes.terms import Kind
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.alarms import Alarm
from fanal.helpline.chats.asked import rules
from fanal.helpline.letters import terms
from fanal.helpline.letters.models import OPEN, Letter
from fanal.helpline.letters.terms import State
from fanal.prevent.exchange import queries as exchange

# On a desk: beyond them, what is not taken is more than anybody reads at a glance.
MOST_ALARMS = 8


@dataclass(frozen=True, slots=True)
class Lateness:
    """Letters that passed what was promised: past four hours, and past a day."""

    late: tuple[Letter, ...]
    too_late: tuple[Letter, ...]

    def __bool__(self) -> bool:
        return bool(self.late or self.too_late)


def read_letter(*, agent: Agent, ref: UUID) -> Letter:
    """
    One letter, for whoever listens; leaves a trace.

    Raises:
        NotVisible: it does not exist, or is another helpline's.
    """
    found = (
        Letter.objects.filter(ref=ref).select_related("listener").prefetch_related("texts").first()
    )
    if found is None:
        raise NotVisible
    record(agent=agent, deed="letter.read", subject=found, outcome=Outcome.READ)
    return found


def open_letters() -> QuerySet[Letter]:
    """
    Those that whoever asks may see and that wait for an answer, by class, then by promise.
    """
    return (
        Letter.objects.filter(state__in=OPEN)
        .select_related("listener")
        .order_by("level", "due_at", "pk")
    )


def alarms_for(agent: Agent) -> list[Alarm]:
    """
    Letters and questions where a danger is read and that nobody has taken yet, among those that
    the agent answers.
    """
    found: list[Alarm] = []
    if holds(agent, Right.LISTEN):
        waiting = Letter.objects.filter(level=Level.DANGER, state=State.WAITING)
        found += [
            Alarm(terms.RINGS, one.received_at, reverse("letters:show", args=[one.ref]))
            for one in waiting.order_by("received_at", "pk")[:MOST_ALARMS]
        ]
    if holds(agent, Right.MODERATE):
        asked = exchange.waiting().filter(level=Level.DANGER)
        found += [
            Alarm(terms.QUESTION_RINGS, one.received_at, reverse("exchange:show", args=[one.ref]))
            for one in asked[:MOST_ALARMS]
        ]
    return found


def answered_letters() -> QuerySet[Letter]:
    """Those that have their answer and are not closed, the last first."""
    return Letter.objects.filter(state=State.ANSWERED).order_by("-answered_at", "-pk")


def lateness(letters: Iterable[Letter], *, now: datetime) -> Lateness:
    waiting = list(letters)
    return Lateness(
        tuple(one for one in waiting if one.due_at <= now < one.limit_at),
        tuple(one for one in waiting if one.limit_at <= now),
    )


def reasons_of(letter: Letter) -> list[str]:
    """In the words of the rules that held."""
    names = {rule.name: rule.reason for rule in rules().rules}
    return [names.get(one, one) for one in letter.reasons]


def forced(letter: Letter) -> datetime | None:
    """When the code of this letter was last given under duress."""
    return forced_at(kind=Kind.FORM, opens=letter.ref)


def answerers_of(helpline: Organisation, *roles: Role, on: date) -> list[Agent]:
    """Who holds one of these roles there that day."""
    return list(
        Agent.objects.filter(
            is_active=True,
            postings__in=helpline.postings.current(on=on).filter(role__in=roles),
        ).distinct()
    )
