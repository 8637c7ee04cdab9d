"""What only a browser can tell: axe, widths, keyboard, drafts and the quick exit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from ground.shell.browser import chromium, serving, violations

pytestmark = pytest.mark.urls("ground.shell.addresses")
GALLERY = "/coquille/pieces/"
PAGES = [GALLERY, f"{GALLERY}?corriger=1", "/rien/"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def address(settings) -> Iterator[str]:
    with serving() as found:
        settings.FANAL_EXIT_URL = f"{found}/ailleurs/"
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


def open_in(browser: Browser, address: str, path: str, **options: object) -> Page:
    page = browser.new_context(base_url=address, **options).new_page()
    page.refused = []
    page.on("console", lambda line: page.refused.append(line.text))
    page.goto(path)
    return page


WIDE_AND_LIGHT = {"color_scheme": "light"}
NARROW_AND_DARK = {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}}


# The gallery itself is looked at with all the screens of the house.
@pytest.mark.parametrize("look", [WIDE_AND_LIGHT, NARROW_AND_DARK], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", PAGES[1:])
def test_axe_finds_nothing_and_the_policy_refuses_nothing(browser, address, path, look):
    page = open_in(browser, address, path, **look)

    assert violations(page) == []
    assert [line for line in page.refused if "Content Security Policy" in line] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_works_without_script(browser, address, path):
    page = open_in(browser, address, path, java_script_enabled=False)

    expect(page.locator("h1")).to_be_visible()
    assert page.locator("[data-keyboard]:visible").count() == 0
    page.context.close()


def test_the_rows_of_a_list_are_walked_by_keyboard(page):
    page.goto(GALLERY)

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tbody tr:nth-child(2) a")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("tbody tr:nth-child(1) a")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#fil")


def test_keys_do_nothing_while_one_types(page):
    page.goto(GALLERY)
    field = page.locator("textarea")

    field.press_sequentially("j? /k")

    expect(field).to_have_value("j? /k")
    expect(page.locator("#aide-clavier")).to_be_hidden()


def test_single_keys_can_be_switched_off(page):
    page.goto(GALLERY)
    page.keyboard.press("?")
    page.get_by_label("Raccourcis à une touche actifs").uncheck()
    page.get_by_role("button", name="Fermer").click()

    page.keyboard.press("?")

    expect(page.locator("#aide-clavier")).to_be_hidden()


def test_the_appearance_is_chosen_without_script(browser, address):
    page = open_in(browser, address, GALLERY, java_script_enabled=False)

    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sombre").click()

    assert page.url == address + GALLERY
    expect(page.locator("html")).to_have_attribute("data-appearance", "sombre")
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 26, 46)")
    page.context.close()


def test_a_form_to_correct_opens_on_its_summary_and_leads_to_the_control(page):
    page.goto(f"{GALLERY}?corriger=1")

    expect(page.locator("[data-summary]")).to_be_focused()
    page.get_by_role("link", name="Le jeune est-il en danger maintenant ?").click()
    assert page.evaluate("location.hash") == "#faux_danger_0"


def test_a_long_text_counts_down_and_is_never_cut(page):
    page.goto(GALLERY)
    field = page.locator("textarea")

    field.fill("é" * 20001)

    expect(page.locator("[data-limit]")).to_have_text("1 caractère de trop")
    assert len(field.input_value()) == 20001


def start_draft(page: Page) -> None:
    """Have the gallery's form save itself, as a screen marks it in its template."""
    page.route("**/coquille/pieces/", mark_draft)
    page.goto(GALLERY)


def mark_draft(route) -> None:
    answer = route.fetch()
    body = answer.text().replace('<form method="get" novalidate>', '<form data-autosave="/garde/">')
    route.fulfill(response=answer, body=body)


def test_a_draft_saves_itself_and_says_when(page):
    kept = []

    def keep(route) -> None:
        kept.append((route.request.post_data, route.request.headers["x-autosave"]))
        route.fulfill(status=204)

    page.route("**/garde/", keep)
    start_draft(page)
    page.locator("textarea").fill("Un fait daté.")

    expect(page.locator("[data-state=kept]")).to_contain_text("enregistré à ")
    assert "facts=Un+fait+dat%C3%A9." in kept[0][0]
    assert kept[0][1] == "1"


def test_a_draft_that_is_not_kept_says_so(page):
    page.route("**/garde/", lambda route: route.fulfill(status=500))
    start_draft(page)
    page.locator("textarea").fill("Un fait daté.")

    expect(page.locator("[data-autosave] [data-state=failed]")).to_contain_text("non enregistré")


def test_leaving_blanks_the_page_in_a_tenth_of_a_second_and_takes_its_place(page):
    page.goto("/rien/")
    before = page.evaluate("history.length")
    # An empty answer leaves the page where it is: blank.
    page.route("**/ailleurs/", lambda route: route.fulfill(status=204))

    spent = page.evaluate(
        """() => new Promise((tell) => {
            const start = performance.now();
            const blank = () => document.body.textContent.trim() === "";
            const seen = () => blank() && tell(performance.now() - start);
            new MutationObserver(seen).observe(document, { childList: true, subtree: true });
            document.querySelector("[data-exit]").click();
        })"""
    )

    assert spent < 100
    assert page.evaluate("document.title.trim()") == ""
    assert page.evaluate("history.length") == before


def test_three_escapes_leave_and_two_do_not(page):
    page.goto("/rien/")
    before = page.evaluate("history.length")

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url("**/ailleurs/")
    assert page.evaluate("history.length") == before


def test_without_script_the_way_out_is_a_plain_link(browser, address):
    page = open_in(browser, address, "/rien/", java_script_enabled=False)

    page.get_by_role("link", name="Quitter vite").click()

    assert page.url == f"{address}/ailleurs/"
    page.context.close()
