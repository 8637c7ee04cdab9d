"""Each screen is looked at, and each template in both ways."""

from __future__ import annotations

from browser.house import Door
from browser.ways import BOTH, Way, ways

ROUTES = {"un.html": ["a/", "b/", "c/", "d/"], "deux.html": ["e/"]}
DOORS = [
    Door(route, f"/{route}", "", "screen", template=template)
    for template, routes in ROUTES.items()
    for route in routes
]


def test_the_first_of_a_template_is_looked_at_in_both_ways_and_the_others_in_turn() -> None:
    looked = ways(DOORS, whole=False)

    assert looked["a/"] == looked["e/"] == BOTH
    assert [looked[route] for route in ("b/", "c/", "d/")] == [
        {Way.NARROW},
        {Way.WIDE},
        {Way.NARROW},
    ]


def test_the_order_in_which_screens_are_found_changes_nothing() -> None:
    assert ways(reversed(DOORS), whole=False) == ways(DOORS, whole=False)


def test_the_whole_looks_at_all_in_both() -> None:
    assert ways(DOORS, whole=True) == {door.route: BOTH for door in DOORS}


def test_what_is_no_screen_is_not_looked_at() -> None:
    assert ways([Door("x/", "/x/", "", "file")], whole=True) == {}
