"""One key for what is done a hundred times a day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from browser.chromium import Visitors


@pytest.fixture
def desk(visitors: Visitors) -> Iterator[Page]:
    page = visitors.page("Nadia")
    page.goto("/informations/")
    yield page
    page.close()


def test_slash_searches(desk: Page) -> None:
    desk.keyboard.press("/")

    expect(desk.locator("[data-search]").first).to_be_focused()


def test_j_and_k_go_down_and_up_the_rows_and_enter_opens(desk: Page) -> None:
    rows = desk.locator("[data-rows] tbody tr")

    for key, rank in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        desk.keyboard.press(key)
        expect(rows.nth(rank).get_by_role("link").first).to_be_focused()
    wanted = rows.nth(1).get_by_role("link").first.get_attribute("href")
    desk.keyboard.press("Enter")

    desk.wait_for_url(f"**{wanted}")


def test_a_question_mark_shows_the_keys_and_escape_closes_them(desk: Page) -> None:
    help_ = desk.get_by_role("dialog", name="Raccourcis du clavier")

    desk.keyboard.press("?")
    expect(help_).to_be_visible()
    desk.keyboard.press("Escape")

    expect(help_).to_be_hidden()


def test_keys_are_letters_where_one_writes(desk: Page) -> None:
    search = desk.locator("[data-search]").first
    search.focus()

    desk.keyboard.type("j/k?")

    expect(search).to_have_value("j/k?")
    expect(search).to_be_focused()


def test_keys_can_be_turned_off(desk: Page) -> None:
    desk.keyboard.press("?")
    desk.get_by_label("Raccourcis à une touche").uncheck()
    desk.keyboard.press("Escape")

    desk.keyboard.press("/")

    expect(desk.locator("[data-search]").first).not_to_be_focused()
    desk.evaluate("() => localStorage.clear()")
