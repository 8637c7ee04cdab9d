"""A keeper asks, the structure answers by its link, the keeper accepts, everybody sees the day."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import expect

from browser import checks
from browser.chromium import Visitors
from browser.steps import unless_green
from deadlines import wait_until

MAILBOX = "parcours@demonstration.invalid"
NUMBER = "03 20 00 00 01"
SECONDS = 30.0
LINK = re.compile(r"https?://\S+")


def link_in(outbox: Path) -> str:
    """The worker sends the mail: it is waited for."""

    def found() -> str:
        for one in outbox.glob("*.log"):
            mail = message_from_bytes(one.read_bytes(), EmailMessage, policy=policy.default)
            if mail["To"] == MAILBOX and (link := LINK.search(mail.get_content())):
                return link[0]
        return ""

    return wait_until(found, seconds=SECONDS, what="the mail leaves")


def test_a_structure_confirms_by_a_link_and_a_keeper_shows_it(
    visitors: Visitors, shared_folder: Path
) -> None:
    desk = visitors.page("Lou")
    desk.goto("/annuaire/?kind=planning_familial&tier=public")
    desk.locator("tbody a").first.click()
    place = re.sub(r"/annuaire/", "/lieux/", desk.url)
    desk.get_by_label("Adresse de contact").fill(MAILBOX)
    desk.get_by_role("button", name="Garder cette adresse").click()
    desk.get_by_role("button", name="Demander si la fiche est juste").click()
    expect(desk.get_by_text("La demande part au lieu.").first).to_be_visible()

    structure = visitors.alone()
    structure.goto(link_in(shared_folder / "outbox"))
    line = structure.get_by_role("listitem").filter(has_text="Téléphone")
    line.get_by_label("À compléter").fill(NUMBER)
    faults = unless_green(structure, checks.axe) + checks.sideways(structure)
    structure.get_by_role("button", name="Envoyer").click()
    expect(structure.get_by_role("heading", name="Merci")).to_be_visible()
    assert structure.context.cookies() == []

    desk.reload()
    desk.get_by_role("button", name="Accepter Téléphone").click()
    expect(desk.get_by_text("La proposition est acceptée.").first).to_be_visible()
    structure.goto(place)
    expect(structure.get_by_role("link", name=NUMBER)).to_be_visible()
    expect(structure.get_by_text("Confirmé le")).to_be_visible()
    structure.get_by_role("button", name="Ce numéro ne répond pas").click()
    expect(structure.get_by_text("Une personne va vérifier ce numéro.")).to_be_visible()
    assert not faults, "\n".join(faults)
