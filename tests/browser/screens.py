"""One screen in a browser, in one way of looking or in both."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response, expect

from browser import checks
from browser.chromium import Visitors
from browser.house import Door
from browser.signature import policy, signature
from browser.ways import Way
from browser.words import not_french


@dataclass(frozen=True, slots=True)
class Seen:
    """What is amiss, and the signature of what was looked at, its fragments apart."""

    faults: list[str]
    signature: str


def look(visitors: Visitors, door: Door, ways: Collection[Way]) -> Seen:
    """One visit with script, light and wide, then dark and narrow; one without."""
    watched = visitors.standing(door.account)
    page = watched.page
    answer = _go(page, door)
    made_of = signature(answer.text(), policy(answer.headers))
    heading, menu = checks.heading(page), checks.menu(page)
    faults = not_french(page.locator("body").inner_text())
    if Way.WIDE in ways:
        faults += checks.by_keyboard(page)
    faults += watched.faults
    if Way.WIDE in ways:
        faults += [f"clair, {fault}" for fault in checks.axe(page)]
    page.emulate_media(color_scheme="dark")
    faults += checks.sideways(page)
    if Way.NARROW not in ways:
        return Seen(faults, made_of)
    faults += [f"sombre et étroit, {fault}" for fault in checks.axe(page)]
    plain = visitors.standing(door.account, script=False).page
    _go(plain, door)
    faults += checks.without_script(plain, heading_with=heading, menu_with=menu)
    return Seen(faults, made_of)


def _go(page: Page, door: Door) -> Response:
    answer = page.goto(door.address)
    assert answer is not None
    assert (answer.status, urlsplit(page.url).path) == (200, door.address)
    # What the page asks for as it opens has come: nothing is replaced under the keyboard.
    expect(page.locator(".htmx-request")).to_have_count(0)
    return answer
