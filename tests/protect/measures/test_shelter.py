"""72 hours, or 5 days, without a judge: what is owed meanwhile, and what may follow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from factories import NOON, CaseFileFactory, ExclusionFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.documents.models import Document
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.people.births import birth_from_age
from fanal.ground.people.models import Holder, Minor
from fanal.ground.people.use_cases import NewMinor
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import find_commune
from fanal.protect.measures.models import EmergencyShelter
from fanal.protect.measures.terms import ShelterKind, ShelterStatus
from fanal.protect.measures.use_cases import (
    end_shelter,
    inform_parents,
    inform_prosecutor,
    leave_parents_uninformed,
    shelter_unknown,
)
from fanal.protect.measures.use_cases.informing import AlreadyInformed, ReasonMissing
from fanal.protect.measures.use_cases.letters import parents_notice, prosecutor_notice
from fanal.protect.measures.use_cases.sheltering import (
    AlreadyEnded,
    AlreadySheltered,
    BeforeItBegan,
    ConsentMissing,
    DutiesOwed,
    NotAnOutcome,
    NotYet,
    NotYourAuthority,
    OfAge,
    SomethingMissing,
)
from fanal.protect.situations.models import Entry, Situation
from past import past
from protect.measures.acting import clock, shelter, sheltering

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=2)


def parents_told(agent: Agent, sheltered: EmergencyShelter) -> EmergencyShelter:
    with acting_as(agent):
        return inform_parents(agent=agent, ref=sheltered.ref, at=LATER, now=LATER)


def prosecutor_told(agent: Agent, sheltered: EmergencyShelter) -> EmergencyShelter:
    with acting_as(agent):
        return inform_prosecutor(agent=agent, ref=sheltered.ref, at=LATER, now=LATER)


def end(agent: Agent, sheltered: EmergencyShelter, **said: Any) -> EmergencyShelter:
    wanted = {"outcome": ShelterStatus.RETURNED_HOME, "at": LATER, "now": LATER}
    with acting_as(agent):
        return end_shelter(agent=agent, ref=sheltered.ref, **(wanted | said))


def test_the_on_call_shelters_a_minor_whom_nobody_follows(
    omar: Agent, ines: Agent, sheltered: EmergencyShelter
) -> None:
    assert (sheltered.status, sheltered.situation) == (ShelterStatus.SHELTERED, None)
    assert sheltered.tpe_court_id == "tj59350"
    with acting_as(omar):
        assert Entry.objects.get(source_ref=sheltered.ref).situation_id is None
    notice = past(Notification).get(agent=ines)
    assert notice.urgent
    assert str(sheltered.ref) in notice.path


def test_a_referent_shelters_the_minor_they_follow(claire: Agent, followed: Situation) -> None:
    sheltered = shelter(claire, followed.case_file.ref)

    assert sheltered.situation == followed


def test_a_referent_finds_no_minor_of_somebody_else(yanis: Agent, followed: Situation) -> None:
    with pytest.raises(NotVisible):
        shelter(yanis, followed.case_file.ref)


def test_another_authority_finds_nothing(paul: Agent, lea: Minor) -> None:
    with pytest.raises(NotVisible):
        shelter(paul, lea.case_file.ref)


def test_a_minor_is_sheltered_once_at_a_time(omar: Agent, sheltered: EmergencyShelter) -> None:
    with pytest.raises(AlreadySheltered):
        shelter(omar, sheltered.case_file.ref)


def test_an_adult_is_not_sheltered_as_a_minor(omar: Agent, nord: object) -> None:
    adult = MinorFactory(birth_date=date(2008, 3, 9))

    with pytest.raises(OfAge):
        shelter(omar, adult.case_file.ref)


def test_a_doubt_on_the_age_protects(omar: Agent, nord: object) -> None:
    perhaps = MinorFactory(birth_date=date(2007, 9, 1), birth_precision="age")

    assert shelter(omar, perhaps.case_file.ref).is_running


@pytest.mark.parametrize("empty", ["reason", "desk", "desk_phone"])
def test_it_says_why_and_whom_to_ring(omar: Agent, lea: Minor, empty: str) -> None:
    with pytest.raises(SomethingMissing):
        shelter(omar, lea.case_file.ref, **{empty: " "})


def test_it_did_not_begin_in_the_future(omar: Agent, lea: Minor) -> None:
    with pytest.raises(NotYet):
        shelter(omar, lea.case_file.ref, started_at=LATER)


def unknown() -> NewMinor:
    return NewMinor(
        given_names="Nour",
        family_name="",
        birth=birth_from_age(15, on=date(2026, 3, 9)),
        sex="unknown",
        commune=find_commune("13055"),
        holders=[{"name": "Parent Inventé", "tie": "", "contact": "06 99 00 00 01"}],
    )


def test_a_minor_whom_nobody_knew_gets_a_file_where_they_were_found(omar: Agent) -> None:
    nord = ChildWelfareAuthority.objects.get(pk="59")
    with acting_as(omar):
        sheltered = shelter_unknown(
            agent=omar, sheltering=sheltering(), authority=nord, minor=unknown(), now=NOON
        )

        assert sheltered.case_file.authority == nord
        assert Holder.objects.get(case_file=sheltered.case_file).name == "Parent Inventé"


def test_a_referent_opens_no_file(claire: Agent) -> None:
    with acting_as(claire), pytest.raises(NotYourAuthority):
        shelter_unknown(
            agent=claire,
            sheltering=sheltering(),
            authority=ChildWelfareAuthority.objects.get(pk="59"),
            minor=unknown(),
            now=NOON,
        )


def test_both_are_told_and_their_letters_are_filed(
    omar: Agent, sheltered: EmergencyShelter
) -> None:
    parents_told(omar, sheltered)
    done = prosecutor_told(omar, sheltered)

    assert done.duties_are_done
    assert (done.parents_informed_by, done.prosecutor_informed_by) == (omar, omar)
    with acting_as(omar):
        assert set(Document.objects.values_list("kind", flat=True)) == {
            "shelter_parents",
            "shelter_prosecutor",
        }


def test_the_parents_letter_has_no_word_of_where(omar: Agent, sheltered: EmergencyShelter) -> None:
    with acting_as(omar):
        letter = parents_notice(sheltered, agent=omar, now=LATER)

    assert letter.ends_at == NOON + timedelta(hours=72)
    assert letter.contact.phone == "03 99 00 00 01"
    assert letter.heading.demonstration
    assert not hasattr(letter, "shelter")


def test_the_procureur_reads_whether_the_parents_know(
    omar: Agent, sheltered: EmergencyShelter
) -> None:
    with acting_as(omar):
        before = prosecutor_notice(sheltered, agent=omar, now=LATER)
        silent = leave_parents_uninformed(
            agent=omar, ref=sheltered.ref, reason="Danger à la maison (invention).", now=LATER
        )
        reasoned = prosecutor_notice(silent, agent=omar, now=LATER)
        told = parents_told(omar, sheltered)
        after = prosecutor_notice(told, agent=omar, now=LATER)

    assert (before.parents_told_at, before.parents_not_told_reason) == (None, "")
    assert reasoned.parents_not_told_reason == "Danger à la maison (invention)."
    assert after.parents_told_at == LATER
    assert before.shelter == ""


def test_a_provisional_reception_files_no_letter_of_72_hours(omar: Agent, lea: Minor) -> None:
    received = shelter(omar, lea.case_file.ref, kind=ShelterKind.PROVISIONAL_RECEPTION)

    parents_told(omar, received)
    prosecutor_told(omar, received)

    with acting_as(omar):
        assert not Document.objects.exists()


def test_a_duty_is_done_once_and_not_in_advance(omar: Agent, sheltered: EmergencyShelter) -> None:
    with acting_as(omar), pytest.raises(BeforeItBegan):
        inform_parents(agent=omar, ref=sheltered.ref, at=NOON - timedelta(hours=1), now=LATER)
    with acting_as(omar), pytest.raises(NotYet):
        inform_prosecutor(agent=omar, ref=sheltered.ref, at=LATER, now=NOON)
    with acting_as(omar), pytest.raises(ReasonMissing):
        leave_parents_uninformed(agent=omar, ref=sheltered.ref, reason=" ", now=LATER)

    parents_told(omar, sheltered)
    prosecutor_told(omar, sheltered)

    for act in (parents_told, prosecutor_told):
        with pytest.raises(AlreadyInformed):
            act(omar, sheltered)
    with acting_as(omar), pytest.raises(AlreadyInformed):
        leave_parents_uninformed(agent=omar, ref=sheltered.ref, reason="x", now=LATER)


def test_it_does_not_end_before_both_were_told(omar: Agent, sheltered: EmergencyShelter) -> None:
    with pytest.raises(DutiesOwed):
        end(omar, sheltered)
    parents_told(omar, sheltered)
    with pytest.raises(DutiesOwed):
        end(omar, sheltered)
    prosecutor_told(omar, sheltered)

    ended = end(omar, sheltered)

    assert (ended.status, ended.ended_by) == (ShelterStatus.RETURNED_HOME, omar)
    stopped = clock(omar, sheltered.ref, RuleCode.SHELTER_72H)
    assert stopped is not None
    assert (stopped.outcome, stopped.stopped_at) == (Outcome.DONE, LATER)


def ready(agent: Agent, sheltered: EmergencyShelter) -> EmergencyShelter:
    parents_told(agent, sheltered)
    return prosecutor_told(agent, sheltered)


def test_consent_is_written(omar: Agent, sheltered: EmergencyShelter) -> None:
    ready(omar, sheltered)
    with pytest.raises(ConsentMissing):
        end(omar, sheltered, outcome=ShelterStatus.ADMITTED_WITH_CONSENT)

    ended = end(
        omar,
        sheltered,
        outcome=ShelterStatus.ADMITTED_WITH_CONSENT,
        agreed_on=date(2026, 3, 9),
    )

    assert ended.agreed_on == date(2026, 3, 9)


def test_it_ends_once_with_an_outcome_and_after_it_began(
    omar: Agent, sheltered: EmergencyShelter
) -> None:
    ready(omar, sheltered)
    with pytest.raises(NotAnOutcome):
        end(omar, sheltered, outcome=ShelterStatus.SHELTERED)
    with pytest.raises(BeforeItBegan):
        end(omar, sheltered, at=NOON - timedelta(minutes=1))
    with pytest.raises(NotYet):
        end(omar, sheltered, at=LATER + timedelta(minutes=1))

    end(omar, sheltered, outcome=ShelterStatus.COURT_SEISED)

    with pytest.raises(AlreadyEnded):
        end(omar, sheltered)


def test_an_excluded_agent_shelters_nobody(omar: Agent, lea: Minor) -> None:
    ExclusionFactory(case_file=lea.case_file, agent=omar)

    with pytest.raises(NotVisible):
        shelter(omar, lea.case_file.ref)


def test_a_sealed_file_tells_its_holder_alone(
    ines: Agent, claire: Agent, followed: Situation, as_owner: Any
) -> None:
    with as_owner():
        followed.case_file.sealed_at = NOON
        followed.case_file.seal_reason = "invention"
        followed.case_file.save()

    sheltered = shelter(claire, followed.case_file.ref)

    told = past(Notification).filter(path__contains=str(sheltered.ref))
    assert {notice.agent for notice in told} == {claire}


def test_the_minor_of_two_merged_files_is_sheltered_in_the_one_that_is_kept(
    omar: Agent, lea: Minor, as_owner: Any
) -> None:
    absorbed = MinorFactory(case_file=CaseFileFactory(merged_into=lea.case_file))

    sheltered = shelter(omar, absorbed.case_file.ref)

    assert sheltered.case_file == lea.case_file
    assert datetime(2026, 3, 9, 12, tzinfo=UTC) == sheltered.started_at
