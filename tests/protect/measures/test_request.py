"""A measure is asked for, and somebody answers for the minor from then on."""

from __future__ import annotations

from typing import Any

import pytest

from factories import NOON, ConcernFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.ground.people.models import Minor
from fanal.ground.territory.queries import find_commune
from fanal.protect.measures.models import Measure, MeasureStep
from fanal.protect.measures.terms import MeasureType, Nature, Status, StepKind
from fanal.protect.measures.use_cases import Wanted, request_measure
from fanal.protect.measures.use_cases.course import NotYoursToWrite
from fanal.protect.measures.use_cases.requesting import (
    AlreadyRunning,
    NoReferent,
    ReasonMissing,
    WrongNature,
)
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.terms import EntryKind
from fanal.protect.situations.use_cases.opening import NotSupervisor
from fanal.protect.situations.use_cases.origins import NoDecision
from protect.measures.acting import again, ask

pytestmark = pytest.mark.django_db


def request(agent: Agent, kind: MeasureType = MeasureType.AED, **origin: Any) -> Measure:
    with acting_as(agent):
        return request_measure(
            agent=agent,
            wanted=Wanted(type=kind, reason="Danger constaté (invention)."),
            now=NOON,
            **origin,
        )


def test_it_stands_in_the_course_in_the_story_and_in_the_traces(
    claire: Agent, followed: Situation
) -> None:
    measure = ask(claire, followed, MeasureType.AEMO)

    assert (measure.status, measure.nature) == (Status.REQUESTED, Nature.JUDICIAL)
    assert measure.tpe_court_id == "tj59350"
    assert measure.basis == "art. 375-2 C. civ."
    with acting_as(claire):
        assert MeasureStep.objects.get().step == StepKind.REQUESTED
        line = Entry.objects.get(kind=EntryKind.MEASURE)
    assert (line.situation_id, line.source_ref) == (followed.pk, measure.ref)
    with acting_as(claire):
        assert Trace.objects.filter(deed="measure.requested", agent=claire).count() == 1


def test_the_judge_is_that_of_the_commune_given(claire: Agent, followed: Situation) -> None:
    measure = ask(claire, followed, MeasureType.AEMO, commune=find_commune("13055"))

    assert measure.tpe_court_id == "tj13055"


def test_a_decided_concern_opens_the_situation_with_its_referent(
    ines: Agent, claire: Agent, lea: Minor
) -> None:
    concern = ConcernFactory(
        minor=lea, status="decided", outcome="admin_measure", decided_at=NOON, reason="invention"
    )

    measure = request(ines, concern_ref=concern.ref, referent=claire)

    assert measure.situation.referent == claire
    assert measure.situation.origin_ref == concern.ref
    assert again(claire, measure).status == Status.REQUESTED


def test_a_concern_that_decided_nothing_opens_nothing(
    ines: Agent, claire: Agent, lea: Minor
) -> None:
    concern = ConcernFactory(minor=lea)

    with pytest.raises(NoDecision):
        request(ines, concern_ref=concern.ref, referent=claire)


def test_a_minor_whom_nobody_follows_needs_a_referent(ines: Agent, lea: Minor) -> None:
    with pytest.raises(NoReferent):
        request(ines, case_file_ref=lea.case_file.ref)


def test_a_minor_already_followed_keeps_their_situation(
    ines: Agent, claire: Agent, followed: Situation
) -> None:
    measure = request(ines, case_file_ref=followed.case_file.ref)

    assert measure.situation == followed


def test_only_those_who_supervise_open_a_situation(claire: Agent, omar: Agent, lea: Minor) -> None:
    with pytest.raises(NotSupervisor):
        request(omar, case_file_ref=lea.case_file.ref, referent=claire)


def test_the_crip_sees_the_file_and_asks_for_nothing(nadia: Agent, followed: Situation) -> None:
    with pytest.raises(NotYoursToWrite):
        request(nadia, situation_ref=followed.ref)


def test_a_stranger_finds_nothing_to_ask_from(paul: Agent, followed: Situation) -> None:
    with pytest.raises(NotVisible):
        request(paul, situation_ref=followed.ref)
    with pytest.raises(NotVisible):
        request(paul, case_file_ref=followed.case_file.ref)


def test_the_same_measure_is_not_asked_twice(claire: Agent, followed: Situation) -> None:
    ask(claire, followed, MeasureType.AEMO)

    with pytest.raises(AlreadyRunning):
        ask(claire, followed, MeasureType.AEMO)


@pytest.mark.parametrize(
    ("kind", "nature"),
    [
        (MeasureType.AED, Nature.JUDICIAL),
        (MeasureType.AEMO, Nature.ADMINISTRATIVE),
        (MeasureType.SEJOUR_DE_RUPTURE, None),
    ],
)
def test_the_type_says_who_decides(
    claire: Agent, followed: Situation, kind: MeasureType, nature: Nature | None
) -> None:
    with pytest.raises(WrongNature):
        ask(claire, followed, kind, nature=nature)


def test_a_break_stay_is_decided_by_either(claire: Agent, followed: Situation) -> None:
    measure = ask(claire, followed, MeasureType.SEJOUR_DE_RUPTURE, nature=Nature.ADMINISTRATIVE)

    assert not measure.is_judicial


def test_a_request_says_why(claire: Agent, followed: Situation) -> None:
    with acting_as(claire), pytest.raises(ReasonMissing):
        request_measure(
            agent=claire,
            situation_ref=followed.ref,
            wanted=Wanted(type=MeasureType.AED, reason="  "),
            now=NOON,
        )
