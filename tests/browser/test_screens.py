"""Every screen of the URL configuration, for everybody: nothing is typed here."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser import checks
from browser.chromium import Visitors
from browser.house import Door
from browser.ways import Way, ways
from doors import addresses, is_read
from sizes import WHOLE

ROUTES = [route for route, view in addresses() if is_read(view)]


def look(visitors: Visitors, door: Door, ways: Collection[Way]) -> list[str]:
    """One visit with script, light and wide, then dark and narrow; one without."""
    watched = visitors.standing(door.account)
    page = watched.page
    _go(page, door)
    heading, menu = checks.heading(page), checks.menu(page)
    faults = checks.words(page.locator("body").inner_text()) + checks.words(door.refusal)
    if Way.WIDE in ways:
        faults += checks.by_keyboard(page)
    faults += watched.faults
    if Way.WIDE in ways:
        faults += [f"clair, {fault}" for fault in checks.axe(page)]
    page.emulate_media(color_scheme="dark")
    faults += checks.sideways(page)
    if Way.NARROW not in ways:
        return faults
    faults += [f"sombre et étroit, {fault}" for fault in checks.axe(page)]
    plain = visitors.standing(door.account, script=False).page
    _go(plain, door)
    return faults + checks.without_script(plain, heading_with=heading, menu_with=menu)


def _go(page: Page, door: Door) -> None:
    answer = page.goto(door.address)
    assert answer is not None
    assert (answer.status, urlsplit(page.url).path) == (200, door.address)
    # What the page asks for as it opens has come: nothing is replaced under the keyboard.
    expect(page.locator(".htmx-request")).to_have_count(0)


@pytest.fixture(scope="session")
def looked(doors: dict[str, Door]) -> dict[str, frozenset[Way]]:
    return ways(doors.values(), whole=WHOLE)


@pytest.mark.parametrize("route", ROUTES)
def test_a_screen_is_reached_and_is_for_everybody(
    route: str, doors: dict[str, Door], visitors: Visitors, looked: dict[str, frozenset[Way]]
) -> None:
    door = doors[route]

    assert door.kind in ("screen", "fragment", "file", "redirect"), door
    faults = look(visitors, door, looked[route]) if door.is_screen else []
    assert not faults, "\n".join([f"{door.account}, {door.address}", *faults])
