"""Somebody at work in the browser, and every address that they have met on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from browser.chromium import Visitors

HREFS = "() => [...document.querySelectorAll('a[href]')].map((one) => one.pathname)"


@dataclass(slots=True)
class Person:
    name: str
    visitors: Visitors
    met: set[str] = field(default_factory=set)
    _page: Page | None = None

    @property
    def page(self) -> Page:
        if self._page is None:
            self._page = self.visitors.page(self.name)
        return self._page

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def open(self, address: str = "/bureau/") -> None:
        self.page.goto(address)
        self._meet()

    def follow(self, link: str | re.Pattern[str]) -> None:
        """Click a link of the screen, and be where it leads."""
        self.main.get_by_role("link", name=link).first.click()
        self._arrive()

    def press(self, button: str) -> None:
        """Send the form that this button sends, and be where it leads."""
        self.main.get_by_role("button", name=button, exact=True).click()
        self._arrive()
        faults = self.main.locator("[data-summary]").all_inner_texts()
        assert faults == [], f"{self.name}, {self.address}"

    def opens_notice(self, text: str) -> None:
        """Open the newest notice that says so."""
        self.open("/avis/")
        notice = self.main.locator(".notice").filter(has_text=text).first
        notice.get_by_role("button").click()
        self._arrive()

    def write(self, label: str, text: str) -> None:
        self.main.get_by_label(label).first.fill(text)

    def searches(self, words: str) -> None:
        """Look for somebody by name; the address never holds it."""
        field = self.main.get_by_role("searchbox").first
        field.fill(words)
        field.press("Enter")
        self._arrive()
        assert words not in self.page.url

    def choose(self, name: str, value: str) -> None:
        self.main.locator(f"input[name='{name}'][value='{value}']").check()

    def tick(self, name: str) -> None:
        """Tick a box, the first one of its group."""
        self.main.locator(f"input[name='{name}']").first.check()

    def pick(self, label: str, starting: str) -> None:
        """Choose, in a list, the line that begins so."""
        options = self.main.get_by_label(label).first.locator("option").all_inner_texts()
        chosen = next(one for one in options if one.startswith(starting))
        self.main.get_by_label(label).first.select_option(label=chosen)

    def sees(self, text: str) -> None:
        expect(self.main).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        expect(self.main).not_to_contain_text(text)

    def waits_until_saved(self) -> None:
        expect(self.page.locator("[data-autosave-status]")).to_contain_text("enregistré à")

    def leaves(self) -> None:
        """Close the page, as one closes a laptop."""
        self.page.close()
        self._page = None

    def answer_at(self, address: str) -> tuple[int, str]:
        """What an address answers to this person: its status and its text."""
        answer = self.page.request.get(address, max_redirects=0)
        return answer.status, answer.text()

    @property
    def address(self) -> str:
        return urlsplit(self.page.url).path

    def _arrive(self) -> None:
        self.page.wait_for_load_state()
        self._meet()

    def _meet(self) -> None:
        self.met.add(self.address)
        self.met.update(self.page.evaluate(HREFS))
