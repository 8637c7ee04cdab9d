"""A file opened by name: to whom, from when, until when."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now

from factories import NOON, CaseFileFactory, ExclusionFactory, GrantFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile, Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.access.use_cases import end_grant, end_grants, grant_file
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def moment() -> datetime:
    """PostgreSQL dates a whole test from its beginning: what is granted must not start later."""
    return now() - timedelta(minutes=5)


def grant(
    by: Agent,
    minor: Minor,
    to: Agent,
    since: datetime,
    until: datetime | None = None,
    capacity: Capacity = Capacity.REFERENT,
) -> None:
    with acting_as(by):
        grant_file(
            case_file=minor.case_file, agent=to, capacity=capacity, starts_at=since, ends_at=until
        )


def end(by: Agent, minor: Minor, of: Agent, at: datetime) -> None:
    with acting_as(by):
        end_grant(case_file=minor.case_file, agent=of, capacity=Capacity.REFERENT, now=at)


def seen_by(agent: Agent) -> set[int]:
    with acting_as(agent):
        return set(Minor.objects.values_list("pk", flat=True))


def periods() -> list[tuple[datetime, datetime | None]]:
    return list(past(Grant).order_by("starts_at", "pk").values_list("starts_at", "ends_at"))


def test_a_file_is_opened_and_closed_by_name(
    lea: Minor, nadia: Agent, claire: Agent, moment: datetime
) -> None:
    grant(nadia, lea, claire, moment)
    assert seen_by(claire) == {lea.pk}

    end(nadia, lea, claire, moment + timedelta(minutes=1))
    assert seen_by(claire) == set()


def test_granting_again_changes_nothing(
    lea: Minor, nadia: Agent, claire: Agent, moment: datetime
) -> None:
    for _ in range(2):
        grant(nadia, lea, claire, moment)
    grant(nadia, lea, claire, moment + DAY)
    grant(nadia, lea, claire, moment + DAY, moment + 3 * DAY)

    assert periods() == [(moment, None)]


def test_granting_again_for_a_period_changes_nothing(
    lea: Minor, nadia: Agent, claire: Agent, moment: datetime
) -> None:
    for _ in range(2):
        grant(nadia, lea, claire, moment, moment + 3 * DAY)

    assert periods() == [(moment, moment + 3 * DAY)]


def test_an_access_for_good_follows_one_for_a_time(
    lea: Minor, nadia: Agent, claire: Agent, moment: datetime
) -> None:
    """Whoever stood in for a week and then answers for the minor does not lose the file."""
    grant(nadia, lea, claire, moment, moment + DAY)
    grant(nadia, lea, claire, moment + timedelta(minutes=1))

    assert past(Grant).living(at=moment + 9 * DAY).exists()


def test_an_access_that_was_to_begin_later_begins_now(
    lea: Minor, nadia: Agent, claire: Agent, moment: datetime
) -> None:
    grant(nadia, lea, claire, moment + 5 * DAY)
    grant(nadia, lea, claire, moment)

    assert periods() == [(moment, None)]
    assert seen_by(claire) == {lea.pk}


def test_two_capacities_are_two_accesses(
    lea: Minor, nadia: Agent, claire: Agent, moment: datetime
) -> None:
    grant(nadia, lea, claire, moment)
    grant(nadia, lea, claire, moment, capacity=Capacity.EVALUATOR)

    end(nadia, lea, claire, moment)

    assert seen_by(claire) == {lea.pk}


@pytest.mark.parametrize("since", [timedelta(minutes=1), DAY])
def test_an_access_to_come_opens_nothing_yet(
    lea: Minor, nadia: Agent, claire: Agent, moment: datetime, since: timedelta
) -> None:
    grant(nadia, lea, claire, now() + since)

    assert seen_by(claire) == set()


def test_ending_an_access_to_come_forbids_its_beginning(
    lea: Minor, nadia: Agent, claire: Agent, moment: datetime
) -> None:
    grant(nadia, lea, claire, moment + 5 * DAY, moment + 9 * DAY)

    end(nadia, lea, claire, moment)

    assert not past(Grant).living(at=moment + 6 * DAY).exists()


def test_what_is_over_is_not_rewritten(lea: Minor, nadia: Agent, moment: datetime) -> None:
    over = GrantFactory(case_file=lea.case_file, ends_at=datetime(2021, 1, 1, tzinfo=NOON.tzinfo))

    with acting_as(nadia):
        end_grants(Grant.objects.all(), now=moment)

    assert past(Grant).get().ends_at == over.ends_at


def test_merged_files_are_opened_and_closed_together(
    lea: Minor, nadia: Agent, claire: Agent, moment: datetime
) -> None:
    absorbed = MinorFactory(case_file=CaseFileFactory(merged_into=lea.case_file))
    other = MinorFactory()

    grant(nadia, lea, claire, moment)
    assert seen_by(claire) == {lea.pk, absorbed.pk}
    assert other.pk not in seen_by(claire)

    end(nadia, lea, claire, moment + timedelta(minutes=1))
    assert seen_by(claire) == set()


def test_a_sealed_file_is_open_to_its_holders_alone(
    nadia: Agent, ines: Agent, omar: Agent, claire: Agent, karim: Agent
) -> None:
    """The roles that span the authority see nothing of it, not even that it exists."""
    sealed = MinorFactory(case_file=CaseFileFactory(sealed_at=NOON, seal_reason="motif inventé"))
    GrantFactory(case_file=sealed.case_file, agent=claire)

    for agent in (nadia, ines, omar, karim):
        assert seen_by(agent) == set()
        with acting_as(agent):
            assert not CaseFile.objects.exists()
    assert seen_by(claire) == {sealed.pk}


def test_a_supervisor_named_on_a_sealed_file_enters_it(ines: Agent) -> None:
    sealed = MinorFactory(case_file=CaseFileFactory(sealed_at=NOON, seal_reason="motif inventé"))
    GrantFactory(case_file=sealed.case_file, agent=ines)

    assert seen_by(ines) == {sealed.pk}


def test_an_exclusion_is_stronger_than_a_name(lea: Minor, claire: Agent) -> None:
    GrantFactory(case_file=lea.case_file, agent=claire)
    ExclusionFactory(case_file=lea.case_file, agent=claire)

    assert seen_by(claire) == set()


def test_a_seal_has_a_reason(db: None) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFileFactory(sealed_at=NOON)


def test_a_file_is_not_merged_into_itself(lea: Minor) -> None:
    from django.db import IntegrityError, transaction

    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        CaseFile.objects.filter(pk=lea.case_file_id).update(merged_into=lea.case_file_id)
