"""A minor comes to be followed."""

from __future__ import annotations

from datetime import date

import pytest

from factories import (
    NOON,
    CaseFileFactory,
    ConcernFactory,
    ExclusionFactory,
    MinorFactory,
)
from fanal.detect.concerns.models import Concern
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.people.models import Minor
from fanal.ground.people.use_cases import merge_files
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.queries import living_situation_of
from fanal.protect.situations.terms import Ground, Source, Status
from fanal.protect.situations.use_cases import accept_situation, open_situation
from fanal.protect.situations.use_cases.opening import (
    AlreadyFollowed,
    CannotHoldFile,
    NotAReferent,
    NotSupervisor,
    NotWaitingForReferent,
    NotYourSituation,
    ReasonMissing,
)
from fanal.protect.situations.use_cases.origins import NoDecision
from past import past
from protect.situations.following import begin, sees

pytestmark = pytest.mark.django_db


def open_from(
    agent: Agent, concern: Concern, referent: Agent, ground: Ground, reason: str = ""
) -> Situation:
    with acting_as(agent):
        return open_situation(
            agent=agent,
            concern_ref=concern.ref,
            ground=ground,
            reason=reason,
            referent=referent,
            now=NOON,
        )


def decided(outcome: str = "admin_measure", **changes: object) -> Concern:
    return ConcernFactory(status="decided", outcome=outcome, decided_at=NOON, **changes)


def test_a_decided_concern_opens_a_situation(ines: Agent, claire: Agent) -> None:
    concern = decided()

    situation = open_from(ines, concern, claire, Ground.MEASURE)

    assert (situation.status, situation.referent) == (Status.OPEN, claire)
    assert (situation.origin_kind, situation.origin_ref) == (Source.CONCERN, concern.ref)
    assert situation.case_file == concern.case_file


def test_opening_writes_the_line_the_trace_and_the_notice(claire: Agent, opened: Situation) -> None:
    with acting_as(claire):
        line = Entry.objects.get()
        assert line.text.startswith("Situation ouverte : acte motivé d'un cadre.")
        assert "Claire Inventé" in line.text
    notice = past(Notification).get(agent=claire)
    assert str(opened.ref) in notice.path
    assert "Léa" not in notice.text


def test_opening_leaves_a_trace(ines: Agent, opened: Situation) -> None:
    with acting_as(ines):
        trace = Trace.objects.get(deed="situation.open")
    assert trace.subject_ref == opened.ref
    assert trace.detail == {"ground": "reasoned_act"}


def test_the_referent_holds_the_file_at_once(
    claire: Agent, yanis: Agent, opened: Situation
) -> None:
    grant = past(Grant).get(agent=claire)
    assert (grant.capacity, grant.ends_at) == (Capacity.REFERENT, None)
    assert sees(claire, opened)
    assert not sees(yanis, opened)


def test_an_undecided_concern_opens_nothing_but_by_a_reasoned_act(
    ines: Agent, claire: Agent
) -> None:
    concern = ConcernFactory()
    with pytest.raises(NoDecision):
        open_from(ines, concern, claire, Ground.MEASURE)

    situation = open_from(ines, concern, claire, Ground.REASONED_ACT, "Danger constaté.")

    assert situation.ground == Ground.REASONED_ACT


@pytest.mark.parametrize(
    ("outcome", "ground"),
    [
        ("admin_measure", Ground.REPORT),
        ("report_to_prosecutor", Ground.MEASURE),
        ("common_law_referral", Ground.MEASURE),
        ("common_law_referral", Ground.REPORT),
    ],
)
def test_each_ground_asks_for_its_own_decision(
    ines: Agent, claire: Agent, outcome: str, ground: Ground
) -> None:
    with pytest.raises(NoDecision):
        open_from(ines, decided(outcome), claire, ground)


def test_a_file_opens_with_a_reason_alone(ines: Agent, claire: Agent, lea: Minor) -> None:
    with acting_as(ines), pytest.raises(ReasonMissing):
        open_situation(
            agent=ines,
            case_file_ref=lea.case_file.ref,
            ground=Ground.REASONED_ACT,
            reason="  ",
            referent=claire,
            now=NOON,
        )


def test_those_who_supervise_open_and_nobody_else(nadia: Agent, claire: Agent) -> None:
    with pytest.raises(NotSupervisor):
        open_from(nadia, decided(), claire, Ground.MEASURE)


def test_a_supervisor_of_another_authority_finds_nothing(paul: Agent) -> None:
    with pytest.raises(NotVisible):
        open_from(paul, decided(), paul, Ground.MEASURE)


def test_nobody_is_followed_twice(ines: Agent, yanis: Agent, opened: Situation, lea: Minor) -> None:
    with pytest.raises(AlreadyFollowed):
        begin(ines, yanis, lea)


def test_merged_files_are_one_minor(
    ines: Agent, claire: Agent, yanis: Agent, opened: Situation, lea: Minor
) -> None:
    other = MinorFactory(given_names="Lea")
    with acting_as(ines):
        merge_files(
            agent=ines,
            kept=other.case_file.ref,
            absorbed=lea.case_file.ref,
            reason="même mineur",
            now=NOON,
        )
        other.case_file.refresh_from_db()
        assert living_situation_of(other.case_file) == opened

    for minor in (lea, other):
        with pytest.raises(AlreadyFollowed):
            begin(ines, yanis, minor)


def test_a_merged_minor_is_followed_on_the_file_that_is_kept(
    ines: Agent, claire: Agent, lea: Minor
) -> None:
    other = MinorFactory()
    with acting_as(ines):
        merge_files(
            agent=ines,
            kept=other.case_file.ref,
            absorbed=lea.case_file.ref,
            reason="même mineur",
            now=NOON,
        )

    assert begin(ines, claire, lea).case_file == other.case_file


def test_an_agent_without_the_role_cannot_answer(ines: Agent, nadia: Agent, lea: Minor) -> None:
    with pytest.raises(NotAReferent):
        begin(ines, nadia, lea)


def test_a_referent_of_another_authority_cannot_answer(ines: Agent, zoe: Agent, lea: Minor) -> None:
    with pytest.raises(NotAReferent):
        begin(ines, zoe, lea)


def test_a_relative_is_never_given_the_file(ines: Agent, claire: Agent, lea: Minor) -> None:
    ExclusionFactory(case_file=lea.case_file, agent=claire)

    with pytest.raises(CannotHoldFile):
        begin(ines, claire, lea)


def test_a_sealed_file_stays_closed_to_the_rest_of_the_authority(
    ines: Agent, claire: Agent
) -> None:
    sealed = MinorFactory(
        case_file=CaseFileFactory(sealed_at=NOON, seal_reason="enfant d'un agent (invention)")
    )

    with pytest.raises(NotVisible):
        begin(ines, claire, sealed)


def test_the_interview_before_majority_is_counted_back(claire: Agent, opened: Situation) -> None:
    with acting_as(claire):
        clock = Clock.objects.get(rule=RuleCode.INTERVIEW_17)
    assert clock.due_on == date(2028, 5, 20)
    assert clock.owner == claire


def test_a_minor_of_seventeen_starts_no_clock_that_is_late_already(
    ines: Agent, claire: Agent
) -> None:
    begin(ines, claire, MinorFactory(birth_date=date(2008, 12, 1)))

    with acting_as(claire):
        assert not Clock.objects.filter(rule=RuleCode.INTERVIEW_17).exists()


def test_the_referent_takes_the_situation_up(followed: Situation, claire: Agent) -> None:
    assert (followed.status, followed.accepted_at) == (Status.FOLLOWED, NOON)
    with acting_as(claire):
        assert Entry.objects.filter(text__contains="prend la situation en charge").exists()


def test_it_is_taken_up_once_and_by_the_referent(
    ines: Agent, claire: Agent, opened: Situation
) -> None:
    with acting_as(ines), pytest.raises(NotYourSituation):
        accept_situation(agent=ines, ref=opened.ref, now=NOON)
    with acting_as(claire):
        accept_situation(agent=claire, ref=opened.ref, now=NOON)
        with pytest.raises(NotWaitingForReferent):
            accept_situation(agent=claire, ref=opened.ref, now=NOON)
