"""
``python leaving.py URL PROFILE``: talk with script in a browser that knows nothing yet, and leave.

Says on its output, as JSON, what must be found nowhere in PROFILE.
"""

from __future__ import annotations

import json
import sys

from playwright.sync_api import Request, sync_playwright

from browser.chromium import ARGUMENTS, deadline_ms, whole_program

SAID = ("zygomatique-alpha dit à voix basse", "zygomatique-beta dit ensuite")
DRAFT = "zygomatique-gamma commencé"


def main() -> None:
    url, profile = sys.argv[1:]
    keys: set[str] = set()

    def asked(request: Request) -> None:
        if request.method == "POST" and request.post_data:
            keys.add(json.loads(request.post_data).get("key", ""))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            profile, executable_path=whole_program(), args=ARGUMENTS
        )
        browser.set_default_timeout(deadline_ms())
        page = browser.pages[0]
        page.on("request", asked)
        page.goto(f"{url}/parler/")
        page.get_by_label("De quoi veux-tu parler ?").select_option("health")
        page.get_by_role("button", name="Commencer").click()
        for words in SAID:
            page.get_by_label("Ton message").fill(words)
            page.get_by_role("button", name="Envoyer").click()
            page.locator(".talk-visitor:not(.talk-sending)", has_text=words).wait_for()
        page.get_by_role("button", name="Pouvoir revenir").click()
        page.wait_for_function("() => document.querySelector('[data-words]').textContent !== ''")
        codes = page.locator(".talk-five").all_inner_texts()
        page.get_by_role("button", name="C’est noté").click()
        page.goto(f"{url}/parler/revenir/")
        page.get_by_label("Les cinq mots").fill(codes[0])
        page.get_by_role("button", name="Reprendre").click()
        page.locator(".talk-system", has_text="De retour").wait_for()
        page.get_by_label("Ton message").fill(DRAFT)
        page.wait_for_function("() => document.querySelector('[data-place]').textContent !== ''")
        page.get_by_role("link", name="Quitter vite").click()
        page.wait_for_url("**/healthz")
        browser.close()
    keys.discard("")
    print(json.dumps({"words": [*SAID, DRAFT], "keys": sorted(keys), "codes": codes}))


if __name__ == "__main__":
    main()
