"""A child in danger now: numbers to call at once, somebody alarmed, an alarm that stops."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.chromium import Visitors
from browser.person import Person

GIVEN, FAMILY, INITIALS = "Aurore", "Fictive-Lointaine", "A. F."


def test_danger_shows_whom_to_call_and_alarms_the_duty_agent(visitors: Visitors) -> None:
    sofia, omar = Person("Sofia", visitors), Person("Omar", visitors)
    omar.open()
    before = _unread(omar)

    _says_danger(sofia)
    _sends(sofia)

    omar.open()
    assert _unread(omar) == before + 1
    # What nobody has opened comes before the rest.
    expect(omar.main.locator("tbody tr").first).to_contain_text(INITIALS)
    omar.opens_notice("Danger immédiat signalé")
    omar.sees(f"{GIVEN} {FAMILY}")
    alarm = omar.main.locator(".clock").filter(has_text="alerte de danger")
    expect(alarm).to_contain_text("fait")
    assert _unread(omar) == before


def _unread(person: Person) -> int:
    tally = person.page.locator(".desk-tools .tally")
    return int(tally.inner_text().split()[0]) if tally.count() else 0


def _says_danger(sofia: Person) -> None:
    sofia.open("/transmettre/")
    sofia.press("Commencer")
    numbers = sofia.main.get_by_role("region", name="Appeler les secours")
    expect(numbers).to_have_count(0)
    sofia.choose("immediate_danger", "yes")
    # Nothing was sent yet: the screen answers to the choice itself.
    for number in ("17", "112"):
        expect(numbers.get_by_role("link", name=number)).to_be_visible()
    sofia.choose("missing_now", "no")
    sofia.press("Continuer")


def _sends(sofia: Person) -> None:
    sofia.write("Prénom", GIVEN)
    sofia.write("Nom de famille", FAMILY)
    sofia.write("Âge estimé", "14")
    sofia.choose("sex", "F")
    sofia.write("Commune où il vit", "Lille")
    sofia.press("Continuer")
    sofia.write("Ce que vous avez vu ou entendu", "A écrit à une amie qu'elle a peur.")
    sofia.choose("exploitation", "none")
    sofia.press("Continuer")
    sofia.choose("child_informed", "no")
    sofia.choose("parents_informed", "yes")
    sofia.press("Continuer")
    sofia.sees("17")
    sofia.press("Envoyer à la cellule de recueil")
    sofia.sees("Bien reçue")
    sofia.sees("appelez maintenant le 17 ou le 112")
