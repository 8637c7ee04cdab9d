"""From a young person's first words to the answer of a département. Everybody is invented."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser import test_main_job as job
from browser.chromium import Visitors
from browser.person import Person
from sizes import WHOLE

SAID = "Je dors chez une amie depuis trois jours."
ANSWERED = "Merci de nous écrire. Tu es en sécurité, là ?"
RECORDS = "/fiches/"


def test_an_information_goes_from_the_chat_to_the_departement_and_back(visitors: Visitors) -> None:
    maya, anouk = Person("Maya", visitors), Person("Anouk", visitors)
    nadia, karim = Person("Nadia", visitors), Person("Karim", visitors)

    young = visitors.alone()
    writes(young)
    in_danger_is_sent_to_the_numbers(young)
    listens(maya, young)
    record = fills_the_record(maya)
    asks_for_a_reader(maya)
    signs(anouk)
    receipt = comes_back(maya, record, "Reçue")
    anouk.open(f"{RECORDS}retours/")
    anouk.sees(receipt)
    job.qualify(nadia, receipt)
    nothing_of_the_talk(nadia)
    comes_back(maya, record, "En cours")
    if not WHOLE:
        # From here it is the way of every concern, walked in ``test_main_job``; what a record says
        # at its end is in ``tests/helpline/contacts/test_returns.py``.
        return
    job.evaluate(karim)
    job.decide(nadia, receipt)
    job.signal(nadia)
    job.notify(nadia, receipt)
    comes_back(maya, record, "Réponse donnée")
    anouk.open(f"{RECORDS}retours/")
    anouk.sees("Réponses par autorité")
    anouk.does_not_see(receipt)


def writes(young: Page) -> None:
    young.goto("/parler/")
    expect(young.locator("main")).to_contain_text("personne ne lit")
    young.get_by_label("Ton département").fill("59")
    young.get_by_role("button", name="Commencer").click()
    young.get_by_label("Ton message").fill(SAID)
    young.get_by_role("button", name="Envoyer").click()
    expect(young.locator(".talk-visitor:not(.talk-sending)")).to_contain_text(SAID)


def in_danger_is_sent_to_the_numbers(young: Page) -> None:
    """Nobody reads in a demonstration: it says so, and whom to call."""
    young.get_by_role("button", name="Je suis en danger maintenant").click()
    for number in ("17", "112", "114", "119"):
        expect(young.get_by_role("link", name=number, exact=True).first).to_be_visible()


def listens(maya: Person, young: Page) -> None:
    maya.open("/ecoute/")
    waiting = maya.main.locator(".listen-queue a").evaluate_all("all => all.map(one => one.href)")
    for address in waiting:
        maya.open(address)
        if maya.main.get_by_text(SAID).count():
            break
    maya.press("Prendre cette conversation")
    maya.page.locator("[data-answer] textarea").fill(ANSWERED)
    maya.page.locator("[data-answer]").get_by_role("button", name="Envoyer").click()
    expect(young.locator(".talk-listener")).to_contain_text(ANSWERED)


def fills_the_record(maya: Person) -> str:
    """Beside the talk first, then whole; what was said at the door is already there."""
    maya.main.get_by_role("button", name="Ouvrir la fiche").click()
    maya.main.get_by_role("link", name="L’ouvrir en grand").click()
    maya.page.wait_for_url(f"**{RECORDS}*/")
    expect(maya.main.get_by_label("Département, s’il est seul connu")).to_have_value("59")
    child(maya, 1, job.GIVEN, job.FAMILY, 16)
    maya.press("Écrire un autre enfant")
    child(maya, 2, job.BROTHER, job.FAMILY, 9)
    maya.write("Commune où l’enfant vit ou séjourne", "Lille")
    maya.choose("immediate_danger", "no")
    maya.pick("Sait-on où est l’enfant ?", "Oui")
    maya.write("Les faits", job.FACTS)
    maya.pick("Une exploitation sexuelle est-elle évoquée ?", "Suspectée")
    maya.choose("child_informed", "yes")
    maya.choose("parents_informed", "yes")
    maya.press("Enregistrer la fiche")
    return maya.address


def child(maya: Person, row: int, given: str, family: str, age: int) -> None:
    box = maya.main.locator(f"#enfant-{row}")
    box.get_by_label("Prénom").fill(given)
    box.get_by_label("Nom de famille").fill(family)
    box.get_by_label("Âge, en années").fill(str(age))


def asks_for_a_reader(maya: Person) -> None:
    maya.follow("Préparer l’information préoccupante")
    maya.sees(job.FACTS)
    maya.does_not_see(SAID)
    maya.press("Donner à relire")


def signs(anouk: Person) -> None:
    anouk.open(f"{RECORDS}relecture/")
    waiting = anouk.main.locator("section", has=anouk.page.locator("#avant"))
    waiting.get_by_role("link").last.click()
    anouk.page.wait_for_url("**/relire/")
    anouk.sees(job.FACTS)
    anouk.press("Signer et envoyer")
    anouk.sees("Elle est partie")


def comes_back(maya: Person, record: str, status: str) -> str:
    """The receipt, beside what the département says of it."""
    maya.open(record)
    expect(maya.main.locator(".step-done, .step-current").last).to_contain_text(status)
    return maya.main.locator(".receipt-number strong").inner_text()


def nothing_of_the_talk(nadia: Person) -> None:
    """The département is given what was reported, and not what was said."""
    for words in (SAID, ANSWERED):
        nadia.does_not_see(words)
