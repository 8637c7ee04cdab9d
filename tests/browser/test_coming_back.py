"""One writes on a device, goes on with five words on another; the first page works no more."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.chromium import Visitors


def begun(page: Page, words: str) -> None:
    page.goto("/parler/")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Ton message").fill(words)
    page.get_by_role("button", name="Envoyer").click()
    page.locator(".talk-visitor:not(.talk-sending)", has_text=words).wait_for()


def test_five_words_take_the_conversation_elsewhere_and_show_nothing_said_before(
    visitors: Visitors,
) -> None:
    first, second = visitors.page(), visitors.page()
    begun(first, "perlimpinpin")
    first.get_by_role("button", name="Pouvoir revenir").click()
    five = first.locator("[data-words]")
    expect(five).not_to_have_text("")
    code, forced = five.inner_text(), first.locator("[data-duress]").inner_text()

    second.goto("/parler/revenir/")
    answers = []
    for typed in ("abeille pate farine zebre zenith", forced):
        second.get_by_label("Les cinq mots").fill(typed)
        with second.expect_response("**/parler/gestes/") as answered:
            second.get_by_role("button", name="Reprendre").click()
        answers.append((answered.value.status, answered.value.body()))
        expect(second.locator("[data-begin] [data-refused]")).to_contain_text("n’ouvre rien")
    assert answers[0] == answers[1]
    second.get_by_label("Les cinq mots").fill(code)
    second.get_by_role("button", name="Reprendre").click()

    expect(second.locator(".talk-system")).to_contain_text("De retour")
    expect(first.locator(".talk-system")).to_contain_text("Cette page ne marche plus")
    expect(five).to_have_text("")
    assert "perlimpinpin" not in second.content()
    second.get_by_label("Ton message").fill("Me revoilà.")
    second.get_by_role("button", name="Envoyer").click()
    second.locator(".talk-visitor:not(.talk-sending)", has_text="Me revoilà.").wait_for()
    first.close()
    expect(second.get_by_role("button", name="Envoyer")).to_be_visible()
    second.get_by_role("button", name="Terminer la conversation").click()
    second.close()


def test_one_who_noted_their_code_sees_it_no_more(visitors: Visitors) -> None:
    page = visitors.page()
    begun(page, "Bonjour.")
    page.get_by_role("button", name="Pouvoir revenir").click()
    page.get_by_role("button", name="C’est noté").click()
    expect(page.locator("[data-codes]")).to_be_hidden()
    expect(page.locator("[data-words]")).to_have_text("")
    page.get_by_role("button", name="Pouvoir revenir").click()
    expect(page.locator(".talk-system")).to_contain_text("Attends une minute")
    page.get_by_role("button", name="Terminer la conversation").click()
    page.close()
