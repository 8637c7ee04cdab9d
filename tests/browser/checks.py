"""What every screen owes to everybody; each check says its faults in one line apiece."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from browser.chromium import AXE

KEYBOARD = Path(__file__).with_name("keyboard.js").read_text(encoding="utf-8")
NARROW = {"width": 320, "height": 700}
MENU = "nav[aria-label='Menu principal']"
SUBMITS = "button:not([type=button], [type=reset]), input[type=submit], input[type=image]"
VIOLATIONS = {"resultTypes": ["violations"]}
COUNTED = "options => axe.run(document, options).then(found => found.violations.length)"
FORMS = """(submits) => [...document.forms].map((form) => ({
  start: form.outerHTML.slice(0, 120),
  method: form.getAttribute("method"),
  action: form.action,
  submits: [...form.elements].filter((one) => one.matches(submits) && !one.disabled).length,
}))"""
# Past the last stop the browser leaves the page, then comes back to the first.
PRESSES_MORE = 3


def axe(page: Page) -> list[str]:
    """The violations that axe-core finds, by all its rules."""
    if not page.evaluate("() => 'axe' in window"):
        # Evaluated, and not a script tag: the page's policy stays as it is.
        page.evaluate(AXE)
    # To say where each element stands is a third of the work, and is needed by faults alone.
    if not page.evaluate(COUNTED, VIOLATIONS | {"selectors": False}):
        return []
    found = page.evaluate("options => axe.run(document, options)", VIOLATIONS)
    return [
        f"axe {one['id']} : {' ; '.join(_where(node) for node in one['nodes'][:4])}"
        for one in found["violations"]
    ]


def _where(node: dict[str, Any]) -> str:
    why = " ".join(str(one["message"]) for one in node["any"][:1])
    return f"{' '.join(map(str, node['target']))} {node['html'][:120]} {why}"


def sideways(page: Page) -> list[str]:
    """What makes a phone of 320 px scroll from side to side."""
    page.set_viewport_size(NARROW)
    return past_the_edge(page, NARROW["width"])


def past_the_edge(page: Page, width: int) -> list[str]:
    wide = page.evaluate("() => document.scrollingElement.scrollWidth")
    if wide <= width:
        return []
    past = page.evaluate(
        """() => [...document.body.querySelectorAll("*")]
          .filter((one) => one.getBoundingClientRect().right > innerWidth)
          .filter((one) => one.checkVisibility({ visibilityProperty: true }))
          .slice(-3).map((one) => one.outerHTML.slice(0, 100))"""
    )
    return [f"à {width} px la page en fait {wide} : {past}"]


def by_keyboard(page: Page) -> list[str]:
    """Walk the page with the Tab key alone, from its beginning."""
    page.evaluate(KEYBOARD)
    count = page.evaluate("() => keyboard.count()")
    for _ in range(count + PRESSES_MORE):
        page.keyboard.press("Tab")
    faults: list[str] = page.evaluate("() => keyboard.faults()")
    return faults + list(_skips(page))


def _skips(page: Page) -> Iterator[str]:
    target = page.evaluate("() => keyboard.skip()")
    if not target:
        yield "le premier arrêt du clavier n'est pas le lien vers le contenu"
        return
    page.keyboard.press("Enter")
    if not page.evaluate("target => document.activeElement.matches(target)", target):
        yield f"le lien vers le contenu ne mène pas à {target}"


def heading(page: Page) -> str:
    return " | ".join(page.locator("h1").all_inner_texts())


def menu(page: Page) -> list[str]:
    """The links of the menu that is in view."""
    return [text.strip() for text in page.locator(f"{MENU}:visible a").all_inner_texts()]


def without_script(page: Page, *, heading_with: str, menu_with: list[str]) -> list[str]:
    """The same page in a browser that runs no script."""
    faults = []
    if heading(page) != heading_with:
        faults.append(f"sans script le titre est « {heading(page)} », non « {heading_with} »")
    if menu(page) != menu_with:
        faults.append(f"sans script le menu principal est {menu(page)}, non {menu_with}")
    forms = page.evaluate(FORMS, SUBMITS)
    return faults + [fault for form in forms for fault in _form_faults(form)]


def _form_faults(form: dict[str, Any]) -> Iterator[str]:
    if form["method"] not in ("get", "post", "dialog"):
        yield f"sans script, formulaire sans méthode : {form['start']}"
    if not str(form["action"]).startswith("http://127.0.0.1"):
        yield f"sans script, formulaire sans adresse : {form['start']}"
    if not form["submits"]:
        yield f"sans script, rien n'envoie le formulaire : {form['start']}"
