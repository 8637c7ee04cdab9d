"""The page as a reader meets it: on a desk, on a small phone, at night, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from browser import checks
from browser.chromium import WIDE, launch
from engines.population.reporting import samples
from fanal.engines.population.reporting import Findings, render

NAMES = ("uk2013_5lists", "korea_3lists", "neworleans_n185_8lists")
OUTSIDE = """() => [...document.querySelectorAll('.drawing text')]
  .filter((one) => one.checkVisibility())
  .filter((one) => {
    const box = one.getBoundingClientRect();
    return box.left < -1 || box.right > document.documentElement.clientWidth + 1;
  }).map((one) => one.textContent)"""
CROSSED = """() => [...document.querySelectorAll('.drawing')].flatMap((drawing) => {
  const boxes = [...drawing.querySelectorAll('.name, .value, .mark-words, .silent')]
    .filter((one) => one.checkVisibility() && one.textContent)
    .map((one) => [one.textContent, one.getBoundingClientRect()]);
  return boxes.flatMap(([word, a], place) => boxes.slice(place + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
    .map(([other]) => `${word} / ${other}`));
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    window = browser.new_context(viewport=WIDE, locale="fr-FR")
    yield window.new_page()
    window.close()


def shown(page: Page, findings: Findings, folder: Path) -> list[str]:
    """Open the report from its file; what it asked of the network beside."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    path = folder / "report.html"
    path.write_text(render(findings), encoding="utf-8")
    page.goto(path.as_uri())
    return [one for one in asked if one != path.as_uri()]


@pytest.mark.parametrize("public", [True, False], ids=["public", "protected"])
@pytest.mark.parametrize("name", NAMES)
def test_the_report_has_no_fault_by_day_and_by_night(
    page: Page, tmp_path: Path, name: str, public: bool
) -> None:
    asked = shown(page, replace(samples.findings(name), public=public), tmp_path)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => one.open = true)")

    faults = checks.axe(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(checks.NARROW)
    faults += checks.axe(page)

    assert faults == []
    assert asked == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_or_scrolls_sideways_on_the_smallest_phone(
    page: Page, tmp_path: Path, name: str
) -> None:
    shown(page, samples.findings(name), tmp_path)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => one.open = true)")

    assert checks.sideways(page) == []
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(CROSSED) == []


@pytest.mark.parametrize("name", NAMES)
def test_words_do_not_cover_each_other_on_a_desk(page: Page, tmp_path: Path, name: str) -> None:
    shown(page, samples.findings(name), tmp_path)

    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(CROSSED) == []


def test_an_interval_without_an_end_crosses_nothing(page: Page, tmp_path: Path) -> None:
    findings = samples.findings("uk2013_5lists")
    endless = tuple(
        replace(one, upper=None) if one.lower is not None else one for one in findings.answers
    )

    shown(page, replace(findings, answers=endless), tmp_path)

    assert page.evaluate(CROSSED) == []
    assert checks.sideways(page) == []
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(CROSSED) == []


def test_long_names_of_lists_are_shortened_and_cross_nothing(page: Page, tmp_path: Path) -> None:
    names = ("Aide sociale à l'enfance du département", "Police et gendarmerie nationales", "119")
    table = replace(samples.published("korea_3lists"), lists=names)

    shown(page, samples.of_table(table), tmp_path)

    assert page.evaluate(CROSSED) == []
    assert checks.sideways(page) == []
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(CROSSED) == []


def test_the_keyboard_goes_through_all_of_it(page: Page, tmp_path: Path) -> None:
    shown(page, samples.findings("korea_3lists"), tmp_path)

    assert checks.by_keyboard(page) == []


def test_paper_shows_the_numbers_that_a_screen_folds(page: Page, tmp_path: Path) -> None:
    shown(page, samples.findings("korea_3lists"), tmp_path)

    page.emulate_media(media="print")

    table = page.locator("details table").first
    assert table.bounding_box()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
