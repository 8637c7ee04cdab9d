"""One key for what whoever listens does a hundred times a day; a letter where one writes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from browser.chromium import Visitors


@pytest.fixture
def desk(visitors: Visitors) -> Iterator[Page]:
    """Maya, in the conversation that she leads."""
    page = visitors.page("Maya")
    page.goto("/ecoute/")
    page.locator("section[aria-label=File] h2:has-text('Vous tenez') + ul a").first.click()
    page.get_by_label("Votre message").wait_for()
    # Keys do something once the scripts of the page are there.
    page.wait_for_load_state("load")
    yield page
    page.close()


def test_one_key_raises_the_hand_and_lowers_it_and_what_was_written_stays(desk: Page) -> None:
    box = desk.get_by_label("Votre message")
    box.fill("Je réfléchis.")
    box.blur()
    for said in ("Baisser la main", "Appeler le coordinateur"):
        desk.keyboard.press("m")
        expect(desk.get_by_role("button", name=said)).to_be_visible()
    expect(box).to_have_value("Je réfléchis.")


def test_one_key_opens_the_phrases_and_one_is_put_where_one_writes(desk: Page) -> None:
    box = desk.get_by_label("Votre message")
    desk.keyboard.press("p")
    phrase = desk.locator("a[data-insert]").first
    expect(phrase).to_be_focused()
    text = phrase.get_attribute("data-insert")
    assert text
    desk.keyboard.press("Enter")
    expect(box).to_have_value(text)
    expect(box).to_be_focused()


def test_one_key_shows_the_numbers_and_one_asks_before_the_end(desk: Page) -> None:
    desk.keyboard.press("n")
    expect(desk.get_by_role("link", name="17 Police et gendarmerie")).to_be_visible()
    desk.keyboard.press("n")
    expect(desk.get_by_role("link", name="17 Police et gendarmerie")).to_be_hidden()
    desk.keyboard.press("t")
    expect(desk.get_by_role("button", name="Terminer", exact=True)).to_be_focused()
    desk.keyboard.press("t")
    expect(desk.get_by_role("button", name="Terminer", exact=True)).to_be_hidden()


def test_keys_are_letters_where_one_writes(desk: Page) -> None:
    box = desk.get_by_label("Votre message")
    box.focus()
    desk.keyboard.type("mpnt")
    expect(box).to_have_value("mpnt")
    expect(desk.get_by_role("button", name="Appeler le coordinateur")).to_be_visible()


def test_the_help_says_them(desk: Page) -> None:
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Raccourcis du clavier")).to_contain_text(
        "terminer la conversation"
    )
    desk.keyboard.press("Escape")
