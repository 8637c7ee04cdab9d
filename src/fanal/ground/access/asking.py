"""Who is asking: the one place that opens the transaction and tells the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.territory.models import ChildWelfareAuthority


@dataclass(frozen=True, slots=True)
class Asking:
    agent: Agent | None = None
    organisation: Organisation | None = None
    purpose: Purpose = Purpose.DESK
    # The authority whose reception desk is writing what it receives.
    intake: ChildWelfareAuthority | None = None


NOBODY = Asking()
_asking: ContextVar[Asking] = ContextVar("asking", default=NOBODY)


def who_asks() -> Asking:
    return _asking.get()


# Agent, organisation, purpose, intake: for the transaction alone. The live channel, which has no
# Django between it and the database, says it in these words too.
WHO_ASKS = (
    "SELECT set_config('fanal.agent', %s, true), set_config('fanal.organisation', %s, true),"
    " set_config('fanal.purpose', %s, true), set_config('fanal.intake', %s, true)"
)


def _tell_database(asking: Asking) -> None:
    told = [
        str(asking.agent.pk) if asking.agent else "",
        str(asking.organisation.pk) if asking.organisation else "",
        str(asking.purpose) if asking is not NOBODY else "",
        str(asking.intake.pk) if asking.intake else "",
    ]
    with connection.cursor() as cursor:
        cursor.execute(WHO_ASKS, told)


@contextmanager
def acting(asking: Asking) -> Iterator[Asking]:
    """
    Open a transaction (or a savepoint of the running one) in which ``asking`` speaks.

    The database forgets at the end of the transaction; inside another, the former speaker
    is restored.
    """
    former = _asking.get()
    with transaction.atomic():
        _tell_database(asking)
        token = _asking.set(asking)
        try:
            yield asking
        finally:
            _asking.reset(token)
        # A rolled back savepoint restores the former speaker by itself.
        _tell_database(former)


def acting_as(
    agent: Agent | None,
    *,
    organisation: Organisation | None = None,
    purpose: Purpose = Purpose.DESK,
) -> AbstractContextManager[Asking]:
    """Speak for an agent, or for an organisation's software."""
    return acting(Asking(agent=agent, organisation=organisation, purpose=purpose))


def receiving_for(authority: ChildWelfareAuthority) -> AbstractContextManager[Asking]:
    """
    Write at an authority's reception desk, for somebody who may send and not read.

    The agent or organisation who was asking stays named in the traces.
    """
    former = who_asks()
    return acting(
        Asking(
            agent=former.agent,
            organisation=former.organisation,
            purpose=Purpose.INTAKE,
            intake=authority,
        )
    )
