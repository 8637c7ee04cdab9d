"""The nearest first; for a minor, nothing of adults alone; never nothing at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fanal.prevent.spaces import nearest
from fanal.prevent.spaces.finding import Found, find_places, lines_for
from fanal.prevent.spaces.maps import coarse_map
from fanal.prevent.spaces.origins import origin_of_departement, origins_of, origins_of_code
from fanal.prevent.spaces.terms import Audience, Kind, Need
from prevent.spaces.places import NOON, ServiceFactory, starting_directory

pytestmark = pytest.mark.django_db
LILLE = "Lille"
TODAY = NOON.date()
ARRAS = {"commune_id": "62041", "departement_id": "62"}


def names(where: str = LILLE, audience: str = Audience.MINORS, **wish: object) -> list[str]:
    found = find_places(origin=origins_of(where)[0], audience=audience, now=NOON, **wish)  # type: ignore[arg-type]
    return [one.service.name for one in found.places]


@pytest.mark.parametrize(
    ("written", "code", "departement"),
    [
        ("Lille", "59350", "59"),
        ("59000", "59350", "59"),
        ("59", "59", "59"),
        ("nord", "59", "59"),
        ("2a", "2A", "2A"),
        ("La Réunion", "974", "974"),
        ("975", "975", "975"),
        ("Miquelon-Langlade", "97501", "975"),
        ("Paris 13e Arrondissement", "75113", "75"),
    ],
)
def test_a_place_is_said_as_one_says_it(written: str, code: str, departement: str) -> None:
    first = origins_of(written)[0]
    assert (first.code, first.departement) == (code, departement)


def test_a_code_of_a_button_is_no_postcode() -> None:
    assert [one.label for one in origins_of_code("59350")] == ["Lille (59)"]
    assert origins_of("59350")[0].label == "Saint-André-lez-Lille (59)"
    assert [one.code for one in origins_of_code("2A")] == ["2A"]
    assert origins_of_code("") == origins_of_code("\x00") == origins_of_code("99999") == []


def test_those_of_one_name_are_told_apart() -> None:
    assert [one.label for one in origins_of("Lille")] == ["Lille (59)"]
    several = origins_of("Saint-Denis")
    assert {one.departement for one in several} >= {"93", "974"}
    assert all(one.label.startswith("Saint-Denis (") for one in several)


@pytest.mark.parametrize("written", ["", "   ", "zzzzqqqq", "99999", "\x00", "'); --"])
def test_what_is_no_place_is_said_to_be_none(written: str) -> None:
    assert origins_of(written) == []


def test_the_nearest_come_first() -> None:
    ServiceFactory(name="loin", **ARRAS)
    ServiceFactory(name="ici")
    assert names() == ["ici", "loin"]


def test_what_is_no_longer_sure_comes_after() -> None:
    roubaix = {"commune_id": "59512"}
    ServiceFactory(name="trop vieux", verified_on=TODAY - timedelta(days=181))
    ServiceFactory(name="jamais confirmé", **roubaix)
    ServiceFactory(name="moins près, et sûr", verified_on=TODAY, **roubaix)
    assert names() == ["trop vieux", "moins près, et sûr", "jamais confirmé"]


def test_a_record_is_fresh_for_180_days() -> None:
    place = ServiceFactory(verified_on=TODAY - timedelta(days=180))
    assert place.is_fresh(on=TODAY)
    assert not place.is_fresh(on=TODAY + timedelta(days=1))


@pytest.mark.parametrize("need", ["", *Need.values])
def test_a_minor_is_offered_nothing_for_adults_alone(need: str) -> None:
    starting_directory()
    for code in ("31", "69", "75"):
        found = find_places(
            origin=origin_of_departement(code),
            audience=Audience.MINORS,
            need=need,
            shown=100,
            now=NOON,
        )
        offered = [one.service for one in (*found.places, *found.others)]
        assert offered
        assert all(service.for_minors for service in offered)


def assert_it_answers(found: Found, code: str) -> None:
    """A place of its own comes first; without any, that is known and a distance is said."""
    nearest = found.nearest
    assert nearest is not None
    assert found.any_here == (nearest.service.departement_id == code)
    assert nearest.distance or nearest.service.departement_id == code


def test_every_departement_has_a_place_or_the_nearest_with_its_distance() -> None:
    starting_directory()
    here = 0
    assert len(coarse_map().shapes) == 101
    for code in (*coarse_map().shapes, "975", "977", "978"):
        for audience in (Audience.MINORS, Audience.FAMILIES):
            found = find_places(origin=origin_of_departement(code), audience=audience, now=NOON)
            assert_it_answers(found, code)
            here += found.any_here
    assert here > 100


# The widest and the narrowest.
@pytest.mark.parametrize("need", [Need.HURT, Need.HEALTH])
def test_whatever_the_need_every_departement_has_an_answer_with_its_distance(need: str) -> None:
    starting_directory()
    for code in coarse_map().shapes:
        origin = origin_of_departement(code)
        found = find_places(origin=origin, audience=Audience.MINORS, need=need, shown=1, now=NOON)
        assert_it_answers(found, code)


def test_a_place_of_which_no_commune_is_known_is_found_in_its_departement() -> None:
    unknown = {"commune_id": None, "latitude": None, "longitude": None}
    ServiceFactory(name="quelque part dans le Nord", **unknown)
    ServiceFactory(name="à Lille")
    ServiceFactory(name="à Arras", **ARRAS)
    ServiceFactory(name="ailleurs", departement_id="48", **unknown)
    assert names("59") == ["à Lille", "quelque part dans le Nord", "à Arras"]
    assert names(LILLE) == ["à Lille", "quelque part dans le Nord", "à Arras"]
    assert names("62") == ["à Arras", "à Lille"]
    assert names("48")[0] == "ailleurs"
    found = find_places(origin=origins_of("59")[0], audience=Audience.MINORS, now=NOON)
    assert found.places[1].distance == ""


def test_a_need_without_an_answer_here_shows_the_nearest_and_what_else_is_here() -> None:
    ServiceFactory(name="ailleurs", kind=Kind.SEXUAL_HEALTH, **ARRAS)
    ServiceFactory(name="ici", kind=Kind.YOUTH)
    found = find_places(
        origin=origins_of(LILLE)[0], audience=Audience.MINORS, need=Need.HEALTH, now=NOON
    )
    assert not found.any_here
    assert [one.service.name for one in found.places] == ["ailleurs"]
    assert 30 < (found.places[0].km or 0) < 60
    assert [one.service.name for one in found.others] == ["ici"]


def test_open_now_shows_those_whose_confirmed_hours_say_so() -> None:
    # A Saturday, one o'clock in Paris.
    ServiceFactory(name="ouvert", hours="Sa 09:00-17:00", verified={"hours": "2026-11-20"})
    ServiceFactory(name="fermé", hours="Mo-Fr 09:00-17:00", verified={"hours": "2026-11-20"})
    ServiceFactory(name="jamais confirmé", hours="Sa 09:00-17:00")
    ServiceFactory(name="illisible", hours="quand on peut", verified={"hours": "2026-11-20"})
    assert names(open_now=True) == ["ouvert"]
    assert len(names()) == 4


@pytest.mark.parametrize(
    ("hours", "departement", "moment", "is_open"),
    [
        # At eleven in the evening, and after midnight of the same night, in Paris.
        ("Mo-Su 18:00-02:00", "59", datetime(2026, 11, 27, 22, tzinfo=UTC), True),
        ("Mo-Su 18:00-02:00", "59", datetime(2026, 11, 28, 0, 30, tzinfo=UTC), True),
        ("Mo-Su 18:00-02:00", "59", datetime(2026, 11, 28, 1, 30, tzinfo=UTC), False),
        ("Mo-Fr 09:00-18:00", "59", datetime(2026, 11, 27, 22, tzinfo=UTC), False),
        # Friday the 25th of December, and the day after it: a holiday in Alsace alone.
        ("Mo-Sa 09:00-18:00; PH off", "59", datetime(2026, 12, 25, 11, tzinfo=UTC), False),
        ("Mo-Sa 09:00-18:00; PH off", "59", datetime(2026, 12, 26, 11, tzinfo=UTC), True),
        ("Mo-Sa 09:00-18:00; PH off", "67", datetime(2026, 12, 26, 11, tzinfo=UTC), False),
        # Seven in Paris is ten in La Réunion.
        ("Mo-Fr 09:00-12:00", "974", datetime(2026, 11, 27, 6, tzinfo=UTC), True),
        ("Mo-Fr 09:00-12:00", "59", datetime(2026, 11, 27, 6, tzinfo=UTC), False),
    ],
)
def test_open_now_at_night_on_a_holiday_and_overseas(
    hours: str, departement: str, moment: datetime, is_open: bool
) -> None:
    """What is not open is still shown, apart: nobody is left without the nearest place."""
    ServiceFactory(
        name="lieu", hours=hours, verified={"hours": "2026-11-20"}, departement_id=departement
    )
    found = find_places(
        origin=origins_of(LILLE)[0], audience=Audience.MINORS, open_now=True, now=moment
    )
    assert [one.service.name for one in found.places] == ["lieu"] * is_open
    assert [one.service.name for one in found.later] == ["lieu"] * (not is_open)
    assert all(one.distance for one in found.later)


def test_far_away_to_be_sure_is_worth_fifty_kilometres_and_no_more() -> None:
    """From an island, the nearest is not passed by one that is a thousand kilometres further."""
    ServiceFactory(name="Guadeloupe", commune_id="97105", departement_id="971")
    ServiceFactory(name="Arras", verified_on=TODAY, **ARRAS)
    assert names("975") == ["Guadeloupe", "Arras"]


def test_a_national_line_is_no_place_and_is_always_there() -> None:
    starting_directory()
    shown = {one.service.phone for one in lines_for(Audience.MINORS, now=NOON)}
    assert {"116 000", "116 006", "3018"} <= shown
    assert not any("119 –" in name for name in names(shown=100))


@pytest.mark.parametrize("count", [1, 3, 12, 200])
def test_looking_around_first_finds_what_looking_everywhere_finds(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    starting_directory()
    ServiceFactory(name="loin et sûr", verified_on=TODAY, **ARRAS)
    asked = [("Lille", ""), ("48", ""), ("974", Need.HEALTH), ("75056", Need.TALK), ("2A", "")]

    def answers() -> list[list[str]]:
        return [names(where, need=need, shown=count) for where, need in asked]

    around = answers()
    monkeypatch.setattr(nearest, "REACHES", ())
    assert answers() == around
