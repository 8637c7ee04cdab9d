"""Every screen of the URL configuration, for everybody: nothing is typed here."""

from __future__ import annotations

import pytest
from doors import addresses, is_read

from browser import checks
from browser.chromium import Visitors, Watched
from browser.house import Door, House

ROUTES = [route for route, view in addresses() if is_read(view)]


def look(visitors: Visitors, door: Door) -> list[str]:
    """One visit with script, wide then narrow, light then dark; one without."""
    watched = Watched()
    page = visitors.page(door.account)
    watched.watch(page)
    answer = page.goto(door.address)
    assert answer is not None
    assert answer.status == 200
    heading, menu = checks.heading(page), checks.menu(page)
    faults = checks.words(page) + checks.by_keyboard(page)
    faults += watched.faults
    faults += [f"clair, {fault}" for fault in checks.axe(page)]
    page.emulate_media(color_scheme="dark")
    faults += [f"sombre, {fault}" for fault in checks.axe(page)]
    faults += checks.sideways(page)
    page.close()
    plain = visitors.page(door.account, script=False)
    plain.goto(door.address)
    faults += checks.without_script(plain, heading_with=heading, menu_with=menu)
    plain.close()
    return faults


@pytest.mark.parametrize("route", ROUTES)
def test_a_screen_is_reached_and_is_for_everybody(
    route: str, house: House, visitors: Visitors
) -> None:
    door = house.doors[route]

    assert door.kind in ("screen", "fragment", "file", "redirect"), door
    assert not door.is_screen or look(visitors, door) == []
