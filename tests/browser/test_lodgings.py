"""A night porter tells of a room on a telephone; the desk asks; they answer; it is closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.chromium import Visitors
from browser.test_letters import PHONE, faults_of

PLACE = "7 quai du Récit"
SAID = "Une très jeune fille a demandé le code de la porte en pleurant. [inventé]"
QUESTION = "Est-elle encore dans l’hôtel ?"
ANSWER = "Elle est repartie ce matin, seule."


def tick(page: Page, group: str, answer: str) -> None:
    page.get_by_role("group", name=group).get_by_label(answer, exact=True).check()


def told(page: Page) -> str:
    """Half filled first: what was typed is still there, and then it leaves."""
    page.goto("/hebergement/")
    expect(page.locator("main .danger-call a").first).to_have_attribute("href", "tel:17")
    page.get_by_role("link", name="Écrire au point de contact").click()
    page.get_by_label("Adresse de l’hébergement").fill(PLACE)
    page.get_by_label("Avec vos mots").fill(SAID)
    page.get_by_label("Quelqu’un a demandé de l’aide").check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Dites dans quelle commune").first).to_be_visible()
    expect(page.get_by_label("Adresse de l’hébergement")).to_have_value(PLACE)
    expect(page.get_by_label("Avec vos mots")).to_have_value(SAID)
    tick(page, "Quand ?", "En ce moment")
    tick(page, "Ces personnes sont-elles là", "Oui")
    tick(page, "Un enfant ou un adolescent", "Peut-être")
    tick(page, "Quel hébergement ?", "Hôtel, résidence hôtelière")
    page.get_by_label("Commune de l’hébergement").fill("Lille")
    tick(page, "Qui écrit ?", "Personnel d’un hôtel")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", name="L’alerte est arrivée")).to_be_visible()
    expect(page.locator("main > *").first).to_contain_text("appelez le 17")
    words = page.locator(".letter-code span").all_inner_texts()
    assert len(words) == 5
    return " ".join(words)


def come_back(page: Page, code: str) -> None:
    page.goto("/hebergement/suivi/")
    page.get_by_label("Les cinq mots").fill(code)
    page.get_by_role("button", name="Voir où en est l’alerte").click()
    expect(page.get_by_role("heading", name="Où en est l’alerte")).to_be_visible()
    assert SAID not in page.content()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_night_porter_and_the_contact_point(visitors: Visitors, script: bool) -> None:
    porter = visitors.alone() if script else visitors.page(script=False)
    porter.set_viewport_size(PHONE)
    code = told(porter)
    faults = faults_of(porter) if script else []
    assert porter.context.cookies() == []

    desk = visitors.page("Hugo")
    desk.goto("/hebergements/")
    desk.get_by_label("Adresse, annonce ou numéro").fill("quai du recit")
    desk.get_by_role("button", name="Filtrer").click()
    assert "recit" not in desk.url
    desk.locator("tbody tr", has_text="Reçue").get_by_role("link").first.click()
    expect(desk.get_by_text(SAID)).to_be_visible()
    expect(desk.get_by_text("Un enfant semble présent : sa protection d’abord.")).to_be_visible()
    desk.get_by_role("button", name="La prendre").click()
    expect(desk.get_by_text("L’alerte est à vous.")).to_be_visible()
    desk.get_by_label("À vérifier").check()
    desk.get_by_label("Motif").first.fill("Motif gardé au point de contact.")
    desk.get_by_role("button", name="Enregistrer la décision").click()
    expect(desk.get_by_text("La décision est enregistrée.")).to_be_visible()
    desk.get_by_text("Demander une précision", exact=True).click()
    desk.get_by_label("Message à la personne qui a écrit").fill(QUESTION)
    desk.get_by_role("button", name="Laisser ce message").click()
    expect(desk.get_by_text("Le message attend")).to_be_visible()
    where = desk.url

    come_back(porter, code)
    expect(porter.get_by_text("Prise en charge.")).to_be_visible()
    expect(porter.get_by_text(QUESTION)).to_be_visible()
    assert "Motif gardé" not in porter.content()
    porter.get_by_label("Ajouter un mot").fill(ANSWER)
    porter.get_by_role("button", name="Envoyer ce mot").click()
    expect(porter.get_by_text("Le mot est arrivé.")).to_be_visible()
    faults += faults_of(porter) if script else []

    desk.goto(where)
    expect(desk.get_by_text(ANSWER)).to_be_visible()
    desk.get_by_text("Clore", exact=True).click()
    desk.get_by_label("Vérifiée : rien d’inquiétant").check()
    desk.get_by_role("button", name="Clore l’alerte").click()
    expect(desk.get_by_text("L’alerte est close.")).to_be_visible()
    come_back(porter, code)
    expect(porter.get_by_text("Ce qui a été fait ne peut pas vous être dit")).to_be_visible()
    porter.close()
    assert not faults, "\n".join(faults)
