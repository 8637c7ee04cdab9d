"""A file is opened with what is known; files that may be the same minor's are only noted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import NOON, AgentFactory, MinorFactory, PostingFactory
from fanal.ground.access.asking import acting_as, receiving_for
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.people.births import Birth
from fanal.ground.people.models import Holder, Minor, PossibleMatch
from fanal.ground.people.terms import BirthPrecision
from fanal.ground.people.use_cases import NewMinor, open_file
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import find_commune
from rows import as_owner

pytestmark = pytest.mark.django_db


def received(agent: Agent, code: str = "59", **said: Any) -> Minor:
    authority = ChildWelfareAuthority.objects.get(pk=code)
    about = {
        "given_names": "Léa",
        "family_name": "Inventée",
        "birth": Birth(date(2011, 5, 20), BirthPrecision.DAY),
        "sex": "F",
        "commune": find_commune("59350"),
    } | said
    with acting_as(agent), receiving_for(authority):
        return open_file(authority=authority, minor=NewMinor(**about), now=NOON)


def matches() -> list[tuple[int, int]]:
    with as_owner():
        return list(PossibleMatch.objects.values_list("case_file__minor", "other__minor"))


def test_a_file_keeps_what_is_known_and_its_search_keys(sofia: Agent, nadia: Agent) -> None:
    minor = received(sofia, holders=[{"name": "Parent Inventé", "tie": "mère", "contact": ""}])

    with acting_as(nadia):
        kept = Minor.objects.get(pk=minor.pk)
        assert kept.name_plain == "LEA INVENTEE"
        assert "#NVNT" not in kept.name_keys
        assert kept.name_keys
        assert kept.initials == "L. I."
        assert Holder.objects.get().case_file == kept.case_file


def test_who_sends_does_not_see_the_file(sofia: Agent) -> None:
    received(sofia)

    with acting_as(sofia):
        assert not Minor.objects.exists()


def test_a_second_file_of_the_authority_is_noted_as_a_possible_match(
    sofia: Agent, lea: Minor
) -> None:
    second = received(sofia)

    assert matches() == [(lea.pk, second.pk)]


def test_reasons_are_kept_in_words(sofia: Agent, lea: Minor) -> None:
    received(sofia)

    with as_owner():
        kept = PossibleMatch.objects.get().reasons
    assert kept == ["même nom", "même prénom", "même date de naissance"]


def test_no_match_crosses_from_an_authority_to_another(
    sofia: Agent, lea: Minor, nadia: Agent, paul: Agent
) -> None:
    """Whoever transfers a concern sees their own files while writing at the other's desk."""
    there = received(nadia, code="13")
    PostingFactory(agent=AgentFactory(), organisation=paul.postings.first().organisation)

    assert matches() == []
    with acting_as(paul):
        assert Minor.objects.get() == there


def test_an_estimated_age_is_noted_as_such(sofia: Agent, lea: Minor) -> None:
    received(sofia, birth=Birth(date(2011, 5, 20), BirthPrecision.AGE))

    with as_owner():
        assert PossibleMatch.objects.get().reasons[-1] == "âge voisin"


def test_a_name_that_grows_when_it_loses_its_ligatures_still_fits(
    sofia: Agent, nord: Organisation
) -> None:
    minor = received(sofia, given_names="ﷺ" * 200, family_name="Œ" * 200)

    assert len(minor.name_plain) <= 402


def test_a_minor_of_whom_only_a_first_name_is_known_has_a_file(
    sofia: Agent, nord: Organisation
) -> None:
    minor = received(sofia, family_name="")

    assert (minor.full_name, minor.initials) == ("Léa", "L.")


@pytest.mark.parametrize(
    ("precision", "on", "words"),
    [
        ("day", date(2026, 5, 20), "15 ans"),
        ("age", date(2026, 5, 20), "environ 15 ans"),
        ("day", date(2012, 6, 1), "1 an"),
        ("day", date(2011, 6, 1), "0 an"),
    ],
)
def test_an_age_is_said_in_words(db: None, precision: str, on: date, words: str) -> None:
    assert MinorFactory(birth_precision=precision).age_in_words(on) == words
