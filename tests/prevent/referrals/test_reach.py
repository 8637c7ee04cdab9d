"""People really seen, published so that no small count can be known."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.prevent.referrals.models import Participation, Reach
from fanal.prevent.referrals.reach import Quarter, protect, published_quarters
from fanal.prevent.referrals.terms import THRESHOLD
from fanal.prevent.spaces.models import PublicService
from past import past
from prevent.referrals.receiving import NOON, a_place
from prevent.referrals.test_desk import signed_in
from rows import as_owner

COUNTS = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.dictionaries(st.integers(0, 2), st.integers(0, 30), min_size=1),
    max_size=8,
)


@given(counted=COUNTS, more=st.integers(0, 6))
def test_no_shown_count_is_small_for_anybody(counted: dict[str, dict[int, int]], more: int) -> None:
    shown, _ = protect(counted, departements=len(counted) + more)
    for code, count in shown.items():
        assert count >= THRESHOLD
        for own in counted[code].values():
            assert count == own or count - own >= THRESHOLD


@given(counted=COUNTS, more=st.integers(0, 6))
def test_a_total_adds_nothing_to_what_is_known_of_a_hidden_count(
    counted: dict[str, dict[int, int]], more: int
) -> None:
    """Even for somebody who knows one of the hidden counts: all others may still be 0 to 10."""
    shown, total = protect(counted, departements=len(counted) + more)
    hidden = [sum(counted[code].values()) for code in counted if code not in shown] + [0] * more
    if total is None or not hidden:
        return
    assert total == sum(shown.values()) + sum(hidden)
    rest = total - sum(shown.values())
    for known in (*set(hidden), None):
        left = rest - (known or 0)
        others = len(hidden) - 1 - (known is not None)
        for value in (0, THRESHOLD - 1):
            # A world in which this count is so, the others being what they may be.
            assert 0 <= left - value <= others * (THRESHOLD - 1)


def test_by_hand_a_total_is_hidden_when_it_would_give_back_a_cell() -> None:
    small = {"a": {1: 20}, "b": {2: 3}}
    assert protect(small, departements=2) == ({"a": 20}, None)
    assert protect(small, departements=101) == ({"a": 20}, None)
    spread = {"a": {1: 20}} | {f"{n}": {n: 5} for n in range(2, 8)}
    assert protect(spread, departements=101) == ({"a": 20}, 50)
    # A place would subtract its own from the count of its département.
    assert protect({"a": {1: 20, 2: 3}}, departements=101) == ({}, None)


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_a_quarter_is_shown_once_its_counts_move_no_more(year: int) -> None:
    for month, day in product(range(1, 13), (1, 2, 28)):
        today = date(year, month, day)
        found = published_quarters(today=today)
        assert len(found) == 4
        for one in found:
            # A place may say until thirty days after, and take back for some minutes.
            assert (today - one.last_day).days > 31
    assert Quarter(2026, 4).following == Quarter(2027, 1)
    assert Quarter(2026, 1).former == Quarter(2025, 4)


@pytest.fixture
def counted(place: PublicService, settings: Settings) -> Quarter:
    settings.FANAL_SERVICE = ""
    quarter = published_quarters(today=NOON.date())[0]
    other = a_place(departement_id="62", commune_id="62041")
    with as_owner():
        for one, many in ((place, 17), (other, 4)):
            Reach.objects.create(
                participation=Participation.objects.get(service_id=one.pk),
                departement_id=one.departement_id,
                month=quarter.first_day,
                audience="child",
                seen=many,
            )
    return quarter


@pytest.mark.django_db
def test_whoever_steers_reads_what_may_be_shown_and_takes_it_out(
    counted: Quarter, anouk: Agent, lou: Agent
) -> None:
    for agent in (anouk, lou):
        client = signed_in(agent)
        page = client.get(reverse("referrals:reach")).content.decode()
        assert "Nord (59)" in page
        assert ">17<" in page
        assert "Pas-de-Calais" not in page
        file = client.get(reverse("referrals:export")).content.decode()
        assert f"{counted};Nord (59);17" in file
        assert f"{counted};Pas-de-Calais (62);masqué" in file
        assert f"{counted};Ensemble;masqué" in file
        assert ";4" not in file


@pytest.mark.django_db
def test_another_trade_and_another_place_read_no_count(
    counted: Quarter, nadia: Agent, noe: Agent, elsewhere: Agent
) -> None:
    for agent in (nadia, noe):
        assert signed_in(agent).get(reverse("referrals:reach")).status_code == 403
        assert signed_in(agent).get(reverse("referrals:export")).status_code == 403
    assert past(Reach).count() == 2


def steering(kind: str, departement: str | None) -> Agent:
    with as_owner():
        where = OrganisationFactory(kind=kind, departement_id=departement)
        agent = AgentFactory()
        PostingFactory(agent=agent, organisation=where, role="steering")
    return agent


@pytest.mark.django_db
def test_the_national_level_reads_all_and_a_prefecture_its_own_departement(
    counted: Quarter,
) -> None:
    def read(agent: Agent, name: str = "reach") -> str:
        return signed_in(agent).get(reverse(f"referrals:{name}")).content.decode()

    whole, north, other = (
        steering("national", None),
        steering("prefecture", "59"),
        steering("prefecture", "62"),
    )
    assert "Ensemble" in read(whole)
    assert f"{counted};Nord (59);17" in read(whole, "export")
    assert "Nord (59)" in read(north)
    assert ">17<" in read(north)
    # Neither the total, which tells of the others, nor what they are.
    for page in (read(north), read(north, "export")):
        assert "Ensemble" not in page
        assert "Pas-de-Calais" not in page
    # A count of four is hidden from those whose it is, too.
    assert f"{counted};Pas-de-Calais (62);masqué" in read(other, "export")
    assert ";4" not in read(other, "export")
    assert "Nord (59)" not in read(other)


@pytest.mark.django_db
def test_the_database_itself_shows_a_prefecture_no_other_departement(counted: Quarter) -> None:
    def seen(agent: Agent) -> list[str]:
        with acting_as(agent):
            return sorted(Reach.objects.values_list("departement", flat=True))

    assert seen(steering("national", None)) == ["59", "62"]
    assert seen(steering("prefecture", "62")) == ["62"]
    # A role in a body that does not steer, and a préfecture of nowhere, read nothing.
    assert seen(steering("association", "59")) == []
    assert seen(steering("prefecture", None)) == []
