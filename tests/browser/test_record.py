"""The record beside the conversation: it comes by itself, and saves itself as one writes."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.chromium import Visitors

KEPT = "[data-autosave-status][data-state=kept]"


def test_a_record_is_written_beside_a_conversation(visitors: Visitors) -> None:
    page = visitors.standing("Maya Inventée").page
    page.goto("/ecoute/")
    page.locator("h2:has-text('Vous tenez') + ul a").first.click()
    record = page.locator("#fiche")
    expect(record).to_be_visible()

    record.locator("textarea[name=facts]").fill("Un fait inventé.")
    expect(record.locator(KEPT)).to_be_attached()
    record.locator("summary", has_text="Les enfants").click()
    names = record.locator("[name^=child-][name$=-given_names]")
    already = names.count()
    record.get_by_role("button", name="Écrire un autre enfant").click()
    expect(names).to_have_count(already + 1)

    # The form that came with the second row saves itself too, and nothing was lost.
    expect(record.locator("textarea[name=facts]")).to_have_value("Un fait inventé.")
    names.last.fill("Nila")
    expect(record.locator(KEPT)).to_be_attached()
    record.get_by_role("link", name="L’ouvrir en grand").click()
    expect(page.locator("[name^=child-][name$=-given_names][value=Nila]")).to_be_attached()
