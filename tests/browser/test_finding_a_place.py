"""A tired adult, a girl who has thirty seconds: a place is found, with script and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response, expect

from browser import checks
from browser.chromium import Visitors

# What a page weighs at first, before anything is compressed.
MOST_BYTES = 100_000


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
    faults = checks.axe(page) + checks.by_keyboard(page)
    page.emulate_media(color_scheme="dark")
    faults += checks.sideways(page) + checks.axe(page)
    seek(page, "nulle part au monde")
    faults += checks.axe(page)
    page.goto("/trouver/carte/?d=48")
    faults += checks.sideways(page) + checks.axe(page)
    assert faults == []


@pytest.mark.parametrize("address", ["/trouver/", "/trouver/carte/"])
def test_a_first_visit_weighs_little(visitors: Visitors, address: str) -> None:
    page = visitors.page()
    came: list[Response] = []
    page.on("response", lambda one: came.append(one))  # noqa: PLW0108
    page.goto(address, wait_until="networkidle")
    weight = {one.url: len(one.body()) for one in came}
    assert len(weight) > 5
    assert sum(weight.values()) < MOST_BYTES, weight
    page.close()
