"""A danger read in a question is on the screen of whoever listens in less than five seconds."""

from __future__ import annotations

from time import monotonic

from playwright.sync_api import Page, expect

from browser.chromium import Visitors
from browser.test_questions import SAID, asked, come_back
from deadlines import deadline

AT_MOST_SECONDS = 5.0


def opened(visitors: Visitors, words: str) -> Page:
    """The question of these words, as who moderates opens it."""
    desk = visitors.fresh("Maya")
    desk.goto("/moderation/")
    queue = desk.locator("[aria-labelledby='waiting'] a")
    for address in queue.evaluate_all("links => links.map((one) => one.pathname)"):
        desk.goto(address)
        if words in desk.locator("main").inner_text():
            return desk
    raise AssertionError(words)


def test_a_danger_is_on_the_screen_of_whoever_listens_in_five_seconds(visitors: Visitors) -> None:
    asker = visitors.alone()
    asked(asker, f"{SAID} Il arrive, elle se cache.")
    listening = visitors.fresh("Anouk")
    listening.goto("/ecoute/")
    alarms = listening.locator(".listen-alarms a", has_text="Une lettre")
    before = alarms.count()
    moderating = opened(visitors, "elle se cache")

    begun = monotonic()
    moderating.get_by_role("button", name="Danger").click()
    # On a machine that has nothing else to do.
    expect(alarms).to_have_count(before + 1, timeout=deadline(AT_MOST_SECONDS) * 1000)
    assert monotonic() - begun < deadline(AT_MOST_SECONDS)

    # It opens what was asked, and rings no more once somebody holds it.
    alarms.last.click()
    expect(listening.get_by_text("elle se cache").first).to_be_visible()
    listening.get_by_role("button", name="Prendre").click()
    listening.goto("/ecoute/")
    expect(alarms).to_have_count(before)
    for page in (asker, listening, moderating):
        page.context.close()


def test_she_asks_comes_back_with_her_code_and_reads_the_answer(visitors: Visitors) -> None:
    asker = visitors.alone()
    code = asked(asker, f"{SAID} À qui parler au lycée ?")
    moderating = opened(visitors, "À qui parler au lycée")
    moderating.get_by_label("La réponse").fill("À l’infirmière, une réponse inventée.")
    moderating.get_by_role("button", name="Envoyer la réponse").click()
    expect(moderating.get_by_text("réponse inventée").first).to_be_visible()

    elsewhere = visitors.alone()
    come_back(elsewhere, code)
    expect(elsewhere.get_by_text("À l’infirmière, une réponse inventée.")).to_be_visible()
    assert "lycée" not in elsewhere.content()
    for page in (asker, moderating, elsewhere):
        page.context.close()
