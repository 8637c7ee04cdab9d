"""What is read of the phone: who waits, whose line is open, the log, whom to call back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.helpline.calls.models import Call, CallBack, CallQuerySet, OpenLine
from fanal.helpline.calls.terms import REPEATED_WITHIN, BackState, Funnel
from fanal.helpline.shifts.queries import who_is_there
from fanal.helpline.shifts.terms import State


@dataclass(frozen=True, slots=True)
class QueueState:
    """``open_lines``: at work, with a line that takes calls. ``longest``: of who waits now."""

    waiting: list[Call]
    led: list[Call]
    open_lines: list[Agent]
    longest: timedelta | None

    @property
    def free(self) -> int:
        return max(len(self.open_lines) - len(self.led), 0)


def queue_state(helpline: Organisation, *, now: datetime) -> QueueState:
    open_ones = _of(helpline).filter(ended_at__isnull=True).select_related("listener")
    waiting = list(open_ones.at(Funnel.WAITING).order_by("arrived_at", "pk"))
    led = list(open_ones.filter(answered_at__isnull=False).order_by("answered_at", "pk"))
    at_work = {one.agent.pk for one in who_is_there(helpline, now=now) if one.state == State.ON}
    lines = OpenLine.objects.filter(organisation=helpline, opened_at__isnull=False)
    found = [row.agent for row in lines.select_related("agent").order_by("agent__name")]
    return QueueState(
        waiting=waiting,
        led=led,
        open_lines=[one for one in found if one.pk in at_work],
        longest=now - waiting[0].arrived_at if waiting else None,
    )


def my_line_is_open(agent: Agent) -> bool:
    return OpenLine.objects.filter(agent=agent, opened_at__isnull=False).exists()


def my_call(agent: Agent) -> Call | None:
    """The one that runs; else the last one, until it is said which it was."""
    return (
        Call.objects.filter(listener=agent, ended_at__isnull=True).order_by("-answered_at").first()
    )


def called_before(call: Call) -> bool:
    """Whether this number called in the last thirty days: yes or no, and nothing more."""
    if call.caller is None:
        return False
    since = call.arrived_at - REPEATED_WITHIN
    return (
        Call.objects.filter(caller=bytes(call.caller), arrived_at__gte=since)
        .filter(arrived_at__lt=call.arrived_at)
        .exists()
    )


def log(helpline: Organisation) -> CallQuerySet:
    return _of(helpline).select_related("listener").order_by("-arrived_at", "-pk")


def counts(calls: CallQuerySet) -> list[tuple[str, int]]:
    """Each call once; « entrant » first, which is all of them."""
    found = [(place.label, calls.at(place).count()) for place in Funnel]
    return [("Entrants", sum(number for _, number in found)), *found]


def arrivals(helpline: Organisation, since: datetime, until: datetime) -> list[datetime]:
    """Moments at which somebody who could be answered called: dissuaded ones were not."""
    rows = _of(helpline).filter(arrived_at__gte=since, arrived_at__lt=until, dissuaded=False)
    return list(rows.values_list("arrived_at", flat=True))


def answers(
    helpline: Organisation, since: datetime, until: datetime
) -> list[tuple[datetime, datetime]]:
    """From an answer to its end."""
    rows = _of(helpline).filter(answered_at__gte=since, ended_at__lt=until)
    known = rows.values_list("answered_at", "ended_at")
    return [(begin, end) for begin, end in known if begin and end]


def call_backs(helpline: Organisation) -> QuerySet[CallBack]:
    """Those to give, in the order of their safe hours. No number is opened for a list."""
    rows = CallBack.objects.filter(organisation=helpline, state=BackState.TO_DO)
    return rows.defer("number", "care").select_related("asked_by").order_by("safe_from", "pk")


def read_call_back(*, agent: Agent, ref: UUID) -> CallBack:
    """
    With its number; leaves a trace.

    Raises:
        NotVisible: it does not exist, or is another helpline's.
    """
    found = CallBack.objects.filter(ref=ref).select_related("asked_by").first()
    if found is None:
        raise NotVisible
    record(agent=agent, deed="call_back.read", subject=found, outcome=Outcome.READ)
    return found


def _of(helpline: Organisation) -> CallQuerySet:
    return Call.objects.filter(organisation=helpline)
