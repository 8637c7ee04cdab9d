"""A letter, from the form to its answer: with script or without, leaving nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser import checks
from browser.chromium import Visitors
from browser.house import HERE
from browser.steps import unless_green
from browser.test_leaving import ENOUGH, finds_what_is_there, holding
from deadlines import deadline

PHONE = {"width": 360, "height": 740}
SAID = "Un mot d’essai, inventé."


def faults_of(page: Page) -> list[str]:
    """What axe-core says, light then dark, on a narrow telephone; and what passes its edge."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme}, {fault}" for fault in unless_green(page, checks.axe)]
    wide = page.evaluate("() => document.scrollingElement.scrollWidth")
    return found + ([f"{wide} px de large"] if wide > PHONE["width"] else [])


def code_on(page: Page) -> str:
    expect(page.get_by_role("heading", name="La lettre est arrivée")).to_be_visible()
    words = page.locator(".letter-code span").all_inner_texts()
    assert len(words) == 5
    return " ".join(words)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_one_writes_on_a_telephone_and_comes_back(visitors: Visitors, script: bool) -> None:
    page = visitors.page(script=script)
    page.set_viewport_size(PHONE)
    page.goto("/ecrire/")
    faults = faults_of(page) if script else []
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Il faut écrire quelque chose").first).to_be_visible()
    faults += faults_of(page) if script else []
    page.get_by_label("Le message").fill(SAID)
    page.get_by_label("De quoi s’agit-il ?").select_option("other")
    page.get_by_role("button", name="Envoyer").click()
    code = code_on(page)
    faults += faults_of(page) if script else []
    assert SAID not in page.content()

    page.goto("/ecrire/reponse/")
    page.get_by_label("Les cinq mots du code").fill("abeille pâte farine zèbre zénith")
    page.get_by_role("button", name="Voir la réponse").click()
    expect(page.get_by_text("Ce code n’ouvre rien")).to_be_visible()
    page.get_by_label("Les cinq mots du code").fill(code)
    page.get_by_role("button", name="Voir la réponse").click()
    expect(page.get_by_text("Pas encore de réponse")).to_be_visible()
    faults += faults_of(page) if script else []
    assert SAID not in page.content()
    page.get_by_label("Ajouter un mot").fill("Merci.")
    page.get_by_role("button", name="Envoyer ce mot").click()
    expect(page.get_by_role("heading", name="Le mot est ajouté")).to_be_visible()
    page.close()
    assert not faults, "\n".join(faults)


def test_with_script_nothing_that_is_sent_enters_the_history(visitors: Visitors) -> None:
    page = visitors.alone()
    page.goto("/ecrire/")
    entries = page.evaluate("() => history.length")
    page.get_by_label("Le message").fill(SAID)
    page.get_by_role("button", name="Envoyer").click()
    code_on(page)
    assert page.evaluate("() => history.length") == entries
    # Who listens to the page is told where they are now.
    assert page.evaluate("() => document.activeElement.tagName") == "H1"
    storage = "() => [localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(storage) == [0, 0, ""]


def test_cut_off_what_was_written_stays_and_is_sent_again(visitors: Visitors) -> None:
    page = visitors.alone()
    page.goto("/ecrire/")
    page.get_by_label("Le message").fill(SAID)
    page.context.set_offline(True)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("La connexion est coupée")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Envoyer").click()
    code_on(page)


def test_a_listener_answers_and_the_answer_alone_is_read(visitors: Visitors) -> None:
    writer = visitors.alone()
    writer.goto("/ecrire/")
    writer.get_by_label("Le message").fill(f"{SAID} On me menace.")
    writer.get_by_role("button", name="Envoyer").click()
    code = code_on(writer)

    desk = visitors.page("Maya")
    desk.goto("/ecoute/lettres/")
    # Of its class, the last come: it is read before it is taken.
    queue = desk.locator("[aria-label='File des lettres'] a")
    for address in queue.evaluate_all("links => links.map((one) => one.pathname)"):
        desk.goto(address)
        if SAID in desk.locator("[aria-label='La lettre']").inner_text():
            break
    expect(desk.get_by_text("parle de violences ou de menaces").first).to_be_visible()
    desk.get_by_role("button", name="Prendre cette lettre").click()
    desk.get_by_label("La réponse").fill("Nous sommes là.")
    desk.get_by_role("button", name="Envoyer la réponse").click()
    expect(desk.get_by_text("La réponse est gardée")).to_be_visible()

    writer.goto("/ecrire/reponse/")
    writer.get_by_label("Les cinq mots du code").fill(code)
    writer.get_by_role("button", name="Voir la réponse").click()
    expect(writer.get_by_text("Nous sommes là.")).to_be_visible()
    assert SAID not in writer.content()


def test_no_word_of_a_letter_stays_in_the_browser(url: str, tmp_path: Path) -> None:
    path = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, HERE / "writing.py", url, tmp_path],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=deadline(ENOUGH),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    left = json.loads(done.stdout)
    assert len(left["code"]) == 5
    secret = [*left["words"], "xylophone", " ".join(left["code"]), "+".join(left["code"])]
    kept = {text: found for text in secret if (found := holding(tmp_path, text))}
    assert kept == {}
    finds_what_is_there(tmp_path, url)
