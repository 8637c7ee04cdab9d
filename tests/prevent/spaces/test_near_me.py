"""Near me: a cell is all that is known of where somebody is, and it is written nowhere."""

from __future__ import annotations

import io
import logging
import re
from math import cos, floor, radians

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from fanal.config.serving import web_command
from fanal.ground.shell.visitors import form_token
from fanal.ground.territory.queries import communes_of_postcode
from fanal.prevent.spaces.cells import COLUMNS, ROWS, Cell, origin_of_cell, read_cell
from fanal.prevent.spaces.distances import haversine_km
from fanal.prevent.spaces.origins import origins_of
from fanal.prevent.spaces.views import visiting
from prevent.spaces.places import ServiceFactory

FIND = reverse("spaces:find")
LILLE = "1012:42"
LONDON = "1030:-2"


def sent(client: Client, cell: str, **answers: str) -> str:
    answer = client.post(FIND, {"jeton": form_token(), "cell": cell} | answers)
    assert answer.status_code == 200
    return answer.content.decode()


@given(north=st.floats(41.3, 51.1), east=st.floats(-5.2, 9.6))
def test_a_cell_is_wide_enough_to_hide_a_door_and_holds_its_point(
    north: float, east: float
) -> None:
    cell = Cell(floor(north * ROWS), floor(east * COLUMNS))
    high, wide = 111.2 / ROWS, 111.2 / COLUMNS * cos(radians(north))
    assert 5 <= high < 6
    assert 4.9 <= wide < 6.1
    away = haversine_km((north, east), (cell.latitude, cell.longitude))
    assert away <= (high**2 + wide**2) ** 0.5 / 2 + 0.1


@pytest.mark.parametrize(
    "written",
    ["", "1012", "1012.5:42", "50.63:3.06", "1012:42:1", "9999:0", "0:2600", "\x00", "٣:٤"],
)
def test_what_is_no_cell_is_not_read(written: str) -> None:
    assert read_cell(written) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("point", "departement"),
    [
        ((50.63, 3.06), "59"),
        ((48.85, 2.35), "75"),
        ((42.15, 9.1), "2B"),
        ((-20.88, 55.45), "974"),
        ((4.92, -52.31), "973"),
        ((16.24, -61.53), "971"),
        ((51.5, -0.12), None),
        ((0.0, 0.0), None),
        ((40.41, -3.70), None),
    ],
)
def test_a_cell_leads_to_the_departement_around_it(
    point: tuple[float, float], departement: str | None
) -> None:
    origin = origin_of_cell(Cell(floor(point[0] * ROWS), floor(point[1] * COLUMNS)))
    assert (origin and origin.departement) == departement


@pytest.mark.django_db
def test_the_nearest_are_shown_and_it_is_said_what_was_sent(client: Client) -> None:
    for _ in range(12):
        ServiceFactory()
    ServiceFactory(name="Lieu d’Arras", commune_id="62041", departement_id="62")
    page = sent(client, LILLE)

    assert "Près de vous" in page
    assert "Seule une zone d’environ 5 km a été envoyée" in page
    assert page.index("moins de 5 km") < page.index("Lieu d’Arras")
    assert page.count('class="place"') == 13
    # No button of the answer sends the cell again.
    assert LILLE not in page
    assert 'name="shown"' not in page


@pytest.mark.django_db
def test_out_of_france_one_is_told_to_write_a_commune(client: Client) -> None:
    ServiceFactory()
    page = sent(client, LONDON)

    assert "Aucune commune de France n’est connue près de cette zone." in page
    assert 'name="where"' in page
    assert 'class="place"' not in page


@pytest.mark.django_db
@pytest.mark.parametrize("cell", ["", "50.631:3.0468", "x"])
def test_a_raw_point_is_not_taken_for_a_cell(client: Client, cell: str) -> None:
    assert "Écrivez une commune" in sent(client, cell)


@pytest.mark.django_db
def test_without_script_there_is_no_button_and_nothing_is_missing(client: Client) -> None:
    page = client.get(FIND).content.decode()

    assert re.search(r'<div class="near-me" [^>]*hidden>', page)
    assert 'name="where"' in page


@pytest.mark.django_db
def test_no_log_holds_the_cell_even_when_the_page_breaks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever any logger says while the page is made, written as the service writes it."""
    from django.utils.module_loading import import_string

    told = settings.LOGGING["formatters"]["discreet"]
    written = io.StringIO()
    console = logging.StreamHandler(written)
    console.setFormatter(import_string(told["()"])(told["format"]))
    loggers = [logging.getLogger(name) for name in ("", *settings.LOGGING["loggers"])]
    levels = [one.level for one in loggers]

    def broken(**_: object) -> None:
        logging.getLogger("fanal.prevent").error("rien ne va")
        raise RuntimeError(LILLE)

    monkeypatch.setattr(visiting, "find_places", broken)
    client.raise_request_exception = False
    try:
        for one in loggers:
            one.addHandler(console)
            one.setLevel(logging.DEBUG)
        answer = client.post(FIND, {"jeton": form_token(), "cell": LILLE})
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.removeHandler(console)
            one.setLevel(level)

    assert answer.status_code == 500
    assert "rien ne va" in written.getvalue()
    assert "RuntimeError" in written.getvalue()
    assert LILLE not in written.getvalue()
    # Its parts either: no query of the database is written with them.
    assert not re.search(r"\b1012\b|50\.62|3\.03", written.getvalue())
    assert "--no-access-log" in web_command(host="127.0.0.1", port=8000)


@pytest.mark.django_db
def test_a_postcode_of_several_communes_offers_each_of_them(client: Client) -> None:
    communes = list(communes_of_postcode("59780"))
    assert len(communes) > 1
    assert [one.code for one in origins_of("59780")] == [one.code for one in communes]
    ServiceFactory()

    page = client.post(FIND, {"jeton": form_token(), "where": "59780"}).content.decode()

    assert f"Près de {communes[0].label}" in page
    for other in communes[1:]:
        assert f'value="{other.code}">{other.label}</button>' in page
    chosen = client.post(FIND, {"jeton": form_token(), "where": "59780", "code": communes[1].code})
    assert f"Près de {communes[1].label}" in chosen.content.decode()
