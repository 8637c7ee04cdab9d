"""
In which ways each screen is looked at.

The screens of one template differ by what they ask, and each costs a second and more. The first
of a template, by name, is looked at in both ways, the others in one and the other in turn;
``make whole`` looks at all in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import Enum

from browser.house import Door


class Way(Enum):
    # With script, light and wide: axe-core, and the Tab key through the page.
    WIDE = "wide"
    # With script, dark and narrow: axe-core. Then without script.
    NARROW = "narrow"


BOTH = frozenset(Way)
IN_TURN = (frozenset({Way.NARROW}), frozenset({Way.WIDE}))


def ways(doors: Iterable[Door], *, whole: bool) -> dict[str, frozenset[Way]]:
    """For the address of each screen, how it is looked at."""
    by_template: dict[str, list[str]] = defaultdict(list)
    for door in doors:
        if door.is_screen:
            by_template[door.template].append(door.route)
    return {
        route: BOTH if whole or not rank else IN_TURN[rank % 2 - 1]
        for routes in by_template.values()
        for rank, route in enumerate(sorted(routes))
    }
