"""One's own line, and the call that one answers: one at a time, each act with its trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.calls.lines import line
from fanal.helpline.calls.models import Call, OpenLine
from fanal.helpline.calls.terms import Funnel
from fanal.helpline.shifts import use_cases as shifts
from fanal.helpline.shifts.queries import helpline_of
from fanal.helpline.shifts.terms import Channel


class AlreadyAnswered(Refusal):
    message = "Quelqu’un d’autre a décroché, ou la personne a raccroché."


class StillTalking(Refusal):
    message = "Vous êtes déjà au téléphone : terminez cet appel d’abord."


class NotYourCall(Refusal):
    message = "Cet appel n’est pas le vôtre, ou il est terminé."


class LineDown(Refusal):
    message = "Le téléphone ne répond pas. Prévenez votre coordinateur, puis réessayez."


@transaction.atomic
def open_line(*, agent: Agent, now: datetime) -> None:
    """
    Take calls from now on, at work.

    Raises:
        NotVisible: works for no helpline.
        PauseDue: a pause has not run its time.
        LineDown: the telephone refused.
    """
    helpline = helpline_of(agent)
    shifts.begin(agent=agent, now=now)
    row, _ = OpenLine.objects.get_or_create(agent=agent, defaults={"organisation": helpline})
    if row.opened_at is None:
        row.organisation, row.opened_at = helpline, now
        row.save(update_fields=["organisation", "opened_at"])
        record(agent=agent, deed="line.open", organisation=helpline)
    _ask_line(lambda: line().open_for(agent))


@transaction.atomic
def close_line(*, agent: Agent, now: datetime) -> None:
    """Take no more calls; the one that runs goes on. Done again, it changes nothing."""
    row = OpenLine.objects.filter(agent=agent, opened_at__isnull=False).first()
    if row is not None:
        row.opened_at = None
        row.save(update_fields=["opened_at"])
        record(agent=agent, deed="line.close", organisation=row.organisation)
    _ask_line(lambda: line().close_for(agent))


@transaction.atomic
def answer_call(*, agent: Agent, ref: UUID, now: datetime) -> Call:
    """
    Raises:
        NotVisible: of another helpline.
        AlreadyAnswered: somebody was quicker, or they hung up.
        StillTalking: one call at a time.
        PauseDue, OnPause: not before a pause.
        LineDown: the telephone refused.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('calls.answer'), %s)", [agent.pk])
    call = _locked(ref)
    if call.listener_id == agent.pk and call.ended_at is None:
        return call
    if call.funnel != Funnel.WAITING:
        raise AlreadyAnswered
    if Call.objects.filter(listener=agent, ended_at__isnull=True).exists():
        raise StillTalking
    shifts.take_up(
        agent=agent,
        helpline=call.organisation,
        contact=call.ref,
        channel=Channel.CALL,
        danger=False,
        now=now,
    )
    call.answered_at, call.listener = max(now, call.arrived_at), agent
    call.save(update_fields=["answered_at", "listener"])
    _tell_queue(call)
    record(agent=agent, deed="call.answer", subject=call)
    _ask_line(lambda: line().answer(ref, agent))
    return call


@transaction.atomic
def end_call(*, agent: Agent, ref: UUID, treated: bool, now: datetime) -> Call:
    """
    Hang up, and say which it was: treated, or no more than a first answer.

    When they hung up first, it is said afterwards all the same.

    Raises:
        NotVisible: of another helpline.
        NotYourCall: answered by somebody else.
    """
    call = _locked(ref)
    if call.listener_id != agent.pk:
        raise NotYourCall
    if call.ended_at is None:
        call.ended_at = max(now, call.answered_at or now)
        _ask_line(lambda: line().hang_up(ref))
    call.treated = treated
    call.save(update_fields=["ended_at", "treated"])
    record(agent=agent, deed="call.end", subject=call, detail={"treated": treated})
    return call


def _locked(ref: UUID) -> Call:
    found = Call.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found


def _tell_queue(call: Call) -> None:
    """Boards are told by the channel of the queue, whatever waits in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('chats_queue', %s)", [str(call.organisation_id)])


def _ask_line(deed: Callable[[], None]) -> None:
    try:
        deed()
    except OSError as error:
        raise LineDown from error
