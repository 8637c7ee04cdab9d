"""A question, from the page to its answer, with script or without; and its danger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.chromium import Visitors
from browser.test_letters import PHONE, faults_of

SAID = "Une question d’essai, inventée."


def code_on(page: Page) -> str:
    expect(page.get_by_role("heading", name="La question est arrivée")).to_be_visible()
    words = page.locator(".letter-code span").all_inner_texts()
    assert len(words) == 5
    return " ".join(words)


def asked(page: Page, text: str) -> str:
    page.goto("/questions/poser/")
    page.get_by_label("La question").fill(text)
    page.get_by_role("button", name="Envoyer").click()
    return code_on(page)


def come_back(page: Page, code: str) -> None:
    page.goto("/questions/reponse/")
    page.get_by_label("Les cinq mots du code").fill(code)
    page.get_by_role("button", name="Voir la réponse").click()
    expect(page.get_by_role("heading", name="La réponse", exact=True)).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_one_searches_asks_and_comes_back_on_a_telephone(visitors: Visitors, script: bool) -> None:
    page = visitors.page(script=script)
    page.set_viewport_size(PHONE)
    page.goto("/questions/")
    page.get_by_label("Chercher dans les réponses").fill("dormir")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", name="Ce qui s’en approche")).to_be_visible()
    assert "dormir" not in page.url
    faults = faults_of(page) if script else []
    page.goto("/questions/")
    page.get_by_role("link", name="Un ami disparaît la nuit").click()
    expect(page.get_by_role("heading", name="La réponse", exact=True)).to_be_visible()
    faults += faults_of(page) if script else []

    page.goto("/questions/poser/")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Il faut écrire quelque chose").first).to_be_visible()
    faults += faults_of(page) if script else []
    code = asked(page, SAID)
    faults += faults_of(page) if script else []
    assert SAID not in page.content()
    come_back(page, code)
    expect(page.get_by_text("Pas encore de réponse")).to_be_visible()
    faults += faults_of(page) if script else []
    assert SAID not in page.content()
    page.close()
    assert not faults, "\n".join(faults)


def test_with_script_nothing_is_kept(visitors: Visitors) -> None:
    page = visitors.alone()
    page.goto("/questions/poser/")
    entries = page.evaluate("() => history.length")
    page.get_by_label("La question").fill(SAID)
    page.get_by_role("button", name="Envoyer").click()
    code_on(page)
    assert page.evaluate("() => history.length") == entries
    storage = "() => [localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(storage) == [0, 0, ""]


def test_a_danger_is_one_key_and_shows_the_numbers_to_who_asked(visitors: Visitors) -> None:
    asker = visitors.alone()
    code = asked(asker, f"{SAID} Elle a peur.")
    desk = visitors.page("Maya")
    desk.goto("/moderation/")
    queue = desk.locator("[aria-labelledby='waiting'] a")
    for address in queue.evaluate_all("links => links.map((one) => one.pathname)"):
        desk.goto(address)
        if "Elle a peur." in desk.locator("main").inner_text():
            break
    desk.get_by_role("button", name="Danger").click()
    expect(desk.get_by_text("L’écoute est prévenue.").first).to_be_visible()
    come_back(asker, code)
    calls = asker.locator("main .danger-call a")
    assert calls.evaluate_all("links => links.map((one) => one.getAttribute('href'))") == [
        "tel:17",
        "tel:112",
        "sms:114",
        "tel:119",
    ]
