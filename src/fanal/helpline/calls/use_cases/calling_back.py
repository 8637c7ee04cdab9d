"""Calls to give back: noted with a safe hour, tried, done; the number goes with the last deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.blocks.digests import read_number
from fanal.helpline.calls.lines import line
from fanal.helpline.calls.models import CallBack
from fanal.helpline.calls.terms import BackReason, BackState
from fanal.helpline.calls.use_cases.answering import LineDown
from fanal.helpline.shifts.queries import helpline_of


class HourPassed(Refusal):
    message = "L’heure sûre est passée, ou finit avant de commencer : demandez-en une autre."


class NotNow(Refusal):
    """Called at another hour, somebody else may pick up."""

    message = "Ce n’est pas l’heure sûre : appeler maintenant peut mettre la personne en danger."


class AlreadyDone(Refusal):
    message = "Ce rappel est déjà fini."


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom to call back, when it is safe, why, and what to know before."""

    number: str
    safe_from: datetime
    safe_until: datetime
    reason: BackReason
    care: str = ""


@transaction.atomic
def plan_call_back(*, agent: Agent, wish: Wish, now: datetime) -> CallBack:
    """
    Raises:
        NotVisible: works for no helpline.
        UnreadableNumber, HourPassed: what was asked cannot be done.
    """
    number = read_number(wish.number)
    if wish.safe_until <= max(wish.safe_from, now):
        raise HourPassed
    planned = CallBack.objects.create(
        organisation=helpline_of(agent),
        number=number,
        care=wish.care,
        reason=wish.reason,
        safe_from=wish.safe_from,
        safe_until=wish.safe_until,
        asked_at=now,
        asked_by=agent,
    )
    record(agent=agent, deed="call_back.plan", subject=planned, detail={"reason": wish.reason})
    return planned


@transaction.atomic
def dial(*, agent: Agent, ref: UUID, now: datetime) -> CallBack:
    """
    Raises:
        NotVisible: of another helpline.
        AlreadyDone, NotNow: it is not to be called, or not at this hour.
        LineDown: the telephone refused.
    """
    back = _to_do(ref)
    if not back.is_safe(now):
        raise NotNow
    back.tries += 1
    back.save(update_fields=["tries"])
    record(agent=agent, deed="call_back.dial", subject=back, detail={"tries": back.tries})
    try:
        line().dial(back.number, agent)
    except OSError as error:
        raise LineDown from error
    return back


@transaction.atomic
def finish_call_back(*, agent: Agent, ref: UUID, reached: bool, now: datetime) -> CallBack:
    """
    The number and what was said of it are gone.

    Raises:
        NotVisible: of another helpline.
        AlreadyDone: it had ended.
    """
    back = _to_do(ref)
    back.state = BackState.REACHED if reached else BackState.GIVEN_UP
    back.done_at, back.number, back.care = now, "", ""
    back.save(update_fields=["state", "done_at", "number", "care"])
    record(agent=agent, deed="call_back.finish", subject=back, detail={"reached": reached})
    return back


def _to_do(ref: UUID) -> CallBack:
    found = CallBack.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotVisible
    if found.state != BackState.TO_DO:
        raise AlreadyDone
    return found
