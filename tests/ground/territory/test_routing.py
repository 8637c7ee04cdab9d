"""Who answers for a commune: the authority and the courts come from it, and from nothing else."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.territory.loading import read_rows
from fanal.ground.territory.models import ChildWelfareAuthority, Commune, Court, Departement
from fanal.ground.territory.queries import authority_of, courts_of, find_commune, local_day
from fanal.ground.territory.terms import OUTSIDE_SCOPE, CommuneStatus

ROUTING = {row["commune"]: row for row in read_rows("routing.csv.gz")}
ROUTED = sorted(code for code in ROUTING if code[:3] not in OUTSIDE_SCOPE)

pytestmark = pytest.mark.django_db


def route_of(code: str) -> tuple[str, str, str]:
    commune = find_commune(code)
    courts = courts_of(commune)
    return authority_of(commune).code, courts.court.code, courts.tpe_court.code


def test_every_routing_row_stands_in_the_database():
    stored = {
        code: route
        for code, *route in Commune.objects.values_list(
            "code", "authority_id", "court_id", "tpe_court_id"
        )
    }

    assert len(ROUTING) == 35_023
    for code, row in ROUTING.items():
        assert stored[code] == [row["authority"], row["court"], row["tpe_court"]], code


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ROUTED))
def test_any_routed_code_is_found_with_its_authority_and_courts(code):
    row = ROUTING[code]

    assert route_of(code) == (row["authority"], row["court"], row["tpe_court"])


@pytest.mark.parametrize(
    ("code", "authority", "court"),
    [
        ("69123", "69M", "tj69123"),  # Lyon
        ("69264", "69D", "tj69264"),  # Villefranche-sur-Saône
        ("69091", "69M", "tj69123"),  # Givors
        ("69190", "69D", "tj69123"),  # Sainte-Foy-l'Argentière: the Rhône, judged in Lyon
        ("22050", "22", "tj35288"),  # Dinan goes to Saint-Malo
        ("22278", "22", "tj22278"),  # Saint-Brieuc
        ("67462", "6AE", "tj68066"),  # Sélestat goes to Colmar
        ("67482", "6AE", "tj67482"),  # Strasbourg
        ("68224", "6AE", "tj68224"),  # Mulhouse
        ("2A004", "20R", "tj2a004"),  # Ajaccio
        ("2B033", "20R", "tj2b033"),  # Bastia
        ("97701", "977", "tj97105"),  # Saint-Barthélemy goes to Basse-Terre
        ("97801", "978", "tj97105"),
        ("97502", "975", "tj97502"),
    ],
)
def test_the_trap_is_avoided(code, authority, court):
    assert route_of(code)[:2] == (authority, court)


def test_lyon_and_the_rhone_share_a_departement_and_nothing_else():
    rhone = Commune.objects.filter(departement="69", status=CommuneStatus.CURRENT)

    assert rhone.filter(authority="69M").count() == 58
    assert rhone.filter(authority="69M").exclude(court="tj69123").count() == 0
    assert rhone.filter(authority="69D", court="tj69123").count() == 97
    assert rhone.filter(authority="69D", court="tj69264").count() == 111


def test_communes_judged_in_another_departement_are_147():
    away = [
        commune.code
        for commune in Commune.objects.filter(status=CommuneStatus.CURRENT).select_related("court")
        if commune.departement_id != commune.court.departement_id
    ]

    assert len(away) == 147


@pytest.mark.parametrize("number", range(1, 21))
def test_each_arrondissement_of_paris_leads_to_paris(number):
    arrondissement = find_commune(f"751{number:02}")

    assert arrondissement.status == CommuneStatus.ARRONDISSEMENT
    assert arrondissement.parent_id == "75056"
    assert route_of(arrondissement.code) == ("75C", "tj75056", "tj75056")


def test_thirteen_courts_have_no_tribunal_pour_enfants():
    served = dict(Court.objects.filter(has_tpe=False).values_list("name", "tpe_court__name"))

    assert len(served) == 13
    assert served["Tribunal judiciaire d'Alès"] == "Tribunal judiciaire de Nîmes"
    assert Court.objects.filter(tpe_court__has_tpe=False).count() == 0
    assert Court.objects.filter(has_tpe=True).count() == 155


def test_both_courts_are_shown_where_they_differ():
    ales = courts_of(find_commune("30007"))
    nimes = courts_of(find_commune("30189"))

    assert ales.differ
    assert [court.code for court in ales.shown] == ["tj30189", "tj30007"]
    assert not nimes.differ
    assert [court.code for court in nimes.shown] == ["tj30189"]


def test_the_court_for_children_of_a_commune_is_always_that_of_its_court():
    for commune in Commune.objects.select_related("court").iterator():
        assert commune.tpe_court_id == commune.court.tpe_court_id, commune.code


def test_a_commune_that_was_absorbed_always_goes_where_its_commune_goes():
    absorbed = Commune.objects.filter(status=CommuneStatus.FORMER).select_related("parent")

    assert absorbed.count() == 1_992
    for commune in absorbed:
        parent = commune.parent
        assert parent.status == CommuneStatus.CURRENT
        assert (commune.authority_id, commune.court_id, commune.departement_id) == (
            parent.authority_id,
            parent.court_id,
            parent.departement_id,
        ), commune.code


def test_the_authorities_cover_every_departement_and_two_share_the_rhone():
    authorities = ChildWelfareAuthority.objects.all()
    covered = [code for authority in authorities for code in authority.departement_codes]
    departements = Departement.objects.values_list("code", flat=True)

    assert len(authorities) == 106
    assert sorted(covered) == sorted([*departements, "69"])


@pytest.mark.parametrize(
    ("authority", "day"),
    [
        ("59", date(2026, 3, 10)),
        ("974", date(2026, 3, 10)),
        ("972", date(2026, 3, 9)),
        ("973", date(2026, 3, 9)),
        ("975", date(2026, 3, 9)),
    ],
)
def test_the_day_is_that_of_the_authority(authority, day):
    just_after_midnight_in_paris = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)

    assert (
        local_day(ChildWelfareAuthority.objects.get(code=authority), just_after_midnight_in_paris)
        == day
    )


def test_every_authority_has_a_day():
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)

    for authority in ChildWelfareAuthority.objects.all():
        assert abs((local_day(authority, noon) - noon.date()).days) <= 1


def test_a_moment_without_a_zone_has_no_day():
    nord = ChildWelfareAuthority.objects.get(code="59")

    with pytest.raises(ValueError, match="time zone"):
        local_day(nord, datetime(2026, 3, 9, 12))  # noqa: DTZ001
