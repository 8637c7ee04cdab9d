"""101 rows: what is there, how late it opens, how far half of the people are."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.agents.models import Agent
from fanal.prevent.spaces.calculations import (
    DETOUR,
    Grid,
    coverage,
    is_late,
    nearest_km,
    weighted_median,
)
from fanal.prevent.spaces.distances import haversine_km
from fanal.prevent.spaces.maps import coarse_map
from fanal.prevent.spaces.models import Service
from prevent.spaces.places import ServiceFactory, starting_directory
from rows import as_owner

DAY = date(2026, 11, 28)
POINTS = st.tuples(st.floats(-22, 51.5), st.floats(-64, 56))
NEAR = st.tuples(st.floats(41, 51.5), st.floats(-5, 10))


@settings(max_examples=150, deadline=None)
@given(
    people=st.lists(NEAR | POINTS, min_size=1, max_size=8),
    places=st.lists(NEAR | POINTS, min_size=1, max_size=30),
)
def test_the_nearest_is_the_one_that_looking_at_all_finds(
    people: list[tuple[float, float]], places: list[tuple[float, float]]
) -> None:
    wanted = [min(haversine_km(one, place) for place in places) for one in people]
    assert nearest_km(people, places) == pytest.approx(wanted)
    fine = Grid(places, 0.15)
    assert [fine.nearest(one) for one in people] == pytest.approx(wanted)


def test_a_known_distance() -> None:
    assert haversine_km((50.6311, 3.0468), (43.2803, 5.3806)) == pytest.approx(835, abs=3)


def test_nothing_is_near_to_nothing() -> None:
    with pytest.raises(ValueError, match="no place"):
        nearest_km([(48.0, 2.0)], [])


@pytest.mark.parametrize(
    ("pairs", "middle"),
    [([(5.0, 1)], 5.0), ([(1.0, 10), (9.0, 1)], 1.0), ([(9.0, 3), (1.0, 2)], 9.0)],
)
def test_half_of_the_weight_lies_below(pairs: list[tuple[float, int]], middle: float) -> None:
    assert weighted_median(pairs) == middle


@pytest.mark.parametrize(
    ("hours", "late"),
    [
        ("", False),
        ("quand on peut", False),
        ("Mo-Fr 09:00-18:00", False),
        ("Mo-Th 09:00-17:00; Fr 14:00-20:00", True),
        ("Sa 10:00-12:00", True),
        ("24/7", True),
    ],
)
def test_an_evening_or_a_week_end(hours: str, late: bool) -> None:
    assert is_late(hours, departement="59", on=DAY) is late


@pytest.mark.django_db
def test_a_row_counts_places_and_not_lines() -> None:
    evening = {"hours": "Mo-Fr 09:00-20:00", "verified": {"hours": "2026-11-20"}}
    ServiceFactory(verified_on=DAY, **evening)
    ServiceFactory(audiences=["families"])
    ServiceFactory(kind="ligne_nationale")
    ServiceFactory(tier="professional")
    rows = coverage(on=DAY)
    nord, lozere = rows["59"], rows["48"]
    assert (nord.minors, nord.families, nord.late, nord.fresh) == (1, 2, 1, 1)
    assert (lozere.minors, lozere.families) == (0, 0)
    assert nord.median_km is not None
    assert nord.median_km < 60
    assert lozere.median_km == pytest.approx(690 * DETOUR, rel=0.05)


@pytest.mark.django_db
def test_a_place_that_moves_or_closes_changes_the_distance_at_once() -> None:
    """What was reckoned is kept for the places that it was reckoned of, and for no others."""
    lille = ServiceFactory()
    far = coverage(on=DAY)["48"].median_km
    mende = ServiceFactory(commune_id="48095", departement_id="48")
    near = coverage(on=DAY)["48"].median_km
    assert far is not None
    assert near is not None
    assert near < 60 < far
    with as_owner():
        Service.objects.filter(pk=mende.pk).update(tier="hidden")
    assert coverage(on=DAY)["48"].median_km == far
    with as_owner():
        Service.objects.filter(pk=lille.pk).update(tier="hidden")
    assert coverage(on=DAY)["48"].median_km is None


@pytest.mark.django_db
def test_without_any_place_no_distance_is_made_up() -> None:
    assert {one.median_km for one in coverage(on=DAY).values()} == {None}


@pytest.mark.django_db
def test_no_departement_is_without_an_answer(client: Client, lou: Agent) -> None:
    starting_directory()
    rows = coverage(on=DAY)
    assert all(rows[code].median_km is not None for code in coarse_map().shapes)
    client.force_login(lou)
    page = client.get(reverse("spaces:coverage")).content.decode()
    assert page.count('<path class="map-') == 101
    assert page.count('scope="row"') == 101


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "departement", "rows"),
    [("national", None, 101), ("prefecture", "59", 1), ("prefecture", None, 0), ("other", "59", 0)],
)
def test_who_steers_reads_the_coverage_of_their_territory_and_keeps_nothing(
    client: Client, kind: str, departement: str | None, rows: int
) -> None:
    with as_owner():
        where = OrganisationFactory(kind=kind, departement_id=departement)
        agent = AgentFactory()
        PostingFactory(agent=agent, organisation=where, role="steering")
    client.force_login(agent)
    page = client.get(reverse("spaces:coverage")).content.decode()
    assert page.count('scope="row"') == rows
    assert f"{reverse('spaces:kept')}?departement=" not in page
    assert client.get(reverse("spaces:kept")).status_code == 403


@pytest.mark.django_db
def test_another_trade_reads_no_coverage(client: Client, nadia: Agent) -> None:
    client.force_login(nadia)
    assert client.get(reverse("spaces:coverage")).status_code == 403
