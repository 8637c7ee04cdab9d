"""A key held in the hand, played by the browser's own virtual authenticator."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.chromium import Visitors

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def enter(page: Page, home: str) -> None:
    page.goto(f"{home}/connexion/?next=/compte/securite/")
    page.get_by_role("button").filter(has_text="Denis").click()


def test_a_key_is_added_asked_for_at_the_next_sign_in_and_taken_away(visitors: Visitors) -> None:
    # A key is tied to a name, and a number is none.
    home = visitors.url.replace("127.0.0.1", "localhost")
    page = visitors.alone()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    held = tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    enter(page, home)
    page.wait_for_url("**/compte/securite/")

    page.get_by_role("link", name="Ajouter une clé").click()
    page.get_by_label("Nom de la clé").fill("Clé inventée")
    page.get_by_role("button", name="Ajouter la clé").click()
    page.wait_for_url("**/compte/securite/codes/")
    expect(page.locator("main li.reference")).to_have_count(10)

    page.context.clear_cookies()
    enter(page, home)
    page.wait_for_url("**/connexion/second-facteur/")
    page.get_by_role("button", name="Utiliser ma clé").click()
    page.wait_for_url("**/compte/securite/")
    expect(page.get_by_text("Clé inventée").first).to_be_visible()

    # Without the key the password alone stays at the door.
    page.context.clear_cookies()
    enter(page, home)
    page.wait_for_url("**/connexion/second-facteur/")
    identifier = {"authenticatorId": held["authenticatorId"]}
    kept = tools.send("WebAuthn.getCredentials", identifier)["credentials"]
    tools.send("WebAuthn.clearCredentials", identifier)
    page.get_by_role("button", name="Utiliser ma clé").click()
    expect(page.get_by_role("status")).to_contain_text("La clé n’a pas répondu")

    tools.send("WebAuthn.addCredential", {**identifier, "credential": kept[0]})
    page.get_by_role("button", name="Utiliser ma clé").click()
    page.wait_for_url("**/compte/securite/")
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator("main")).to_contain_text("Vous n’en avez aucun")
    assert faults == []
    page.context.close()
