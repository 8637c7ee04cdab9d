"""Who is there, what weighed on them, and whether they may take one more contact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.shifts.models import Debrief, HardContact, Presence
from fanal.helpline.shifts.resting import Due, Span, pause_due, run_of
from fanal.helpline.shifts.rules import rules
from fanal.helpline.shifts.terms import State
from fanal.helpline.shifts.weeks import HERE

# What is looked at to know whether a pause is due.
BACK = timedelta(hours=24)


class OnPause(Refusal):
    message = "Vous êtes en pause : reprenez votre poste avant de répondre."


class PauseDue(Refusal):
    """Said with its reason and its hour; somebody in danger now may always be answered."""

    def __init__(self, due: Due) -> None:
        self.due = due
        super().__init__(pause_said(due))


def pause_said(due: Due) -> str:
    """« Pause nécessaire après 3 contacts difficiles : jusqu’à 15:40. »"""
    why = (
        f"{due.hard} contacts difficiles"
        if due.hard >= rules().hard_contacts
        else f"{due.minutes} minutes d’écoute sans pause"
    )
    until = f"{due.until.astimezone(HERE):%H:%M}"
    then = "Elle dure" if due.begun else "Commencez-la maintenant : elle durera"
    return (
        f"Une pause est nécessaire après {why}. {then} jusqu’à {until}. "
        "Une personne en danger maintenant peut toujours être prise."
    )


def may_take(agent: Agent, *, now: datetime) -> None:
    """
    Whether one more contact may be taken now. Somebody in danger is not asked about.

    Raises:
        PauseDue: too much weighed since the last whole pause.
        OnPause: one takes up one's post first.
    """
    due = due_for(agent, now=now)
    if due is not None:
        raise PauseDue(due)
    here = present(agent, now=now)
    if here is not None and here.state == State.PAUSE:
        raise OnPause


def due_for(agent: Agent, *, now: datetime) -> Due | None:
    work = work_of(agent, now=now)
    hard = HardContact.objects.filter(presence__agent=agent, at__gt=now - BACK)
    return pause_due(work, list(hard.values_list("at", flat=True)), now=now, rules=rules())


def work_of(agent: Agent, *, now: datetime) -> list[Span]:
    """Spans at work of the last day, in order; what was forgotten open has ended."""
    rows = Presence.objects.filter(Q(until__isnull=True) | Q(until__gt=now - BACK), agent=agent)
    return spans_of(rows.order_by("since", "pk"), now=now)


def spans_of(rows: Iterable[Presence], *, now: datetime) -> list[Span]:
    return [Span(row.since, ended(row, now)) for row in rows if row.state == State.ON]


def ended(row: Presence, now: datetime) -> datetime | None:
    """What was forgotten open ended when nobody works any more."""
    return row.since + rules().forgotten if forgotten(row, now) else row.until


def forgotten(row: Presence, now: datetime) -> bool:
    return row.until is None and now - row.since > rules().forgotten


def present(agent: Agent, *, now: datetime) -> Presence | None:
    found = Presence.objects.filter(agent=agent, until__isnull=True).first()
    return None if found is None or forgotten(found, now) else found


@dataclass(frozen=True, slots=True)
class Standing:
    """One person at work: since when, in which state, what weighed in this run of work."""

    agent: Agent
    state: State
    since: datetime
    state_since: datetime
    hard: int
    due: Due | None

    @property
    def due_said(self) -> str:
        return pause_said(self.due) if self.due else ""

    @property
    def may_need_a_debrief(self) -> bool:
        return self.hard >= rules().debrief_from


def who_is_there(helpline: Organisation, *, now: datetime) -> list[Standing]:
    """In the order of their names: nobody is ranked by what weighed."""
    rows = list(
        Presence.objects.filter(
            Q(until__isnull=True) | Q(until__gt=now - BACK), organisation=helpline
        )
        .select_related("agent")
        .order_by("since", "pk")
    )
    weighed: dict[int, list[datetime]] = {}
    for who, at in HardContact.objects.filter(
        presence__organisation=helpline, at__gt=now - BACK
    ).values_list("presence__agent", "at"):
        weighed.setdefault(who, []).append(at)
    open_ones = [row for row in rows if row.until is None and not forgotten(row, now)]
    found = [
        _standing(here, [row for row in rows if row.agent_id == here.agent_id], weighed, now)
        for here in open_ones
    ]
    return sorted(found, key=lambda one: one.agent.name)


def _standing(
    here: Presence, own: list[Presence], weighed: dict[int, list[datetime]], now: datetime
) -> Standing:
    hard = weighed.get(here.agent_id, [])
    work = spans_of(own, now=now)
    began = here.since
    for row in reversed(own):
        if row.until is not None and row.until == began:
            began = row.since
    run = run_of(work, pause=rules().pause)
    since_rest = run[0].begin if run else here.since
    return Standing(
        agent=here.agent,
        state=State(here.state),
        since=began,
        state_since=here.since,
        hard=sum(1 for at in hard if min(began, since_rest) <= at <= now),
        due=pause_due(work, hard, now=now, rules=rules()),
    )


def my_standing(agent: Agent, *, now: datetime) -> Standing | None:
    here = present(agent, now=now)
    if here is None:
        return None
    return next(
        (one for one in who_is_there(here.organisation, now=now) if one.agent == agent), None
    )


def debriefs_to_give(helpline: Organisation) -> QuerySet[Debrief]:
    return (
        Debrief.objects.filter(presence__organisation=helpline, done_at__isnull=True)
        .select_related("presence__agent", "given_by")
        .order_by("asked_at", "pk")
    )


def read_debrief(*, ref: UUID) -> Debrief:
    """
    Raises:
        NotVisible: it does not exist, or is another helpline's.
    """
    found = Debrief.objects.filter(ref=ref).select_related("presence__agent", "given_by").first()
    if found is None:
        raise NotVisible
    return found


def my_debrief(agent: Agent) -> Debrief | None:
    mine = Debrief.objects.filter(presence__agent=agent, done_at__isnull=True)
    return mine.select_related("given_by").order_by("asked_at", "pk").first()
