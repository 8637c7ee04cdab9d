from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from factories import GrantFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor, Tie
from fanal.ground.people.terms import TieKind
from fanal.ground.people.use_cases import tie_minors
from rows import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(lea: Minor) -> Minor:
    return MinorFactory(given_names="Tom", family_name="Inventé")


def tie(agent: Agent, one: Minor, other: Minor, kind: TieKind = TieKind.SIBLING) -> None:
    with acting_as(agent):
        tie_minors(case_file=one.case_file, other=other.case_file, kind=kind)


def test_a_tie_is_written_once_for_both(lea: Minor, tom: Minor, nadia: Agent) -> None:
    tie(nadia, lea, tom)
    tie(nadia, lea, tom)
    tie(nadia, tom, lea)

    with as_owner():
        assert Tie.objects.count() == 1


def test_saying_it_again_keeps_the_first_word(lea: Minor, tom: Minor, nadia: Agent) -> None:
    tie(nadia, lea, tom)
    tie(nadia, lea, tom, TieKind.HOUSEHOLD)

    with as_owner():
        assert Tie.objects.get().kind == TieKind.SIBLING


def test_nobody_is_tied_to_themselves(lea: Minor, nadia: Agent) -> None:
    tie(nadia, lea, lea)

    with as_owner():
        assert not Tie.objects.exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            Tie.objects.create(case_file=lea.case_file, other=lea.case_file, kind="sibling")


def test_a_tie_is_seen_by_who_sees_both_files(
    lea: Minor, tom: Minor, nadia: Agent, claire: Agent, paul: Agent
) -> None:
    tie(nadia, lea, tom)
    GrantFactory(case_file=lea.case_file, agent=claire)

    for agent, seen in ((nadia, 1), (claire, 0), (paul, 0)):
        with acting_as(agent):
            assert Tie.objects.count() == seen
    GrantFactory(case_file=tom.case_file, agent=claire)
    with acting_as(claire):
        assert Tie.objects.count() == 1
