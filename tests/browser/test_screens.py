"""
Every screen of the URL configuration, for everybody: nothing is typed here.

Each is read in process. A browser looks at those that it has not found sound as they are now.
"""

from __future__ import annotations

import pytest

from browser import green
from browser.house import Door
from browser.screens import look
from browser.ways import Way, ways
from doors import addresses, is_read
from sizes import WHOLE

ROUTES = [route for route, view in addresses() if is_read(view)]


@pytest.fixture(scope="session")
def looked(doors: dict[str, Door]) -> dict[str, frozenset[Way]]:
    return ways(doors.values(), whole=WHOLE)


@pytest.mark.parametrize("route", ROUTES)
def test_a_screen_is_reached_and_is_for_everybody(
    route: str,
    doors: dict[str, Door],
    looked: dict[str, frozenset[Way]],
    request: pytest.FixtureRequest,
) -> None:
    door = doors[route]

    assert door.kind in ("screen", "fragment", "file", "redirect"), door
    if WHOLE:
        green.put("found", {route: [door.account, door.rank, door.kind]})
    faults = [*door.faults]
    if door.is_screen and (WHOLE or not green.is_green("screens", route, door.signature)):
        seen = look(request.getfixturevalue("visitors"), door, looked[route])
        faults += seen.faults
        if WHOLE:
            sound = not faults and seen.signature == door.page
            green.write("screens", route, door.signature, sound=sound)
    assert not faults, "\n".join([f"{door.account}, {door.address}", *faults])


def test_no_screen_that_is_gone_is_held_to_be_sound() -> None:
    assert {*green.read("screens"), *green.read("found")} <= set(ROUTES)
