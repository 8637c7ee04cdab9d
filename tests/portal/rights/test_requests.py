"""Access and rectification: the month, the turn of each, what is kept, and who sees what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import NOON, AgentFactory, GrantFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.people.models import Minor
from fanal.portal.rights.models import Correction, RightsRequest, RightsStep
from fanal.portal.rights.queries import late, read_request, requests_of, requests_to_prepare
from fanal.portal.rights.reminders import remind_answers
from fanal.portal.rights.terms import Asker, Field, Kind, Status, Way, Withheld
from fanal.portal.rights.use_cases import (
    AlreadyExtended,
    Asked,
    NotARectification,
    NothingChanges,
    OutOfTurn,
    ReceivedLater,
    TooLateToExtend,
    answer_request,
    check_identity,
    correct_file,
    extend_delay,
    prepare_answer,
    record_request,
    refuse_request,
)
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db
NOBODYS = UUID("00000000-0000-4000-8000-000000000000")


@pytest.fixture
def denis(nord: Any) -> Agent:
    agent = AgentFactory(name="Denis Inventé", email="denis@fanal.invalid")
    PostingFactory(agent=agent, organisation=nord, role="data_protection")
    return agent


@pytest.fixture
def holder_of_the_file(claire: Agent, lea: Minor) -> Agent:
    GrantFactory(case_file=lea.case_file, agent=claire)
    return claire


def ask(agent: Agent, *, ref: UUID | None = None, **said: Any) -> RightsRequest:
    wanted: dict[str, Any] = {
        "kind": Kind.ACCESS,
        "asker": Asker.HOLDER,
        "name": "Alix Inventé",
        "contact": "3, impasse des Phares",
        "way": Way.LETTER,
        "wish": "Tout ce que vous avez sur ma fille.",
        "received_on": date(2026, 3, 9),
        "file_ref": ref,
    }
    with acting_as(agent):
        return record_request(agent=agent, asked=Asked(**(wanted | said)), now=NOON)


def identified(agent: Agent, asked: RightsRequest, ref: UUID | None = None) -> RightsRequest:
    with acting_as(agent):
        return check_identity(
            agent=agent, ref=asked.ref, how="Pièce au guichet.", file_ref=ref, now=NOON
        )


def test_the_answer_is_due_one_month_after_the_reception(denis: Agent) -> None:
    asked = ask(denis)

    assert asked.due_on == date(2026, 4, 9)
    assert "RGPD" in asked.why_due or asked.why_due
    with acting_as(denis), pytest.raises(ReceivedLater):
        record_request(
            agent=denis,
            asked=Asked(
                kind=Kind.ACCESS,
                asker=Asker.MINOR,
                name="Léa Inventée",
                contact="",
                way=Way.DESK,
                wish="",
                received_on=date(2026, 3, 10),
            ),
            now=NOON,
        )


def test_it_is_extended_once_with_a_reason_and_in_time(denis: Agent) -> None:
    asked, late = ask(denis), ask(denis)
    with acting_as(denis):
        extended = extend_delay(agent=denis, ref=asked.ref, reason="Dossier long.", now=NOON)
        assert extended.due_on == date(2026, 6, 9)
        with pytest.raises(AlreadyExtended):
            extend_delay(agent=denis, ref=asked.ref, reason="Encore.", now=NOON)
        with pytest.raises(TooLateToExtend):
            extend_delay(
                agent=denis,
                ref=late.ref,
                reason="Oubli.",
                now=datetime(2026, 4, 11, 12, tzinfo=UTC),
            )


def test_recording_never_tells_whether_the_file_exists(denis: Agent, lea: Minor) -> None:
    real, invented = ask(denis, ref=lea.case_file.ref), ask(denis, ref=NOBODYS)

    with acting_as(denis):
        for one in (real, invented):
            seen = read_request(agent=denis, ref=one.ref)
            assert (seen.status, seen.due_on) == (Status.RECEIVED, date(2026, 4, 9))
        assert not Minor.objects.exists()
    for one in (real, invented):
        assert identified(denis, one).status == Status.IDENTIFIED


def test_only_those_who_hold_the_file_prepare(
    denis: Agent, holder_of_the_file: Agent, paul: Agent, karim: Agent, lea: Minor
) -> None:
    asked = identified(denis, ask(denis), lea.case_file.ref)
    for agent in (denis, paul, karim):
        with acting_as(agent):
            assert not requests_to_prepare().exists()
            with pytest.raises(NotVisible):
                prepare_answer(agent=agent, ref=asked.ref, given="Tout.", withheld=[], now=NOON)
    with acting_as(paul), pytest.raises(NotVisible):
        read_request(agent=paul, ref=asked.ref)

    with acting_as(holder_of_the_file):
        assert [one.pk for one in requests_to_prepare()] == [asked.pk]
        prepared = prepare_answer(
            agent=holder_of_the_file,
            ref=asked.ref,
            given="Les dates des rencontres.",
            withheld=[Withheld.INFORMANT, Withheld.HEALTH],
            now=NOON,
        )
        with pytest.raises(NotVisible):
            answer_request(agent=holder_of_the_file, ref=asked.ref, now=NOON)
    assert prepared.withheld == ["informant", "health"]
    with acting_as(denis):
        answered = answer_request(agent=denis, ref=asked.ref, now=NOON)
    assert bytes(answered.letter or b"").startswith(b"%PDF")
    with as_owner():
        steps = list(RightsStep.objects.values_list("step", flat=True))
        assert steps == ["recorded", "identified", "prepared", "answered"]
        for deed in ("rights.recorded", "rights.identified", "rights.prepared", "rights.answered"):
            assert Trace.objects.filter(deed=deed, subject_ref=asked.ref).count() == 1
        assert "Alix" not in str(list(Trace.objects.values_list("detail", flat=True)))


def test_a_rectification_keeps_what_stood_there(
    denis: Agent, holder_of_the_file: Agent, lea: Minor
) -> None:
    asked = identified(denis, ask(denis, kind=Kind.RECTIFICATION), lea.case_file.ref)
    access = identified(denis, ask(denis), lea.case_file.ref)
    with acting_as(holder_of_the_file):
        for field, text in ((Field.FAMILY_NAME, "Inventée-Fictive"), (Field.SCHOOL, "Collège")):
            correct_file(
                agent=holder_of_the_file, ref=asked.ref, field=field, corrected=text, now=NOON
            )
        with pytest.raises(NothingChanges):
            correct_file(
                agent=holder_of_the_file,
                ref=asked.ref,
                field=Field.SCHOOL,
                corrected="Collège",
                now=NOON,
            )
        with pytest.raises(NotARectification):
            correct_file(
                agent=holder_of_the_file,
                ref=access.ref,
                field=Field.SCHOOL,
                corrected="Lycée",
                now=NOON,
            )
    with as_owner():
        lea.refresh_from_db()
        assert (lea.family_name, lea.school) == ("Inventée-Fictive", "Collège")
        assert "FICTIVE" in lea.name_plain
        assert Correction.objects.get(field="family_name").former == "Inventée"
    with acting_as(denis):
        assert not Correction.objects.exists()


def test_a_refusal_has_its_reason_and_ends_it(denis: Agent) -> None:
    asked = ask(denis)
    with acting_as(denis):
        refused = refuse_request(
            agent=denis, ref=asked.ref, reason="Identité non vérifiée.", now=NOON
        )
        assert refused.status == Status.REFUSED
        assert bytes(refused.letter or b"").startswith(b"%PDF")
        for again in (answer_request, lambda **k: extend_delay(reason="x", **k)):
            with pytest.raises(OutOfTurn):
                again(agent=denis, ref=asked.ref, now=NOON)


@settings(max_examples=15, deadline=None)
@given(day=st.dates(date(2024, 1, 1), date(2026, 3, 9)))
def test_the_month_is_always_a_month(day: date) -> None:
    from fanal.ground.deadlines.terms import RuleCode
    from fanal.ground.deadlines.use_cases import due
    from fanal.ground.territory.models import ChildWelfareAuthority

    nord = ChildWelfareAuthority.objects.get(code="59")
    since = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    month = due(rule=RuleCode.RIGHTS_ANSWER, authority=nord, since=since).due_on
    longer = due(rule=RuleCode.RIGHTS_ANSWER_EXTENDED, authority=nord, since=since).due_on

    assert 28 <= (month - day).days <= 31
    assert 89 <= (longer - day).days <= 92


def test_those_who_answer_are_told_on_the_days_of_the_rule_then_each_day_late(
    denis: Agent, nadia: Agent
) -> None:
    ask(denis)
    due = datetime(2026, 4, 9, 4, tzinfo=UTC)
    told = {
        days: remind_answers(now=due + timedelta(days=days)) for days in (-11, -10, -4, -3, 0, 1, 9)
    }

    assert told == {-11: 0, -10: 1, -4: 0, -3: 1, 0: 1, 1: 1, 9: 1}
    assert set(past(Notification).values_list("agent", flat=True)) == {denis.pk}
    assert list(past(Notification).order_by("pk").values_list("urgent", flat=True)) == [
        *[False] * 3,
        *[True] * 2,
    ]


def test_an_answered_request_is_not_said_again_and_an_extended_one_later(denis: Agent) -> None:
    longer, refused = ask(denis), ask(denis)
    with acting_as(denis):
        extend_delay(agent=denis, ref=longer.ref, reason="Dossier long.", now=NOON)
        refuse_request(agent=denis, ref=refused.ref, reason="Infondée.", now=NOON)

    assert remind_answers(now=datetime(2026, 4, 9, 4, tzinfo=UTC)) == 0
    assert remind_answers(now=datetime(2026, 6, 9, 4, tzinfo=UTC)) == 1


def test_the_last_day_is_the_one_of_the_authority(denis: Agent) -> None:
    asked = ask(denis)
    # The same instant: the ninth in Lille, the tenth in Saint-Denis de La Réunion.
    night = datetime(2026, 4, 9, 21, tzinfo=UTC)
    with acting_as(denis):
        assert not requests_of(denis).filter(late(denis, now=night)).exists()
    past(RightsRequest).filter(pk=asked.pk).update(authority_id="974")
    past(Organisation).filter(pk=denis.postings.get().organisation_id).update(authority_id="974")
    with acting_as(denis):
        assert requests_of(denis).filter(late(denis, now=night)).exists()
