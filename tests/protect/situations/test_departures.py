"""Nobody leaves while a minor is theirs to answer for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate, now

from factories import CaseFileFactory, GrantFactory, MinorFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.errors import NotVisible
from fanal.protect.situations.models import Situation
from fanal.protect.situations.use_cases import declare_absence, end_posting, hand_over
from fanal.protect.situations.use_cases.departures import (
    AlreadyEnded,
    StillAccountable,
    StillStandingIn,
)
from fanal.protect.situations.use_cases.opening import NotSupervisor
from protect.situations.following import begin
from rows import as_owner

pytestmark = pytest.mark.django_db


def leave(agent: Agent, leaving: Agent, last_day: date | None = None) -> Posting:
    posting = Posting.objects.get(agent=leaving, until__isnull=True)
    with acting_as(agent):
        return end_posting(
            agent=agent, posting_id=posting.pk, last_day=last_day or localdate(), now=now()
        )


def test_a_departure_waits_for_the_hand_over(
    ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    with pytest.raises(StillAccountable, match="Claire Inventé répond encore de 1 situation :"):
        leave(ines, claire)

    with acting_as(ines):
        hand_over(
            agent=ines,
            authority=followed.authority,
            giver=claire,
            taker=yanis,
            reason="Départ",
            now=now(),
        )

    assert leave(ines, claire).until == localdate()


def test_a_departure_to_come_waits_too(ines: Agent, claire: Agent, followed: Situation) -> None:
    with pytest.raises(StillAccountable):
        leave(ines, claire, localdate() + timedelta(days=60))


def test_sealed_files_count_and_stay_unseen(ines: Agent, hugo: Agent, claire: Agent) -> None:
    held = CaseFileFactory()
    GrantFactory(case_file=held, agent=ines)
    sealed = begin(ines, claire, MinorFactory(case_file=held))
    with as_owner():
        held.sealed_at, held.seal_reason = now(), "invention"
        held.save()
    with acting_as(hugo):
        assert not Situation.objects.filter(pk=sealed.pk).exists()

    with pytest.raises(StillAccountable):
        leave(hugo, claire)


def test_another_posting_of_the_same_authority_is_enough(
    ines: Agent, claire: Agent, nord: Organisation, followed: Situation
) -> None:
    posting = Posting.objects.get(agent=claire)
    PostingFactory(agent=claire, organisation=nord, role="supervisor")

    with acting_as(ines):
        end_posting(agent=ines, posting_id=posting.pk, last_day=localdate(), now=now())

    posting.refresh_from_db()
    assert posting.until == localdate()


def test_a_stand_in_does_not_leave_before_the_absence_is_over(
    ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    with acting_as(claire):
        declare_absence(
            agent=claire,
            absent=claire,
            stand_in=yanis,
            since=localdate(),
            until=localdate() + timedelta(days=5),
            now=now(),
        )

    with pytest.raises(StillStandingIn):
        leave(ines, yanis, localdate() + timedelta(days=2))
    assert leave(ines, yanis, localdate() + timedelta(days=5)).until is not None


def test_a_departure_is_written_by_those_who_supervise_there(
    claire: Agent, yanis: Agent, paul: Agent
) -> None:
    for agent in (claire, paul):
        with pytest.raises(NotSupervisor):
            leave(agent, yanis)


def test_a_posting_outside_child_protection_is_not_found(ines: Agent, sofia: Agent) -> None:
    with pytest.raises(NotVisible):
        leave(ines, sofia)


def test_a_posting_that_is_over_is_not_ended_again(ines: Agent, nord: Organisation) -> None:
    posting = PostingFactory(organisation=nord, role="referent", until=date(2024, 1, 1))

    with acting_as(ines), pytest.raises(AlreadyEnded):
        end_posting(agent=ines, posting_id=posting.pk, last_day=localdate(), now=now())


def yesterday() -> date:
    return localdate() - timedelta(days=2)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE agents_posting SET until = %(day)s WHERE agent_id = %(agent)s",
        "UPDATE agents_posting SET role = 'author' WHERE agent_id = %(agent)s",
        "DELETE FROM agents_posting WHERE agent_id = %(agent)s",
        "UPDATE agents_agent SET is_active = false WHERE id = %(agent)s",
    ],
)
def test_the_database_itself_lets_nobody_leave(
    claire: Agent, followed: Situation, sql: str
) -> None:
    with (
        pytest.raises(IntegrityError, match="departure_leaves_situations"),
        transaction.atomic(),
        as_owner(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, {"day": yesterday(), "agent": claire.pk})
