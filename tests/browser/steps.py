"""What a page of a journey owes to everybody, by the same rule as a screen: asked once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Page

from browser import green
from browser.signature import signature
from sizes import WHOLE

LOOKED_AT = "() => [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches].join()"
_asked: Counter[str] = Counter()


def unless_green(page: Page, check: Callable[[Page], list[str]]) -> list[str]:
    """The faults that a check finds, when the page is not one that was found sound at this step."""
    test = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0].removeprefix("tests/browser/")
    _asked[test] += 1
    step = f"{test} {_asked[test]}, {check.__name__}"
    made_of = signature(page.content(), page.evaluate(LOOKED_AT))
    if not WHOLE and green.is_green("steps", step, made_of):
        return []
    faults = check(page)
    if WHOLE:
        green.write("steps", step, made_of, sound=not faults)
    return faults
