"""A network that cuts, doubles or answers in our place: nothing is lost, nothing begins twice."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, Route, expect

from browser.chromium import Visitors

DEEDS, SAY, FOLLOW = "**/parler/gestes/", "**/direct/dire", "**/direct/suivre"


def body_of(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(route.request.post_data or "{}")
    return found


def begin(page: Page) -> None:
    page.goto("/parler/")
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_label("Ton message")).to_be_focused()


def write(page: Page, words: str) -> None:
    page.get_by_label("Ton message").fill(words)
    page.get_by_role("button", name="Envoyer").click()


def test_begun_again_after_a_lost_answer_it_is_one_conversation(visitors: Visitors) -> None:
    page = visitors.page()
    keys: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        keys.append(body_of(route)["key"])
        answer = route.fetch()
        if len(keys) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route(DEEDS, lose_the_first_answer, times=2)
    page.goto("/parler/")
    page.get_by_role("button", name="Commencer").click()
    expect(page.locator("[data-begin] [data-refused]")).to_contain_text("coupée")
    page.get_by_role("button", name="Commencer").dblclick()
    expect(page.get_by_label("Ton message")).to_be_focused()
    assert len(keys) == 2
    assert keys[0] == keys[1]
    page.close()


def test_who_is_refused_in_danger_has_numbers_to_press(visitors: Visitors) -> None:
    page = visitors.page()
    page.goto("/parler/")
    numbers = page.locator("[data-begin] .danger-call")
    expect(numbers).to_be_hidden()
    page.get_by_label("Je suis en danger maintenant").check()
    page.get_by_role("button", name="Commencer").click()
    expect(page.locator("[data-begin] [data-refused]")).to_contain_text("personne ne lit")
    for number in ("17", "112", "114", "119"):
        expect(numbers.get_by_role("link", name=number)).to_be_visible()
    page.close()


def test_words_arrive_in_their_order_through_a_cut(visitors: Visitors) -> None:
    page = visitors.page()
    begin(page)
    kept: list[str] = []

    def cut_twice(route: Route) -> None:
        tries.append(body_of(route)["text"])
        if len(tries) <= 2:
            route.abort()
            return
        kept.append(tries[-1])
        route.continue_()

    tries: list[str] = []
    page.route(SAY, cut_twice)
    write(page, "Un.")
    write(page, "Deux.")
    expect(page.locator(".talk-visitor:not(.talk-sending)")).to_have_text(
        ["Toi Un. Envoyé", "Toi Deux."]
    )
    assert kept == ["Un.", "Deux."]
    assert tries[:3] == ["Un."] * 3
    page.close()


def test_danger_is_asked_again_until_it_is_heard_and_the_numbers_do_not_wait(
    visitors: Visitors,
) -> None:
    page = visitors.page()
    begin(page)
    tries: list[str] = []

    def cut_twice(route: Route) -> None:
        tries.append(body_of(route)["act"])
        if len(tries) <= 2:
            route.abort()
        else:
            route.continue_()

    page.route(DEEDS, cut_twice)
    page.get_by_role("button", name="Je suis en danger maintenant").click()
    expect(page.locator("[data-help] .danger-call")).to_be_visible()
    # The demonstration's own answer: the third try was heard.
    expect(page.locator(".talk-system")).to_contain_text("personne ne lit")
    assert tries == ["danger"] * 3
    page.close()


def test_what_another_answers_in_our_place_ends_nothing(visitors: Visitors) -> None:
    page = visitors.page()

    def taken(route: Route) -> None:
        route.fulfill(status=404, content_type="text/html", body="<p>Page bloquée.</p>")

    page.route(FOLLOW, taken, times=1)
    page.route(SAY, taken, times=1)
    begin(page)
    write(page, "Encore là.")
    page.locator(".talk-visitor:not(.talk-sending)", has_text="Encore là.").wait_for()
    expect(page.locator("[data-place]")).not_to_have_text("")
    expect(page.locator(".talk-system")).to_have_count(0)
    page.close()


def test_a_word_that_tells_danger_shows_whom_to_call(visitors: Visitors) -> None:
    page = visitors.page()
    begin(page)
    write(page, "Bonjour.")
    page.locator(".talk-visitor:not(.talk-sending)", has_text="Bonjour.").wait_for()
    expect(page.locator("[data-help]")).to_be_hidden()
    write(page, "Ils ont fermé à clé.")
    expect(page.locator("[data-help] .danger-call")).to_be_visible()
    page.get_by_role("button", name="Terminer la conversation").click()
    page.close()
