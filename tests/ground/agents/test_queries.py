from __future__ import annotations

from datetime import date

import pytest

from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.agents.queries import UnknownOrganisation, agents_of, find_organisation
from fanal.ground.agents.terms import Role
from fanal.ground.territory.models import ChildWelfareAuthority

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    "said", ["tilleuls", " TILLEULS ", "Collège des Tilleuls (inventé)", "ref"]
)
def test_an_organisation_is_found_by_each_of_its_names(school: Organisation, said: str) -> None:
    OrganisationFactory()

    assert find_organisation(str(school.ref) if said == "ref" else said) == school


@pytest.mark.parametrize(
    "said", ["", "til", "Collège", "%", "00000000-0000-4000-8000-000000000000", "tilleuls; DROP"]
)
def test_an_unknown_organisation_is_refused_with_where_to_look(
    school: Organisation, said: str
) -> None:
    with pytest.raises(UnknownOrganisation, match="fanal organisations list"):
        find_organisation(said)


def test_a_very_long_name_is_not_repeated_whole() -> None:
    with pytest.raises(UnknownOrganisation) as refusal:
        find_organisation("x" * 5000)

    assert len(refusal.value.message) < 300


def test_a_short_name_comes_before_another_organisation_s_name(school: Organisation) -> None:
    OrganisationFactory(name="tilleuls", slug="autre")

    assert find_organisation("tilleuls") == school


def test_agents_of_an_authority_are_those_who_hold_the_role_that_day(nord: Organisation) -> None:
    def posted(since: date, until: date | None = None, role: str = "crip") -> Agent:
        agent = AgentFactory()
        PostingFactory(agent=agent, organisation=nord, role=role, since=since, until=until)
        return agent

    today = posted(date(2026, 3, 9), date(2026, 3, 9))
    always = posted(date(2020, 1, 1))
    posted(date(2026, 3, 10))
    posted(date(2020, 1, 1), date(2026, 3, 8))
    posted(date(2020, 1, 1), role="referent")
    gone = posted(date(2020, 1, 1))
    Agent.objects.filter(pk=gone.pk).update(is_active=False)

    authority = ChildWelfareAuthority.objects.get(pk="59")
    assert set(agents_of(authority, Role.CRIP, on=TODAY)) == {today, always}


def test_an_agent_with_two_roles_is_counted_once(nord: Organisation) -> None:
    agent = AgentFactory()
    for role in ("crip", "on_call"):
        PostingFactory(agent=agent, organisation=nord, role=role)

    authority = ChildWelfareAuthority.objects.get(pk="59")
    assert agents_of(authority, Role.CRIP, Role.ON_CALL, on=TODAY) == [agent]


def test_agents_of_another_authority_are_left_out(nadia: Agent, paul: Agent) -> None:
    authority = ChildWelfareAuthority.objects.get(pk="13")

    assert agents_of(authority, Role.CRIP, on=TODAY) == [paul]


def test_a_role_is_held_once_at_a_time(nadia: Agent, nord: Organisation) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        PostingFactory(agent=nadia, organisation=nord, role="crip")
    assert Posting.objects.filter(agent=nadia).count() == 1


@pytest.mark.parametrize("kind", ["child_welfare", "prosecution"])
def test_a_service_says_for_whom_it_answers(db: None, kind: str) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(kind=kind)
