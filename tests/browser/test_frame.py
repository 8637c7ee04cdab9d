"""The search held by another site: it finds, opens a place apart, and keeps nothing."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.chromium import Visitors, Watched


def test_a_place_is_found_in_the_frame_of_another_site(visitors: Visitors) -> None:
    watched = Watched(visitors.alone())
    page = watched.page
    page.goto("/trouver/cadre/aide/")
    lines = page.locator(".place-code code").inner_text()
    page.goto("about:blank")
    page.set_content(f"<!doctype html><html lang='fr'><title>Autre site</title>{lines}</html>")
    held = page.frame_locator("iframe")
    held.get_by_label("Où ?").fill("Lille")
    held.get_by_role("button", name="Chercher").click()
    expect(held.get_by_role("heading", name="Près de Lille (59)")).to_be_visible()
    with page.context.expect_page() as opening:
        held.locator(".place a").first.click()
    opened = opening.value
    expect(opened.locator("h1")).to_be_visible()
    assert "/lieux/" in opened.url
    assert opened.evaluate("window.opener") is None
    opened.close()
    assert page.context.cookies() == []
    assert watched.faults == []
