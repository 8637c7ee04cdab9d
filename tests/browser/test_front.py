"""
The pages for whoever comes: what one does there, with script and without.

What each weighs, keeps and looks like enlarged is asked of all of them by ``public_screens``.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser import checks
from browser.chromium import Visitors
from browser.steps import unless_green


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_from_the_home_one_finds_a_place(visitors: Visitors, script: bool) -> None:
    page = visitors.standing("", script=script).page
    page.goto("/")
    page.get_by_label("Où ?").fill("Lille")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", name="Près de Lille (59)")).to_be_visible()


def test_the_home_of_whoever_has_signed_in_is_their_desk(visitors: Visitors) -> None:
    page = visitors.fresh("Malo")
    page.goto("/")
    assert page.url.endswith("/bureau/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Malo")
    page.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_five_answers_lead_to_three_doors_to_places_and_to_words(
    visitors: Visitors, script: bool
) -> None:
    page = visitors.standing("", script=script).page
    page.goto("/")
    page.get_by_role("link", name="Je suis concerné·e").click()
    page.get_by_label("Oui", exact=True).check()
    page.get_by_label("J’ai peur de quelqu’un").check()
    page.get_by_label("Par écrit, en prenant mon temps").check()
    page.get_by_label("À un ami ou une amie").check()
    page.get_by_label("Dans quel coin es-tu ?").fill("Lille")
    page.get_by_role("button", name="Voir qui peut aider").click()
    expect(page.locator("#portes + .front-doors > li")).to_have_count(3)
    expect(page.get_by_role("heading", name="Près de là")).to_contain_text("Lille")
    expect(page.locator(".front-say li").first).to_be_visible()
    assert page.url.endswith("/reperes/courant/moi/")
    assert page.title() == "Fanal"
    assert page.context.cookies() == []


@pytest.mark.parametrize("edition", ["courant", "facile", "ar"])
def test_what_the_answers_lead_to_is_for_everybody(visitors: Visitors, edition: str) -> None:
    page = visitors.standing("").page
    page.goto(f"/reperes/{edition}/parent/")
    page.emulate_media(color_scheme="light")
    page.locator("input[name='now'][value='gone']").check()
    page.locator("input[name='where']").fill("nulle part au monde")
    page.locator("form.front-questions button").click()
    expect(page.locator("#portes")).to_be_visible()
    faults = unless_green(page, checks.axe) + unless_green(page, checks.by_keyboard)
    page.emulate_media(color_scheme="dark")
    assert faults + checks.sideways(page) + unless_green(page, checks.axe) == []


def test_what_goes_from_right_to_left_is_mirrored(visitors: Visitors) -> None:
    """The exit on the other side, each button before its words, numbers and French as they are."""
    page = visitors.alone()
    page.goto("/reperes/courant/moi/")
    french = [box(page, one) for one in (".brand", "[data-exit]", "#now_yes", ".danger-call .icon")]
    page.goto("/reperes/ar/moi/")
    arabic = [box(page, one) for one in (".brand", "[data-exit]", "#now_yes", ".danger-call .icon")]
    for one, other in zip(french, arabic, strict=True):
        assert (one < 640) != (other < 640)
    page.locator("#now_yes").check()
    page.locator("#where").fill("Lille")
    page.locator("form.front-questions button").click()
    expect(page.locator(".place-list")).to_have_css("direction", "ltr")
    expect(page.locator("#portes")).to_have_css("direction", "rtl")
    expect(page.locator("#where")).to_have_css("direction", "ltr")
    page.context.close()


def box(page: Page, which: str) -> float:
    """Where the middle of something is, in a window of 1280 px."""
    found = page.locator(which).first.bounding_box()
    assert found is not None
    return found["x"] + found["width"] / 2


TOLD = {
    "/trouver/": {"status"},
    "/questions/poser/": {"alert"},
    "/ecrire/": {"alert"},
    "/parler/": {"status", "log", "alert"},
}
NAMED = ("button", "link", "textbox", "checkbox", "radio", "combobox", "searchbox")
# What a script would show or write is there, as it would be.
SHOWN = """() => {
  for (const one of document.querySelectorAll("main [hidden]")) one.hidden = false;
  for (const one of document.querySelectorAll("main :is([role=alert], [role=status])")) {
    if (!one.textContent.trim()) one.textContent = "Un message.";
  }
}"""


@pytest.mark.parametrize("address", TOLD)
def test_what_a_script_shows_is_told_and_what_one_uses_has_a_name(
    visitors: Visitors, address: str
) -> None:
    """RGAA 7.1 and 7.5, as the browser tells whoever asks for them: roles, names, live regions."""
    page = visitors.alone()
    page.goto(address)
    page.evaluate(SHOWN)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    seen = [one for one in tree if not one["ignored"]]
    roles = {one["role"]["value"] for one in seen}
    assert roles >= TOLD[address]
    live = {
        one["role"]["value"]
        for one in seen
        for said in one.get("properties", ())
        if said["name"] == "live" and said["value"]["value"] in ("polite", "assertive")
    }
    assert live >= TOLD[address]
    nameless = [
        one["role"]["value"]
        for one in seen
        if one["role"]["value"] in NAMED and not one.get("name", {}).get("value")
    ]
    assert nameless == []
    page.context.close()


def tree_of(page: Page, role: str) -> list[dict[str, Any]]:
    """What the browser tells of each thing of this role: its name and its properties."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        {"name": one["name"]["value"]}
        | {said["name"]: said["value"].get("value") for said in one.get("properties", ())}
        for one in nodes
        if not one["ignored"] and one["role"]["value"] == role
    ]


def test_a_script_that_waits_or_ends_keeps_the_focus_and_tells_the_state(
    visitors: Visitors,
) -> None:
    """RGAA 7.1: each script of the public pages, where what it changes had the focus."""
    page = visitors.alone()
    # Cut off, a letter keeps the button that sent it, and says why.
    page.goto("/ecrire/")
    page.get_by_label("Le message").fill("Un mot d’essai, inventé.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Envoyer").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="La connexion est coupée")).to_be_visible()
    expect(page.get_by_role("button", name="Envoyer")).to_be_focused()
    page.context.set_offline(False)
    # The browser looks for where one is: the button says that it waits, and is still there.
    page.goto("/trouver/")
    page.evaluate("() => { navigator.geolocation.getCurrentPosition = () => {}; }")
    page.get_by_role("button", name="Près de moi").press("Enter")
    expect(page.get_by_role("status").filter(has_text="cherche la zone")).to_be_visible()
    expect(page.get_by_role("button", name="Près de moi")).to_be_focused()
    [near] = [one for one in tree_of(page, "button") if one["name"] == "Près de moi"]
    assert near["disabled"] is True
    # A conversation: what was said can be reached, and who ends it is brought there.
    page.goto("/parler/")
    page.get_by_role("button", name="Commencer").press("Enter")
    expect(page.get_by_label("Ton message")).to_be_focused()
    [log] = tree_of(page, "log")
    assert (log["name"], log["live"]) == ("Conversation", "polite")
    page.get_by_role("button", name="Terminer la conversation").press("Enter")
    expect(page.get_by_role("list", name="Ce qui a été dit")).to_be_focused()
    expect(page.get_by_role("log")).to_contain_text("C’est terminé.")
    page.context.close()
