"""The checks see the faults that they are for: each is planted in a page, and found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from browser import checks
from browser.chromium import Visitors, Watched
from browser.words import not_french

START = """<!doctype html><html lang="fr"><head><title>Essai</title></head><body>
<a class="skip" href="#contenu">Aller au contenu</a><main id="contenu" tabindex="-1"><h1>Essai</h1>
"""
SOUND = '<p>Bien.</p><a href="/a">Un</a> <button type="button">Deux</button>'


@pytest.fixture
def page(visitors: Visitors) -> Iterator[Page]:
    page = visitors.page()
    # No policy refuses there what is planted.
    page.goto("about:blank")
    yield page
    page.close()


def written(page: Page, body: str) -> Page:
    page.set_content(f"{START}{body}</main></body></html>")
    return page


def test_a_sound_page_has_no_fault(page: Page) -> None:
    written(page, SOUND)

    assert checks.by_keyboard(page) == []
    assert checks.axe(page) == []
    assert not_french(SOUND) == []
    assert checks.sideways(page) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<a href="/a" style="outline: none">Un</a>', "rien ne montre le focus"),
        ('<a href="/a" tabindex="3">Un</a>', "tabindex positif"),
        ('<a href="/a" style="position: absolute; left: -9999px">Un</a>', "ce qui ne se voit pas"),
        (
            '<button type="button" id="a">Un</button>'
            '<button type="button" onblur="a.focus()">Deux</button><a href="/c">Trois</a>',
            "le clavier n'atteint pas",
        ),
        (
            '<a href="/a" onfocus="if (!this.back) { this.back = b; b.focus() }">Un</a>'
            '<a href="/b" id="b">Deux</a>',
            "l'ordre du clavier",
        ),
    ],
)
def test_the_keyboard_walk_sees_what_stops_it(page: Page, body: str, said: str) -> None:
    written(page, body)

    assert any(said in fault for fault in checks.by_keyboard(page))


def test_a_page_without_the_link_to_its_content_is_at_fault(page: Page) -> None:
    page.set_content('<html lang="fr"><body><main><a href="/a">Un</a></main></body></html>')

    assert "n'est pas le lien vers le contenu" in checks.by_keyboard(page)[-1]


def test_axe_sees_an_image_without_words_and_pale_ink(page: Page) -> None:
    written(page, '<img src="data:,"><p style="color: #bbb; background: #fff">Pâle</p>')

    found = " ".join(checks.axe(page))

    assert "image-alt" in found
    assert "color-contrast" in found


@pytest.mark.parametrize("text", ["None", "{{ minor }}", "This field is required.", "{% if %}"])
def test_words_that_are_not_french_are_read(text: str) -> None:
    assert not_french(f"Avant {text} après")


def test_what_is_wider_than_a_phone_is_seen(page: Page) -> None:
    assert checks.sideways(written(page, '<pre style="width: 400px">Large</pre>'))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("<form><button>Aller</button></form>", "sans méthode"),
        ('<form method="post"><input aria-label="Un"></form>', "rien n'envoie"),
        ('<form method="post"><button type="button">Aller</button></form>', "rien n'envoie"),
        (
            '<form method="get" action="https://a.invalid/"><button>A</button></form>',
            "sans adresse",
        ),
    ],
)
def test_a_form_that_needs_a_script_is_at_fault(page: Page, form: str, said: str) -> None:
    page.goto("/connexion/")
    written(page, form)

    (fault,) = checks.without_script(page, heading_with="Essai", menu_with=[])
    assert said in fault


def test_errors_and_calls_to_other_machines_are_kept(page: Page) -> None:
    watched = Watched(page)

    with page.expect_event("console"):
        page.evaluate("() => console.error('oh')")
    with page.expect_event("requestfailed"):
        page.evaluate("() => { new Image().src = 'https://ailleurs.invalid/x.png' }")

    assert any("oh" in fault for fault in watched.faults)
    assert any("ailleurs.invalid" in fault for fault in watched.faults)
