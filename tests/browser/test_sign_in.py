"""One click on the login page opens the desk of each account of the demonstration."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.chromium import Visitors
from sizes import WHOLE


def names_on(page: Page) -> list[str]:
    page.goto("/connexion/")
    names = [text.split(" · ")[0] for text in page.locator(".account .quiet").all_inner_texts()]
    assert len(names) > 5
    return names


def test_one_click_opens_the_desk_of_an_account(visitors: Visitors) -> None:
    page = visitors.alone()
    names = names_on(page)

    for name in names if WHOLE else (names[0], names[-1]):
        page.goto("/connexion/")
        page.get_by_role("button").filter(has_text=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Bonjour {name}")
        page.context.clear_cookies()
    page.context.close()


def test_the_form_of_each_account_opens_its_own_desk(visitors: Visitors) -> None:
    page = visitors.alone()

    for name in names_on(page):
        visitors.enter(page.context, name)
        assert f"Bonjour {name}" in page.request.get("/bureau/").text()
    page.context.close()


def test_the_login_page_keeps_no_password_and_says_who_reads(visitors: Visitors) -> None:
    page = visitors.page()
    page.goto("/connexion/")

    expect(page.get_by_label("Démonstration")).to_contain_text("personne ne lit ici")
    expect(page.get_by_label("Mot de passe")).to_have_attribute("type", "password")
    page.close()


def test_signing_out_closes_the_desk(visitors: Visitors) -> None:
    page = visitors.fresh("Malo")
    page.goto("/")
    page.locator("summary").filter(has_text="Malo").click()

    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/connexion/")
    page.goto("/bureau/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Connexion")
    page.close()
