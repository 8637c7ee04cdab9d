"""What a supervisor looks at: who carries what, what runs out, what sleeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from fanal.ground.agents.models import Absence, Agent, Posting
from fanal.ground.deadlines.models import Clock
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.models import Entry, Situation, SituationQuerySet
from fanal.protect.situations.queries.accountable import ACCOUNTABLE, possible_referents
from fanal.protect.situations.queries.reading import visible_situations
from fanal.protect.situations.terms import Status

IDLE_DAYS = 30
SOON_DAYS = 7


@dataclass(slots=True)
class Load:
    """What one person carries today."""

    agent: Agent
    living: int = 0
    to_take_up: int = 0
    closing: int = 0
    late: int = 0
    # Among those that are late, the ones whose period the law sets.
    past_law: int = 0
    soon: int = 0
    idle: int = 0
    absence: Absence | None = None
    # The last day of their posting, when it is known and they still answer for somebody.
    leaves_on: date | None = None
    postings: list[Posting] = field(default_factory=list)

    @property
    def is_gone(self) -> bool:
        """Nobody should read this: a posting ran out while situations were theirs."""
        return self.living > 0 and not self.postings


def with_last_activity(situations: SituationQuerySet) -> QuerySet[Any]:
    """The last time that somebody wrote; what the house writes by itself does not count."""
    written = (
        Entry.objects.filter(situation=OuterRef("pk"), agent__isnull=False)
        .values("situation")
        .annotate(last=Max("written_at"))
        .values("last")
    )
    return situations.annotate(
        last_activity=Coalesce(Subquery(written, output_field=DateTimeField()), F("opened_at"))
    )


def idle_since(authority: ChildWelfareAuthority, *, days: int, now: datetime) -> QuerySet[Any]:
    """Living situations in which nobody has written for that many days, the oldest first."""
    living = with_last_activity(visible_situations().living().of_authority(authority))
    return living.filter(last_activity__lte=now - timedelta(days=days)).order_by(
        "last_activity", "pk"
    )


def clocks_at_risk(
    authority: ChildWelfareAuthority, *, days: int, now: datetime
) -> QuerySet[Clock]:
    """Clocks of followed minors that are late or run out in the coming days."""
    followed = Situation.objects.living().of_authority(authority)
    return (
        Clock.objects.running()
        .filter(case_file__in=followed.values("case_file"), due_at__lte=now + timedelta(days=days))
        .select_related("case_file__minor", "owner")
        .soonest_first()
    )


def load_per_agent(authority: ChildWelfareAuthority, *, now: datetime) -> list[Load]:
    """
    One line per person who may answer for a minor there, the most loaded first.

    Somebody without any posting of the day who still holds a situation comes before everybody.
    """
    today = local_day(authority, now)
    loads = {agent.pk: Load(agent) for agent in possible_referents(authority, on=today)}
    situations = list(
        with_last_activity(
            Situation.objects.living().of_authority(authority).select_related("referent")
        )
    )
    clocks = _clocks_by_file(authority, now)
    for situation in situations:
        load = loads.setdefault(situation.referent_id, Load(situation.referent))
        _add(load, situation, clocks.get(situation.case_file_id, []), now)
    _tell_absences(loads, today)
    _tell_postings(loads, authority, today)
    return sorted(
        loads.values(), key=lambda load: (not load.is_gone, -load.living, load.agent.name)
    )


def _clocks_by_file(authority: ChildWelfareAuthority, now: datetime) -> dict[int, list[Clock]]:
    due: dict[int, list[Clock]] = {}
    for clock in clocks_at_risk(authority, days=SOON_DAYS, now=now):
        due.setdefault(clock.case_file_id, []).append(clock)
    return due


def _add(load: Load, situation: Situation, due: list[Clock], now: datetime) -> None:
    load.living += 1
    load.to_take_up += situation.status == Status.OPEN
    load.closing += situation.status == Status.CLOSING
    late = [clock for clock in due if clock.is_late(now=now)]
    load.late += len(late)
    load.past_law += sum(not clock.is_a_target for clock in late)
    load.soon += len(due) - len(late)
    last: datetime = situation.last_activity  # type: ignore[attr-defined]
    load.idle += last <= now - timedelta(days=IDLE_DAYS)


def _tell_absences(loads: dict[int, Load], today: date) -> None:
    running = Absence.objects.filter(agent__in=loads, since__lte=today, until__gte=today)
    for absence in running.select_related("stand_in"):
        loads[absence.agent_id].absence = absence


def _tell_postings(loads: dict[int, Load], authority: ChildWelfareAuthority, today: date) -> None:
    postings = Posting.objects.of_authority(authority, *ACCOUNTABLE).current(on=today)
    for posting in postings.filter(agent__in=loads).select_related("organisation"):
        loads[posting.agent_id].postings.append(posting)
    for load in loads.values():
        ends = [posting.until for posting in load.postings]
        known = [day for day in ends if day is not None]
        load.leaves_on = max(known) if known and len(known) == len(ends) else None
