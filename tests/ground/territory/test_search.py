"""Completing what somebody types at a desk."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.territory.queries import search_communes

pytestmark = pytest.mark.django_db


def found(text: str, limit: int = 10) -> list[str]:
    return [commune.label for commune in search_communes(text, limit)]


def test_the_largest_of_a_name_comes_first():
    assert found("saint-denis", 3) == ["Saint-Denis (974)", "Saint-Denis (93)", "Saint-Denis (11)"]


def test_the_name_itself_comes_before_the_larger_ones_that_begin_with_it():
    names = found("clermont")

    assert names.index("Clermont (60)") < names.index("Clermont-Ferrand (63)")


@pytest.mark.parametrize("text", ["Écouen", "ecouen", "ECOUEN", " écouen "])
def test_accents_and_capitals_do_not_matter(text):
    assert found(text) == ["Écouen (95)"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("St Etienne", "Saint-Étienne (42)"),
        ("hay les roses", "L'Haÿ-les-Roses (94)"),
        ("l'haÿ", "L'Haÿ-les-Roses (94)"),
        ("Lyon 3", "Lyon 3e Arrondissement (69)"),
        ("mo", "Montpellier (34)"),
        ("y", "Y (80)"),
        ("pierre-bénite", "Pierre-Bénite (69), aujourd'hui Oullins-Pierre-Bénite"),
        ("Bâgé-la-Ville", "Bâgé-Dommartin (01)"),
        ("69149", "Oullins-Pierre-Bénite (69)"),
        ("69600", "Oullins-Pierre-Bénite (69)"),
        ("69232", "Lyon (69)"),
        ("59", "Lille (59)"),
        ("2a", "Ajaccio (2A)"),
        ("2a0", "Ajaccio (2A)"),
        ("35000 rennes", "Rennes (35)"),
        ("Rennes (35700)", "Rennes (35)"),
        ("69000 Lyon", "Lyon (69)"),
        ("nouméa", "Nouméa (988)"),
    ],
)
def test_the_place_is_proposed_first(text, first):
    assert found(text)[0] == first


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("marseile", "Marseille (13)"),
        ("mullouse", "Mulhouse (68)"),
        ("strazbourg", "Strasbourg (67)"),
        ("clermon feran", "Clermont-Ferrand (63)"),
    ],
)
def test_a_misspelt_name_finds_what_was_meant(text, meant):
    assert found(text)[0] == meant


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "zzzzzz", "\x00", "'"])
def test_nothing_is_found_for_nothing(text):
    assert found(text) == []


def test_a_code_is_shared_by_a_commune_and_by_the_postcode_of_another():
    assert found("97133") == ["Saint-Barthélemy (977)", "Vieux-Fort (971)"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_never_more_than_was_asked_for(text):
    assert len(search_communes(text, 4)) <= 4


def test_a_search_and_its_labels_are_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        found("pierre")
