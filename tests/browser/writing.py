"""
``python writing.py URL PROFILE``: send a letter with script in a browser that knows nothing, leave.

Says on its output, as JSON, what must be found nowhere in PROFILE.
"""

from __future__ import annotations

import json
import sys

from playwright.sync_api import sync_playwright

from browser.chromium import ARGUMENTS, deadline_ms, whole_program

SAID, WORD, DRAFT = (
    f"xylophone-{name}" for name in ("alpha écrit ici", "beta ajouté", "gamma commencé")
)


def main() -> None:
    url, profile = sys.argv[1:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            profile, executable_path=whole_program(), args=ARGUMENTS
        )
        browser.set_default_timeout(deadline_ms())
        page = browser.pages[0]
        page.goto(f"{url}/ecrire/")
        page.get_by_label("Le message").fill(SAID)
        page.get_by_role("button", name="Envoyer").click()
        page.get_by_role("heading", name="La lettre est arrivée").wait_for()
        code = page.locator(".letter-code span").all_inner_texts()
        page.goto(f"{url}/ecrire/reponse/")
        page.get_by_label("Les cinq mots du code").fill(" ".join(code))
        page.get_by_role("button", name="Voir la réponse").click()
        page.get_by_label("Ajouter un mot").fill(WORD)
        page.get_by_role("button", name="Envoyer ce mot").click()
        page.get_by_role("heading", name="Le mot est ajouté").wait_for()
        page.goto(f"{url}/ecrire/")
        page.get_by_label("Le message").fill(DRAFT)
        page.get_by_role("link", name="Quitter vite").click()
        page.wait_for_url("**/healthz")
        browser.close()
    # The words of the list are words of every dictionary: five in a row are the code.
    print(json.dumps({"words": [SAID, WORD, DRAFT], "code": code}))


if __name__ == "__main__":
    main()
