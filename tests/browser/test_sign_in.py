"""One click on the login page, for each account of the demonstration."""

from __future__ import annotations

from browser.chromium import Visitors
from browser.house import House


def test_t(house: House, visitors: Visitors) -> None:
    for d in house.doors.values(): print(d)
    page = visitors.page("Nadia")
    page.goto("/")
    print(page.title())
