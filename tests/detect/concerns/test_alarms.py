"""An alarm reaches somebody who may see the file, and a danger sounds until it is opened."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import pytest

from factories import NOON, CaseFileFactory, ExclusionFactory, GrantFactory, RowFactory
from fanal.detect.concerns.alarms import deliver
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Absence, Agent
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import sound_alarms, start_clock, stop_clock
from fanal.ground.notifications.models import Notification
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db

SUBJECT = uuid.UUID(int=7)
AFTER_ALL = NOON + timedelta(days=3)


class AbsenceFactory(RowFactory[Absence]):
    class Meta:
        model = Absence

    since = date(2026, 3, 1)
    until = date(2026, 3, 31)


def start(agent: Agent, case_file: CaseFile, rule: RuleCode, owner: Agent | None = None) -> None:
    with acting_as(agent):
        start_clock(
            rule=rule,
            case_file=case_file,
            subject_kind="concern",
            subject_ref=SUBJECT,
            since=NOON,
            now=NOON,
            owner=owner,
        )


def told_at(now: datetime) -> set[Agent]:
    """Who is told by the alarms of that moment, and by no earlier one."""
    with as_owner():
        past(Notification).all().delete()
    assert sound_alarms(now=now, deliver=deliver).failed == 0
    with as_owner():
        return {one.agent for one in past(Notification).select_related("agent")}


def minutes(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


@pytest.fixture
def shelter(ines: Agent, claire: Agent) -> CaseFile:
    """A file that Claire holds by name, with a clock that she watches."""
    case_file = CaseFileFactory()
    GrantFactory(case_file=case_file, agent=claire, starts_at=NOON)
    start(ines, case_file, RuleCode.SHELTER_72H, owner=claire)
    return case_file


def test_the_owner_is_told(shelter: CaseFile, claire: Agent) -> None:
    assert told_at(AFTER_ALL) == {claire}


def test_the_stand_in_of_an_absent_owner_is_told_too(
    shelter: CaseFile, claire: Agent, karim: Agent
) -> None:
    AbsenceFactory(agent=claire, stand_in=karim)
    GrantFactory(case_file=shelter, agent=karim, starts_at=NOON, capacity="stand_in")

    assert told_at(AFTER_ALL) == {claire, karim}


def test_an_absence_of_another_month_calls_nobody(
    shelter: CaseFile, claire: Agent, karim: Agent
) -> None:
    AbsenceFactory(agent=claire, stand_in=karim, since=date(2026, 5, 1), until=date(2026, 5, 9))
    GrantFactory(case_file=shelter, agent=karim, starts_at=NOON, capacity="stand_in")

    assert told_at(AFTER_ALL) == {claire}


def test_an_owner_who_left_gives_way_to_those_who_supervise(
    shelter: CaseFile, claire: Agent, ines: Agent
) -> None:
    with as_owner():
        Agent.objects.filter(pk=claire.pk).update(is_active=False)

    assert told_at(AFTER_ALL) == {ines}


def test_an_owner_whose_access_ended_gives_way_to_those_who_supervise(
    ines: Agent, claire: Agent
) -> None:
    start(ines, CaseFileFactory(), RuleCode.SHELTER_72H, owner=claire)

    assert told_at(AFTER_ALL) == {ines}


def test_of_a_sealed_file_without_its_owner_whoever_holds_it_is_told(
    shelter: CaseFile, claire: Agent, ines: Agent, karim: Agent
) -> None:
    GrantFactory(case_file=shelter, agent=karim, starts_at=NOON)
    with as_owner():
        CaseFile.objects.filter(pk=shelter.pk).update(sealed_at=NOON, seal_reason="Invention")
        Agent.objects.filter(pk=claire.pk).update(is_active=False)

    assert told_at(AFTER_ALL) == {karim}


def test_a_manager_who_must_never_see_the_file_is_not_told(
    ines: Agent, nadia: Agent, omar: Agent
) -> None:
    case_file = CaseFileFactory()
    start(nadia, case_file, RuleCode.DANGER_OPENED)
    ExclusionFactory(case_file=case_file, agent=ines)

    assert told_at(minutes(15)) == {nadia, omar}


def test_a_danger_that_nobody_opens_is_told_every_quarter_of_an_hour(
    ines: Agent, nadia: Agent, omar: Agent
) -> None:
    start(nadia, CaseFileFactory(), RuleCode.DANGER_OPENED)

    assert told_at(minutes(14)) == set()
    assert told_at(minutes(15)) == {ines, nadia, omar}
    assert told_at(minutes(29)) == set()
    assert told_at(minutes(30)) == {ines}
    assert told_at(minutes(44)) == set()
    assert told_at(minutes(45)) == {ines}


def test_once_opened_a_danger_is_silent(ines: Agent, nadia: Agent) -> None:
    start(nadia, CaseFileFactory(), RuleCode.DANGER_OPENED)
    told_at(minutes(15))
    with acting_as(nadia):
        stop_clock(
            rule=RuleCode.DANGER_OPENED,
            subject_ref=SUBJECT,
            at=minutes(20),
            outcome=Outcome.DONE,
        )

    assert told_at(minutes(30)) == set()


def test_another_alarm_is_not_told_again(shelter: CaseFile) -> None:
    told_at(AFTER_ALL)

    assert told_at(AFTER_ALL + timedelta(minutes=15)) == set()
