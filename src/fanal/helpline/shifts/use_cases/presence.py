"""At work, in a pause, off: one's own, each with its trace. A pause that is due runs its time."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.helpline.shifts.models import Presence
from fanal.helpline.shifts.queries import PauseDue, due_for, forgotten, helpline_of
from fanal.helpline.shifts.rules import rules
from fanal.helpline.shifts.terms import State


class NotOn(Refusal):
    message = "Vous n’êtes pas en poste."


@transaction.atomic
def begin(*, agent: Agent, now: datetime) -> Presence:
    """
    Be at work from now on; done again, it changes nothing.

    Raises:
        NotVisible: works for no helpline.
        PauseDue: the pause has not run its time.
    """
    helpline = helpline_of(agent)
    here = locked(agent, now=now)
    if here is not None and here.state == State.ON:
        return here
    due = due_for(agent, now=now)
    if due is not None:
        raise PauseDue(due)
    found = put_on(agent, helpline, here, now=now)
    record(agent=agent, deed="presence.on", subject=found)
    return found


@transaction.atomic
def pause(*, agent: Agent, now: datetime) -> Presence:
    """
    Raises:
        NotOn: one is not at work.
    """
    here = locked(agent, now=now)
    if here is not None and here.state == State.PAUSE:
        return here
    if here is None:
        raise NotOn
    _end(here, now)
    found = _open(agent, here.organisation, State.PAUSE, now)
    record(agent=agent, deed="presence.pause", subject=found)
    return found


@transaction.atomic
def leave(*, agent: Agent, now: datetime) -> None:
    """Off duty; done again, it changes nothing."""
    here = locked(agent, now=now)
    if here is not None:
        _end(here, now)
        record(agent=agent, deed="presence.off", subject=here)


def locked(agent: Agent, *, now: datetime) -> Presence | None:
    """The presence that is open, alone in the running transaction; one forgotten is ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('shifts.presence'), %s)", [agent.pk])
    here = Presence.objects.filter(agent=agent, until__isnull=True).first()
    if here is not None and forgotten(here, now):
        _end(here, here.since + rules().forgotten)
        return None
    return here


def put_on(
    agent: Agent, helpline: Organisation, here: Presence | None, *, now: datetime
) -> Presence:
    """At work, whatever one did: the rules were asked before."""
    if here is not None:
        if here.state == State.ON:
            return here
        _end(here, now)
    return _open(agent, helpline, State.ON, now)


def _end(here: Presence, at: datetime) -> None:
    here.until = max(at, here.since)
    here.save(update_fields=["until"])


def _open(agent: Agent, helpline: Organisation, state: State, now: datetime) -> Presence:
    return Presence.objects.create(organisation=helpline, agent=agent, state=state, since=now)
