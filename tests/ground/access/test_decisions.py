"""The one decision, from the postings of the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.access.decisions import authorities_of, holds, postings_of, rights_of, roles_of
from fanal.ground.access.terms import RIGHTS, Right
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.agents.terms import AUTHORITY_WIDE, Role

pytestmark = pytest.mark.django_db


def fresh(agent: Agent) -> Agent:
    """The agent of another request: nothing is remembered."""
    return Agent.objects.get(pk=agent.pk)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_the_rights_that_are_written(nord: Organisation, role: Role) -> None:
    agent = AgentFactory()
    PostingFactory(agent=agent, organisation=nord, role=role)

    assert rights_of(agent) == RIGHTS[role]
    assert [right for right in Right if holds(agent, right)] == [
        right for right in Right if right in RIGHTS[role]
    ]


def test_several_roles_add_up(nord: Organisation) -> None:
    agent = AgentFactory()
    for role in (Role.AUTHOR, Role.PARQUET):
        PostingFactory(agent=agent, organisation=nord, role=role)

    assert rights_of(agent) == RIGHTS[Role.AUTHOR] | RIGHTS[Role.PARQUET]
    assert roles_of(agent) == {Role.AUTHOR, Role.PARQUET}


@pytest.mark.parametrize(
    ("since", "until", "current"),
    [
        (-10, None, True),
        (0, None, True),
        (0, 0, True),
        (-10, 1, True),
        (-10, -1, False),
        (1, None, False),
    ],
)
def test_a_posting_counts_from_its_first_day_to_its_last(
    nord: Organisation, since: int, until: int | None, current: bool
) -> None:
    today = localdate()
    agent = AgentFactory()
    PostingFactory(
        agent=agent,
        organisation=nord,
        role="crip",
        since=today + timedelta(days=since),
        until=None if until is None else today + timedelta(days=until),
    )

    assert holds(agent, Right.QUALIFY_CONCERNS) is current
    assert bool(authorities_of(fresh(agent))) is current


def test_an_agent_without_a_posting_has_no_right() -> None:
    agent = AgentFactory()

    assert rights_of(agent) == set()
    assert holds(agent, None)


def test_a_closed_account_has_no_right(nadia: Agent) -> None:
    Agent.objects.filter(pk=nadia.pk).update(is_active=False)

    assert not any(holds(fresh(nadia), right) for right in Right)


def test_nobody_answers_for_the_whole_authority_but_three_roles(nord: Organisation) -> None:
    for role in Role:
        agent = AgentFactory()
        PostingFactory(agent=agent, organisation=nord, role=role)
        assert bool(authorities_of(agent)) is (role in AUTHORITY_WIDE)


def test_an_agent_of_two_services_of_one_authority_answers_for_it_once(nord: Organisation) -> None:
    agent = AgentFactory()
    other = OrganisationFactory(kind="child_welfare", authority_id="59")
    for organisation in (nord, other):
        PostingFactory(agent=agent, organisation=organisation, role="supervisor")

    assert [one.pk for one in authorities_of(agent)] == ["59"]


def test_postings_are_read_once_per_request(
    nadia: Agent, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        for _ in range(3):
            holds(nadia, Right.SCREEN)
            authorities_of(nadia)


def test_a_posting_that_ended_meanwhile_is_seen_at_the_next_request(nadia: Agent) -> None:
    assert postings_of(nadia)
    Posting.objects.filter(agent=nadia).update(until=date(2021, 1, 1))

    assert postings_of(fresh(nadia)) == []


def test_no_role_both_proposes_and_signs_alone() -> None:
    """The second signature belongs to the supervisor."""
    assert [role for role in Role if Right.SIGN_DECISIONS in RIGHTS[role]] == [Role.SUPERVISOR]
    assert RIGHTS[Role.ADMINISTRATOR] == {Right.MANAGE_AGENTS}, "no file opens to them"
