"""Leaving in a hurry: the page is blank at once, then it is another page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from browser.chromium import Visitors
from deadlines import deadline

AT_ONCE_MS = 100
# Says in the console, before the page goes, how long it stayed after the deed.
MEASURE = """
let begun = 0;
const begin = () => { begun = performance.now(); };
addEventListener("click", begin, true);
addEventListener("keydown", begin, true);
new MutationObserver(() => {
  if (begun && document.documentElement.innerText.trim() === "") {
    console.info(`vide en ${performance.now() - begun}`);
  }
}).observe(document, { childList: true, subtree: true });
"""


def by_the_button(page: Page) -> None:
    page.get_by_role("link", name="Quitter vite").click(no_wait_after=True)


def by_escape(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [by_the_button, by_escape])
def test_a_public_page_is_blank_at_once_and_leads_elsewhere(
    url: str, visitors: Visitors, leave: Callable[[Page], None]
) -> None:
    page = visitors.page()
    page.add_init_script(MEASURE)
    page.goto("/connexion/")
    # The page that follows is held back while the blank one is measured.
    held: list[Route] = []
    page.route("**/healthz", lambda route: held.append(route))  # noqa: PLW0108

    with page.expect_console_message(lambda said: said.text.startswith("vide en ")) as told:
        leave(page)

    assert float(told.value.text.removeprefix("vide en ")) < deadline(AT_ONCE_MS)
    for route in held:
        route.continue_()
    page.unroute("**/healthz")
    page.wait_for_url(f"{url}/healthz")
    # It takes the place of the page in the history: there is no way back to it.
    page.go_back()
    assert "/connexion/" not in page.url
    page.close()


def test_two_presses_of_escape_leave_nothing(visitors: Visitors) -> None:
    page = visitors.page()
    page.goto("/connexion/")

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    assert page.get_by_role("heading", level=1).is_visible()
    page.close()


def test_the_button_leaves_without_script_too(url: str, visitors: Visitors) -> None:
    page = visitors.page(script=False)
    page.goto("/connexion/")

    page.get_by_role("link", name="Quitter vite").click()

    page.wait_for_url(f"{url}/healthz")
    page.close()
