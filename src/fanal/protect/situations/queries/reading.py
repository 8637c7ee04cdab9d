"""The guarded doors: what is not the agent's to see does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from fanal.ground.access.models import CaseFile, Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.agents.models import Agent
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.models import Clock
from fanal.ground.errors import NotVisible
from fanal.ground.people.models import Minor
from fanal.ground.people.queries import files_of
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.protect.situations.models import Entry, HandOver, Situation, SituationQuerySet


def visible_situations() -> SituationQuerySet:
    """Situations that the database shows to whoever is asking, with what a list displays."""
    return Situation.objects.select_related(
        "case_file__minor__commune", "case_file__authority", "authority", "referent"
    )


def read_situation(*, agent: Agent, ref: UUID) -> Situation:
    """
    Read one situation; the reading leaves a trace.

    Raises:
        NotVisible: there is none, or it is not the agent's to read.
    """
    situation = (
        visible_situations()
        .select_related("opened_by", "closing_proposed_by", "closed_by", "transferred_to")
        .filter(ref=ref)
        .first()
    )
    if situation is None:
        raise NotVisible
    record(agent=agent, deed="situation.read", subject=situation, outcome=Outcome.READ)
    return situation


def lock_situation(*, ref: UUID) -> Situation:
    """
    Take one situation for a change; others who want it wait.

    Raises:
        NotVisible: there is none, or it is not for whoever is asking.
    """
    situation = (
        Situation.objects.select_for_update(of=("self",))
        .select_related("case_file__minor", "case_file__authority", "authority", "referent")
        .filter(ref=ref)
        .first()
    )
    if situation is None:
        raise NotVisible
    return situation


def living_situation_of(case_file: CaseFile) -> Situation | None:
    """The situation now followed for this minor, merged files read together."""
    return visible_situations().living().of_case_files(files_of(case_file)).first()


def read_entry(*, ref: UUID) -> Entry:
    """
    Raises:
        NotVisible: there is no such line for whoever is asking.
    """
    entry = (
        Entry.objects.select_related("case_file__authority", "situation__authority", "agent")
        .filter(ref=ref)
        .first()
    )
    if entry is None:
        raise NotVisible
    return entry


def read_hand_over(*, agent: Agent, ref: UUID) -> HandOver:
    """
    Read what a hand-over says of itself; the reading leaves a trace.

    Raises:
        NotVisible: the agent neither gave nor took, and supervises none of them.
    """
    hand_over = (
        HandOver.objects.select_related("giver", "taker", "decided_by", "authority")
        .filter(ref=ref)
        .first()
    )
    if hand_over is None:
        raise NotVisible
    record(agent=agent, deed="handover.read", subject=hand_over, outcome=Outcome.READ)
    return hand_over


def may_read_receipt(*, agent: Agent, hand_over: HandOver) -> bool:
    """Whether the signed paper is the agent's: of the three who made it, and shut out of none."""
    if agent.pk not in (hand_over.giver_id, hand_over.taker_id, hand_over.decided_by_id):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT situations_receipt_shuts_out(%s, %s)", [hand_over.pk, agent.pk])
        (shut_out,) = cursor.fetchone()
    return not shut_out


def read_receipt(*, agent: Agent, ref: UUID) -> bytes:
    """
    Read the signed paper of a hand-over; the reading leaves a trace.

    Raises:
        NotVisible: the agent did not make it, or one of its files excludes them.
    """
    hand_over = read_hand_over(agent=agent, ref=ref)
    if not may_read_receipt(agent=agent, hand_over=hand_over):
        raise NotVisible
    return bytes(hand_over.receipt)


def minor_of(case_file: CaseFile) -> Minor:
    """The minor as the file kept after a merge knows them, else as this one does."""
    if case_file.merged_into_id:
        kept = Minor.objects.filter(case_file=case_file.merged_into_id).first()
        if kept is not None:
            return kept
    return case_file.minor


def by_next_clock(situations: SituationQuerySet) -> QuerySet[Any]:
    """By next thing to do: the clock that runs out first, then the oldest situation."""
    clocks = Clock.objects.running().filter(case_file=OuterRef("case_file")).soonest_first()
    return situations.annotate(next_due_at=Subquery(clocks.values("due_at")[:1])).order_by(
        "next_due_at", "opened_at", "pk"
    )


def my_situations(agent: Agent, *, now: datetime) -> QuerySet[Any]:
    """What the agent follows, and what they follow for an absent colleague."""
    held = Grant.objects.living(at=now).filter(
        agent=agent, capacity__in=(Capacity.REFERENT, Capacity.STAND_IN)
    )
    mine = visible_situations().living().filter(case_file__in=held.values("case_file"))
    return by_next_clock(mine)


def situations_of(
    authority: ChildWelfareAuthority,
    *,
    status: str = "",
    referent: Agent | None = None,
) -> QuerySet[Any]:
    """The situations of an authority; living ones unless a state is asked for."""
    found = visible_situations().of_authority(authority)
    found = found.filter(status=status) if status else found.living()
    if referent is not None:
        found = found.followed_by(referent)
    return by_next_clock(found)


def next_clocks(situations: list[Situation]) -> dict[int, Clock]:
    """The clock that runs out first for each file, in one reading."""
    clocks = (
        Clock.objects.running()
        .of_case_files([situation.case_file for situation in situations])
        .order_by("case_file", "due_at", "pk")
        .distinct("case_file")
    )
    return {clock.case_file_id: clock for clock in clocks}


def clocks_of(case_file: CaseFile) -> QuerySet[Clock]:
    return Clock.objects.running().of_case_files(files_of(case_file)).soonest_first()


def situations_by_case_file(case_file_ids: Iterable[int]) -> dict[int, Situation]:
    """The living situation of each of these files, by file."""
    found = visible_situations().living().filter(case_file__in=list(case_file_ids))
    return {situation.case_file_id: situation for situation in found}
