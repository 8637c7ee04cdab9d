"""Search before create: who may be the same minor, in what the agent sees, and why."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from factories import (
    NOON,
    CaseFileFactory,
    ExclusionFactory,
    GrantFactory,
    MinorFactory,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor
from fanal.ground.people.queries import PossibleMinor, called, possible_minors
from fanal.ground.people.terms import BirthPrecision

pytestmark = pytest.mark.django_db

BIRTH = date(2011, 5, 20)


def asked(agent: Agent, **said: Any) -> list[PossibleMinor]:
    about = {"given_names": "Léa", "family_name": "Inventée", "birth_date": BIRTH} | said
    with acting_as(agent):
        return possible_minors(**about)


def reasons(agent: Agent, **said: Any) -> list[str]:
    """Why Léa Inventée, born 20 May 2011, may be this one; empty when she is not proposed."""
    found = asked(agent, **said)
    return found[0].reasons if found else []


def test_the_same_name_and_birth_date_say_so(lea: Minor, nadia: Agent) -> None:
    assert reasons(nadia) == ["même nom", "même prénom", "même date de naissance"]


def test_another_authority_finds_nobody(lea: Minor, paul: Agent) -> None:
    assert asked(paul) == []


def test_an_agent_without_the_file_finds_nobody(lea: Minor, claire: Agent, sofia: Agent) -> None:
    assert asked(claire) == asked(sofia) == []


def test_a_referent_finds_among_the_files_that_they_hold(lea: Minor, claire: Agent) -> None:
    GrantFactory(case_file=lea.case_file, agent=claire)

    assert [one.minor for one in asked(claire)] == [lea]


def test_an_excluded_agent_finds_nobody(lea: Minor, nadia: Agent) -> None:
    ExclusionFactory(case_file=lea.case_file, agent=nadia)

    assert asked(nadia) == []


def test_a_sealed_file_is_proposed_to_nobody_but_its_holders(nadia: Agent, claire: Agent) -> None:
    sealed = CaseFileFactory(sealed_at=NOON, seal_reason="enfant d'un agent (inventé)")
    MinorFactory(case_file=sealed)
    GrantFactory(case_file=sealed, agent=claire)

    assert asked(nadia) == []
    assert len(asked(claire)) == 1


def test_swapped_names_are_found_and_said(lea: Minor, nadia: Agent) -> None:
    said = {"given_names": "Inventée", "family_name": "Léa"}

    assert reasons(nadia, **said)[0] == "nom et prénom inversés"


def test_a_day_and_a_month_swapped_are_found_and_said(nadia: Agent) -> None:
    MinorFactory(birth_date=date(2011, 5, 8))

    said = reasons(nadia, birth_date=date(2011, 8, 5))

    assert said[-1] == "jour et mois de naissance inversés"


def test_a_false_age_is_found_and_said(lea: Minor, nadia: Agent) -> None:
    """She says that she is of age: the day is hers, the year is not."""
    said = reasons(nadia, birth_date=date(2007, 5, 20))

    assert said[-1] == "même jour de naissance, autre année"


def test_a_neighbouring_year_is_found_and_said(lea: Minor, nadia: Agent) -> None:
    assert reasons(nadia, birth_date=date(2012, 7, 1))[-1] == "année de naissance voisine"


@pytest.mark.parametrize("estimated", ["asked", "known"])
def test_an_estimated_age_is_never_the_same_birth_date(nadia: Agent, estimated: str) -> None:
    """Whichever of the two was estimated: they mean the same thing both ways."""
    known = BirthPrecision.AGE if estimated == "known" else BirthPrecision.DAY
    MinorFactory(birth_precision=known)
    precision = BirthPrecision.AGE if estimated == "asked" else BirthPrecision.DAY

    for birth in (BIRTH, date(2012, 12, 1)):
        said = reasons(nadia, birth_date=birth, birth_precision=precision)
        assert said[-1] == "âge voisin"
    assert asked(nadia, birth_date=date(2014, 1, 1), birth_precision=precision) == []


def test_a_birth_date_far_away_excludes(lea: Minor, nadia: Agent) -> None:
    assert asked(nadia, birth_date=date(2017, 1, 2)) == []


def test_an_unknown_birth_date_excludes_nobody(lea: Minor, nadia: Agent) -> None:
    assert reasons(nadia, birth_date=None) == ["même nom", "même prénom"]


@pytest.mark.parametrize(
    ("known", "said", "reason"),
    [
        (("Catherine", "Dupond"), ("Katrine", "Dupont"), "même nom à l'oreille"),
        (("Camille", "Inventée"), ("Camylle", "Inventrée"), "écriture voisine"),
        (("Muhammad", "Fictif"), ("Mohamed", "Fectouf"), "mêmes consonnes"),
        (("Léa Marie", "Inventée"), ("Léa", "Inventée"), "une partie du nom en commun"),
        (("Léa", ""), ("Léa", "Inventée"), "une partie du nom en commun"),
        (("Marie Léa", "Inventée"), ("Léa", "Inventée Marie"), "mêmes mots dans le nom"),
        (("", "Inventée"), ("", "INVENTEE"), "même nom"),
        (("Yanis", "Le Goff"), ("Yanis", "Legoff"), "écriture voisine"),
    ],
)
def test_each_likeness_has_its_words(
    nadia: Agent, known: tuple[str, str], said: tuple[str, str], reason: str
) -> None:
    MinorFactory(given_names=known[0], family_name=known[1])

    assert reasons(nadia, given_names=said[0], family_name=said[1])[0] == reason


def test_a_single_name_is_not_said_to_be_two(nadia: Agent) -> None:
    MinorFactory(given_names="Léa", family_name="")

    assert reasons(nadia, family_name="") == ["même nom", "même date de naissance"]


def test_one_name_of_two_is_not_enough(lea: Minor, nadia: Agent) -> None:
    """Another child of the family, or a namesake by the first name."""
    assert asked(nadia, given_names="Victor") == []
    assert asked(nadia, given_names="Léo") == []
    assert asked(nadia, family_name="Zylberstein") == []


def test_two_children_known_by_an_initial_are_not_one(nadia: Agent) -> None:
    MinorFactory(given_names="Inès", family_name="D.")

    assert asked(nadia, given_names="Inès", family_name="T.") == []


def test_reasons_hold_no_number(nadia: Agent) -> None:
    for given, family, day in (
        ("Léa", "Inventée", 20),
        ("Léa", "Inventé", 21),
        ("Inventée", "Léa", 5),
        ("Lea", "Inventtée", 20),
    ):
        MinorFactory(given_names=given, family_name=family, birth_date=date(2011, 5, day))

    found = asked(nadia)

    assert len(found) == 4
    for one in found:
        assert one.reasons
        assert all(not re.search(r"\d|%", reason) for reason in one.reasons)


def test_the_best_founded_come_first_and_at_most_eight(nadia: Agent) -> None:
    for number in range(10):
        MinorFactory(given_names="Lea Marie", birth_date=date(2011, 1 + number, 3))
    MinorFactory()

    found = asked(nadia)

    assert len(found) == 8
    assert found[0].reasons == ["même nom", "même prénom", "même date de naissance"]


def test_a_text_without_a_letter_finds_nobody(lea: Minor, nadia: Agent) -> None:
    assert asked(nadia, given_names="??", family_name="1234") == []


@pytest.mark.parametrize("text", ["lea inventee", "INVENTÉE Léa", "léa", "inventé", "invent"])
def test_a_name_is_called_by_its_words_in_any_order(lea: Minor, nadia: Agent, text: str) -> None:
    query = called(text)
    assert query is not None
    with acting_as(nadia):
        assert list(Minor.objects.filter(query)) == [lea]


@pytest.mark.parametrize("text", ["Katrine", "catherine", "Cathrine Dupond", "dupon katerine"])
def test_a_name_is_called_as_it_is_heard(nadia: Agent, text: str) -> None:
    minor = MinorFactory(given_names="Catherine", family_name="Dupont")
    MinorFactory(given_names="Karima", family_name="Dupont")

    query = called(text)
    assert query is not None
    with acting_as(nadia):
        assert list(Minor.objects.filter(query)) == [minor]


def test_each_word_of_a_call_must_answer(lea: Minor, nadia: Agent) -> None:
    query = called("Léa Martin")
    assert query is not None
    with acting_as(nadia):
        assert not Minor.objects.filter(query).exists()


def test_a_text_without_a_letter_calls_nobody() -> None:
    assert called(" % _ 12 ") is None
