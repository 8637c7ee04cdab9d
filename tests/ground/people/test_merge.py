"""Two files found to be one minor's: read together, then apart again, nobody forgotten inside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from factories import (
    NOON,
    CaseFileFactory,
    ExclusionFactory,
    GrantFactory,
    MinorFactory,
    PostingFactory,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile, Exclusion, Grant
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.ground.people.models import Merge, Minor
from fanal.ground.people.queries import files_of
from fanal.ground.people.use_cases import (
    AlreadyMerged,
    BothFollowed,
    OtherAuthority,
    SameFile,
    Sealed,
    merge_files,
    undo_merge,
)
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment() -> datetime:
    """PostgreSQL dates a whole test from its beginning: what is granted must not start later."""
    return now() - timedelta(minutes=5)


@pytest.fixture
def again(lea: Minor) -> Minor:
    """Léa, reported a second time under another spelling."""
    return MinorFactory(given_names="Lea", family_name="Inventé")


def merge(agent: Agent, kept: Minor, absorbed: Minor, at: datetime) -> Merge:
    with acting_as(agent):
        return merge_files(
            agent=agent,
            kept=kept.case_file.ref,
            absorbed=absorbed.case_file.ref,
            reason="même enfant (inventé)",
            now=at,
        )


def undo(agent: Agent, merged: Merge, at: datetime) -> Merge:
    with acting_as(agent):
        return undo_merge(agent=agent, ref=merged.ref, now=at)


def seen_by(agent: Agent) -> set[int]:
    with acting_as(agent):
        return set(Minor.objects.values_list("pk", flat=True))


def test_merged_files_are_read_together(
    lea: Minor, again: Minor, nadia: Agent, moment: datetime
) -> None:
    merge(nadia, lea, again, moment)

    with acting_as(nadia):
        for minor in (lea, again):
            case_file = CaseFile.objects.get(pk=minor.case_file_id)
            assert set(files_of(case_file)) == {lea.case_file, again.case_file}


def test_nothing_moves(lea: Minor, again: Minor, nadia: Agent, moment: datetime) -> None:
    merge(nadia, lea, again, moment)

    with as_owner():
        assert Minor.objects.get(pk=again.pk).case_file == again.case_file
        assert Minor.objects.get(pk=again.pk).family_name == "Inventé"


def test_a_merge_is_traced_with_its_reason(
    lea: Minor, again: Minor, nadia: Agent, moment: datetime
) -> None:
    merged = merge(nadia, lea, again, moment)

    assert (merged.agent, merged.reason, merged.at) == (nadia, "même enfant (inventé)", moment)
    with as_owner():
        trace = Trace.objects.get(deed="minor.merge")
    assert trace.case_file_ref == lea.case_file.ref
    assert trace.detail == {"absorbed": str(again.case_file.ref)}


@pytest.mark.parametrize("held", ["kept", "absorbed"])
def test_whoever_holds_one_file_holds_both(
    lea: Minor, again: Minor, nadia: Agent, claire: Agent, moment: datetime, held: str
) -> None:
    GrantFactory(case_file=(lea if held == "kept" else again).case_file, agent=claire)

    merged = merge(nadia, lea, again, moment)

    assert seen_by(claire) == {lea.pk, again.pk}
    undo(nadia, merged, moment + timedelta(minutes=1))
    assert seen_by(claire) == {(lea if held == "kept" else again).pk}


def test_the_access_of_a_stand_in_to_come_is_opened_to_both(
    lea: Minor, again: Minor, nadia: Agent, claire: Agent, moment: datetime
) -> None:
    since, until = moment + timedelta(days=3), moment + timedelta(days=9)
    GrantFactory(
        case_file=lea.case_file,
        agent=claire,
        capacity="stand_in",
        starts_at=since,
        ends_at=until,
    )

    merged = merge(nadia, lea, again, moment)

    opened = past(Grant).filter(case_file=again.case_file)
    assert list(opened.values_list("agent", "starts_at", "ends_at")) == [(claire.pk, since, until)]
    undo(nadia, merged, moment + timedelta(days=1))
    assert not opened.filter(ends_at__gt=since).exists()
    assert past(Grant).get(case_file=lea.case_file).ends_at == until


def test_an_access_that_has_ended_is_not_reopened(
    lea: Minor, again: Minor, nadia: Agent, claire: Agent, moment: datetime
) -> None:
    GrantFactory(case_file=lea.case_file, agent=claire, ends_at=datetime(2021, 1, 1, tzinfo=UTC))

    merge(nadia, lea, again, moment)

    assert seen_by(claire) == set()


def test_undoing_leaves_each_with_what_they_held(
    lea: Minor, again: Minor, nadia: Agent, claire: Agent, karim: Agent, moment: datetime
) -> None:
    GrantFactory(case_file=lea.case_file, agent=claire)
    GrantFactory(case_file=again.case_file, agent=claire, capacity="evaluator")
    GrantFactory(case_file=again.case_file, agent=karim, capacity="evaluator")

    undo(nadia, merge(nadia, lea, again, moment), moment + timedelta(minutes=1))

    assert seen_by(claire) == {lea.pk, again.pk}
    assert seen_by(karim) == {again.pk}
    living = past(Grant).living(at=now()).values_list("case_file", "agent", "capacity")
    assert set(living) == {
        (lea.case_file_id, claire.pk, "referent"),
        (again.case_file_id, claire.pk, "evaluator"),
        (again.case_file_id, karim.pk, "evaluator"),
    }


def test_an_excluded_agent_sees_neither_file_of_the_minor(
    lea: Minor, again: Minor, nadia: Agent, ines: Agent, moment: datetime
) -> None:
    ExclusionFactory(case_file=again.case_file, agent=ines)
    assert seen_by(ines) == {lea.pk}

    merged = merge(nadia, lea, again, moment)

    assert seen_by(ines) == set()
    undo(nadia, merged, moment + timedelta(minutes=1))
    assert seen_by(ines) == {lea.pk}
    assert past(Exclusion).get().case_file_id == again.case_file_id


@pytest.mark.parametrize("sealed", ["kept", "absorbed"])
def test_a_sealed_file_is_not_merged(
    lea: Minor, nadia: Agent, moment: datetime, sealed: str
) -> None:
    secret = MinorFactory(case_file=CaseFileFactory(sealed_at=NOON, seal_reason="motif inventé"))
    GrantFactory(case_file=secret.case_file, agent=nadia)
    kept, absorbed = (secret, lea) if sealed == "kept" else (lea, secret)

    with pytest.raises(Sealed):
        merge(nadia, kept, absorbed, moment)


def test_a_file_that_one_does_not_see_is_not_merged(
    lea: Minor, nadia: Agent, paul: Agent, moment: datetime
) -> None:
    elsewhere = MinorFactory(case_file=CaseFileFactory(authority_id="13"))

    for agent, kept, absorbed in ((nadia, lea, elsewhere), (paul, lea, elsewhere)):
        with pytest.raises(NotVisible):
            merge(agent, kept, absorbed, moment)


def test_a_file_that_does_not_exist_is_not_merged(
    lea: Minor, nadia: Agent, moment: datetime
) -> None:
    with acting_as(nadia), pytest.raises(NotVisible):
        merge_files(agent=nadia, kept=lea.case_file.ref, absorbed=uuid4(), reason="", now=moment)


def test_files_of_two_authorities_are_not_merged(
    lea: Minor, nadia: Agent, paul: Agent, moment: datetime
) -> None:
    """Even by somebody who works for both."""
    elsewhere = MinorFactory(case_file=CaseFileFactory(authority_id="13"))
    there = paul.postings.first()
    assert there is not None
    PostingFactory(agent=nadia, organisation=there.organisation, role="crip")

    with pytest.raises(OtherAuthority):
        merge(nadia, lea, elsewhere, moment)


def test_a_file_is_not_merged_with_itself(lea: Minor, nadia: Agent, moment: datetime) -> None:
    with pytest.raises(SameFile):
        merge(nadia, lea, lea, moment)


def test_two_files_with_a_referent_each_are_not_merged(
    lea: Minor, again: Minor, nadia: Agent, moment: datetime
) -> None:
    GrantFactory(case_file=lea.case_file)
    GrantFactory(case_file=again.case_file)

    with pytest.raises(BothFollowed):
        merge(nadia, lea, again, moment)


def test_a_file_is_merged_once(lea: Minor, again: Minor, nadia: Agent, moment: datetime) -> None:
    third = MinorFactory()
    merge(nadia, lea, again, moment)

    for kept, absorbed in ((lea, again), (third, again), (again, third), (third, lea)):
        with pytest.raises(AlreadyMerged):
            merge(nadia, kept, absorbed, moment)


def test_several_files_are_merged_into_one(
    lea: Minor, again: Minor, nadia: Agent, moment: datetime
) -> None:
    third = MinorFactory()
    merge(nadia, lea, again, moment)
    merge(nadia, lea, third, moment)

    with acting_as(nadia):
        assert files_of(CaseFile.objects.get(pk=third.case_file_id)).count() == 3


def test_a_merge_is_undone_once(lea: Minor, again: Minor, nadia: Agent, moment: datetime) -> None:
    merged = merge(nadia, lea, again, moment)
    undone = undo(nadia, merged, moment)

    assert (undone.undone_by, undone.undone_at) == (nadia, moment)
    with pytest.raises(NotVisible):
        undo(nadia, merged, moment)


def test_a_merge_undone_may_be_made_again(
    lea: Minor, again: Minor, nadia: Agent, moment: datetime
) -> None:
    undo(nadia, merge(nadia, lea, again, moment), moment)
    merge(nadia, again, lea, moment)

    with as_owner():
        assert Merge.objects.count() == 2


def test_a_stranger_undoes_nothing(
    lea: Minor, again: Minor, nadia: Agent, paul: Agent, moment: datetime
) -> None:
    merged = merge(nadia, lea, again, moment)

    with pytest.raises(NotVisible):
        undo(paul, merged, moment)
