"""The files of the package are made from public ones, and a new commune is not let in unrouted."""

import pytest

from fanal.ground.territory.data.compile import commune_rows, former_code_rows

SAMPLE = [
    {
        "code": "69149", "nom": "Oullins-Pierre-Bénite", "type": "commune-actuelle",
        "departement": "69", "codesPostaux": ["69310", "69600"], "population": 38168,
        "anciensCodes": ["69152", "69801", "69310"],
    },
    {
        "code": "69149", "nom": "Oullins", "type": "commune-deleguee",
        "departement": "69", "chefLieu": "69149",
    },
    {
        "code": "69152", "nom": "Pierre-Bénite", "type": "commune-deleguee",
        "departement": "01", "chefLieu": "69149",
    },
    {"code": "98412", "nom": "Kerguelen", "type": "commune-actuelle", "departement": "984"},
]  # fmt: skip


def test_a_commune_keeps_the_name_that_its_centre_had():
    rows = commune_rows(SAMPLE, {"69149": ("45.7", "4.8")}, {"69149"})

    assert rows[0] == (
        "69149", "Oullins-Pierre-Bénite", "current", "69", "", "Oullins",
        "38168", "69310|69600", "45.7", "4.8",
    )  # fmt: skip


def test_a_commune_that_was_absorbed_takes_the_departement_of_its_parent():
    rows = commune_rows(SAMPLE, {}, {"69149"})

    assert rows[1] == (
        "69152", "Pierre-Bénite", "former", "69", "69149", "", "", "", "", "",
    )  # fmt: skip


def test_places_without_inhabitants_are_left_out():
    assert {row[0] for row in commune_rows(SAMPLE, {}, {"69149"})} == {"69149", "69152"}


def test_a_commune_without_authority_stops_the_work():
    with pytest.raises(SystemExit, match="69149"):
        commune_rows(SAMPLE, {}, set())


def test_an_old_code_that_is_a_postcode_today_is_left_out():
    assert former_code_rows(SAMPLE) == [("69801", "69149")]
