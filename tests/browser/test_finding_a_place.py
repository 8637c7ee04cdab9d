"""A tired adult, a girl who has thirty seconds: a place is found, with script and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from browser import checks
from browser.chromium import Visitors
from browser.steps import unless_green


def seek(page: Page, where: str) -> None:
    page.goto("/trouver/")
    page.get_by_label("Où ?").fill(where)
    page.get_by_role("button", name="Chercher").click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_place_is_found_near_a_commune(visitors: Visitors, script: bool) -> None:
    page = visitors.standing("", script=script).page
    seek(page, "Lille")
    expect(page.get_by_role("heading", name="Près de Lille (59)")).to_be_visible()
    assert page.url.endswith("/trouver/")
    assert "Lille" not in page.title()
    page.locator(".place a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "/lieux/" in page.url
    expect(page.get_by_role("region", name="Appeler les secours")).to_be_visible()


def test_what_is_found_is_for_everybody(visitors: Visitors) -> None:
    page = visitors.standing("").page
    page.emulate_media(color_scheme="light")
    seek(page, "Lozère")
    faults = unless_green(page, checks.axe) + unless_green(page, checks.by_keyboard)
    page.emulate_media(color_scheme="dark")
    faults += checks.sideways(page) + unless_green(page, checks.axe)
    seek(page, "nulle part au monde")
    faults += unless_green(page, checks.axe)
    page.goto("/trouver/carte/?d=48")
    faults += checks.sideways(page) + unless_green(page, checks.axe)
    assert faults == []


POINT = {"latitude": 50.63112, "longitude": 3.04687}
CELL = "1012:42"


def near_me(page: Page) -> list[Request]:
    """Tap the button; what the page then sent."""
    came: list[Request] = []
    page.on("request", lambda one: came.append(one))  # noqa: PLW0108
    page.goto("/trouver/")
    page.get_by_role("button", name="Près de moi").click()
    return came


def test_near_me_sends_a_rounded_cell_once_and_nothing_finer(visitors: Visitors) -> None:
    page = visitors.alone()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(POINT)
    came = near_me(page)
    expect(page.get_by_role("heading", name="Près de vous")).to_be_visible()
    expect(page.get_by_text("Seule une zone d’environ 5 km a été envoyée")).to_be_visible()
    posted = [one for one in came if one.method == "POST"]
    assert [one.post_data_json["cell"] for one in posted] == [CELL]
    assert posted[0].post_data_json.keys() == {"jeton", "cell", "where", "who", "need"}
    assert posted[0].post_data_json["where"] == ""
    for one in came:
        said = f"{one.url} {one.post_data or ''} {one.headers}"
        assert not re.search(r"50[.,]63|3[.,]04", said)
        assert CELL not in one.url
    assert page.url.endswith("/trouver/")
    assert unless_green(page, checks.axe) + checks.sideways(page) == []
    page.context.close()


def test_a_position_that_is_refused_sends_nothing_and_the_commune_stays(
    visitors: Visitors,
) -> None:
    page = visitors.alone()
    came = near_me(page)
    expect(page.get_by_text("Le navigateur n’a pas donné de zone")).to_be_visible()
    expect(page.get_by_label("Où ?")).to_be_focused()
    assert [one for one in came if one.method == "POST"] == []
    page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition ="
        " (_, failed) => failed({ code: 3, TIMEOUT: 3 }); }"
    )
    page.get_by_role("button", name="Près de moi").click()
    expect(page.get_by_text("La zone n’a pas été trouvée à temps")).to_be_visible()
    page.context.close()
