"""How the tests bring a measure to each of its states. All the people are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from factories import NOON
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.territory.queries import find_commune
from fanal.protect.measures.models import EmergencyShelter, Measure
from fanal.protect.measures.terms import MeasureType, Orderer, Seiser, ShelterKind
from fanal.protect.measures.use_cases import (
    Sheltering,
    Terms,
    Wanted,
    order_provisional,
    record_agreement,
    record_decision,
    request_measure,
    seise_judge,
    shelter_now,
    start_measure,
)
from fanal.protect.situations.models import Situation

# NOON is Monday 9 March 2026.
DAY = date(2026, 3, 9)
LONG_AFTER = datetime(2026, 6, 1, 12, tzinfo=UTC)


def ask(agent: Agent, situation: Situation, kind: MeasureType, **said: Any) -> Measure:
    with acting_as(agent):
        return request_measure(
            agent=agent,
            situation_ref=situation.ref,
            wanted=Wanted(type=kind, reason="Danger constaté (invention).", **said),
            now=NOON,
        )


def seise(agent: Agent, measure: Measure, *, on: date = DAY) -> Measure:
    with acting_as(agent):
        return seise_judge(
            agent=agent, ref=measure.ref, by=Seiser.PROSECUTOR, on=on, now=LONG_AFTER
        )


def order(agent: Agent, measure: Measure, by: Orderer, *, on: date = DAY, **said: Any) -> Measure:
    with acting_as(agent):
        return order_provisional(agent=agent, ref=measure.ref, by=by, on=on, now=LONG_AFTER, **said)


def terms(measure: Measure, **said: Any) -> Terms:
    wanted = {
        "type": MeasureType(measure.type),
        "decided_on": DAY,
        "ends_on": date(2027, 3, 9),
        "kin_option": "evaluated" if measure.is_placement else "",
    }
    return Terms(**(wanted | said))


def decide(agent: Agent, measure: Measure, *, now: datetime = LONG_AFTER, **said: Any) -> Measure:
    with acting_as(agent):
        return record_decision(agent=agent, ref=measure.ref, terms=terms(measure, **said), now=now)


def start(agent: Agent, measure: Measure, *, on: date = DAY) -> Measure:
    with acting_as(agent):
        if not measure.is_judicial and measure.agreed_on is None:
            record_agreement(
                agent=agent, ref=measure.ref, on=on, signed_by="Parent Inventé", now=LONG_AFTER
            )
        return start_measure(agent=agent, ref=measure.ref, on=on, now=LONG_AFTER)


def in_force(agent: Agent, situation: Situation, kind: MeasureType, **said: Any) -> Measure:
    """A measure that has begun, by the shortest way."""
    measure = ask(agent, situation, kind)
    if measure.is_judicial:
        measure = seise(agent, measure)
    return start(agent, decide(agent, measure, **said))


def clock(agent: Agent, subject: UUID, rule: RuleCode) -> Clock | None:
    """The last clock of a rule about a thing."""
    with acting_as(agent):
        found = Clock.objects.for_subject(subject).filter(rule=rule)
        return found.order_by("-pk").first()


def due(agent: Agent, subject: UUID, rule: RuleCode) -> date | None:
    """The due day of the running clock of a rule, if it runs."""
    found = clock(agent, subject, rule)
    return found.due_on if found is not None and found.is_running else None


def sheltering(**said: Any) -> Sheltering:
    wanted: dict[str, Any] = {
        "kind": ShelterKind.SHELTER_72H,
        "reason": "A quitté son domicile et demande de l'aide (invention).",
        "commune": find_commune("59350"),
        "desk": "Foyer inventé",
        "desk_phone": "03 99 00 00 01",
        "started_at": NOON,
    }
    return Sheltering(**(wanted | said))


def shelter(
    agent: Agent, case_file_ref: UUID, *, now: datetime = NOON, **said: Any
) -> EmergencyShelter:
    with acting_as(agent):
        return shelter_now(
            agent=agent, case_file_ref=case_file_ref, sheltering=sheltering(**said), now=now
        )


def again(agent: Agent, measure: Measure) -> Measure:
    with acting_as(agent):
        return Measure.objects.select_related("case_file__authority", "situation").get(
            pk=measure.pk
        )
