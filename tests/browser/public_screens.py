"""
Every page for whoever comes, in each state, in each theme: what it owes, and what it weighs.

The pages are those of the URL configuration. Their states: as one comes (``normal``), once a search
found something (``found``), its form sent with nothing in it (``error``), and on an instance where
nothing is kept yet (``empty``).
"""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response, expect

from browser import checks
from browser.chromium import Visitors
from browser.signature import policy, signature
from browser.words import not_french
from doors import addresses, holes, is_read
from fanal.ground.access.middleware import is_open

THEMES = ("neutral", "dsfr")
STATES = ("normal", "found", "error", "empty")
# What a page weighs at first on the wire, its letters included.
MOST_BYTES = 100_000
# A word for each field of a search; a page that has none of these fields has nothing to find.
SOUGHT = {"where": "Lille", "words": "dormir"}
# The pieces of every screen on one page, in demonstration alone: for who builds, not who comes.
FOR_BUILDERS = {"coquille/pieces/"}
NOWHERE = "inconnu/"
PUBLIC = {
    route: view
    for route, view in addresses()
    if is_read(view) and is_open(view) and route not in FOR_BUILDERS
}
ROUTES = [*PUBLIC, NOWHERE]
# Twice as large on a telephone of 360 px.
ZOOMED = {"width": 360, "height": 740}
FILLED = """([sought, empty]) => {
  const forms = [...document.querySelectorAll("main form")].filter((one) => one.method === "post");
  const asks = (form) => Object.keys(sought).some((name) => form.elements.namedItem(name));
  globalThis.filled = empty ? forms.at(-1) : forms.find(asks);
  for (const one of filled?.elements ?? []) {
    if (["checkbox", "radio"].includes(one.type)) {
      one.checked &&= !empty;
    } else if (!["hidden", "submit", "fieldset"].includes(one.type)) {
      one.value = empty ? "" : sought[one.name] ?? one.value;
    }
  }
  return Boolean(filled);
}"""


# As the RGAA measures it (10.12).
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
EXIT_HIDDEN = """() => [...document.querySelectorAll("[data-exit]")]
  .map((one) => one.getBoundingClientRect())
  .some((box) => box.top < 0 || box.bottom > innerHeight || box.right > innerWidth)"""
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.textContent.trim())
  .filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowY))
  .filter((one) => one.clientHeight > 2 && one.scrollHeight > one.clientHeight + 1)
  .slice(0, 3).map((one) => one.outerHTML.slice(0, 100))"""


@dataclass(slots=True)
class Seen:
    """What one state of a page was found to be; weights in bytes."""

    weight: int
    signature: str = ""
    faults: list[str] = field(default_factory=list)


def look(visitors: Visitors, site: str, address: str, state: str, *, public: str) -> Seen | None:
    """
    One visit with script: wide and light, twice as large, narrow and dark; one visit without.

    Nothing when the page has no such state.
    """
    watched = visitors.standing()
    page, came = watched.page, Came()
    page.on("response", came.one)
    try:
        # Who stood on this page before may have kept what they like of a desk.
        page.goto(site + "/healthz")
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        came.responses.clear()
        answer = _stand(page, site + address, state, came)
        if answer is None:
            return None
        page.wait_for_load_state("networkidle")
    finally:
        page.remove_listener("response", came.one)
    seen = Seen(weigh(came.responses), signature(answer.text(), policy(answer.headers)))
    heading, menu = checks.heading(page), checks.menu(page)
    # An address that does not exist is said so in the console, and rightly.
    seen.faults += [one for one in watched.faults if "status of 404" not in one]
    seen.faults += not_french(page.locator("body").inner_text())
    seen.faults += checks.by_keyboard(page)
    seen.faults += [f"clair, {fault}" for fault in checks.axe(page)]
    seen.faults += _zoomed(page)
    seen.faults += _spaced(page)
    page.emulate_media(color_scheme="dark")
    seen.faults += checks.sideways(page)
    seen.faults += [f"sombre et étroit, {fault}" for fault in checks.axe(page)]
    seen.faults += _kept(page, public)
    if seen.weight > MOST_BYTES:
        seen.faults.append(f"{seen.weight} octets à la première visite")
    # What is sent without script is what was sent above: the server answers the same page.
    if state in ("normal", "empty"):
        plain = visitors.standing(script=False).page
        _stand(plain, site + address, state, came)
        seen.faults += checks.without_script(plain, heading_with=heading, menu_with=menu)
    return seen


class Came:
    """What a page asked for since it began to open."""

    def __init__(self) -> None:
        self.responses: list[Response] = []

    def one(self, response: Response) -> None:
        self.responses.append(response)


def _stand(page: Page, url: str, state: str, came: Came) -> Response | None:
    """Bring the page to this state; nothing when it has none such."""
    answer = page.goto(url)
    assert answer is not None
    wanted = 404 if url.endswith(f"/{NOWHERE}") else 200
    assert (answer.status, page.url) == (wanted, url)
    expect(page.locator(".htmx-request")).to_have_count(0)
    if state not in ("found", "error"):
        return answer
    if not page.evaluate(FILLED, [SOUGHT, state == "error"]):
        return None
    came.responses.clear()
    with page.expect_navigation() as sent:
        page.evaluate("() => HTMLFormElement.prototype.submit.call(filled)")
    return sent.value


def _zoomed(page: Page) -> list[str]:
    """Letters twice as large on a telephone of 360 px: nothing is past the edge, nor the exit."""
    page.set_viewport_size(ZOOMED)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    faults = checks.past_the_edge(page, ZOOMED["width"])
    hidden = page.evaluate(EXIT_HIDDEN)
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    hidden = hidden or page.evaluate(EXIT_HIDDEN)
    page.evaluate("() => { document.documentElement.style.fontSize = ''; scrollTo(0, 0); }")
    faults += ["la sortie n'est plus à l'écran"] if hidden else []
    return [f"deux fois plus grand, {fault}" for fault in faults]


def _spaced(page: Page) -> list[str]:
    """The letters, words and lines that a reader sets apart: nothing is cut or past the edge."""
    page.set_viewport_size(ZOOMED)
    page.evaluate(SPACED)
    cut = page.evaluate(CUT)
    faults = checks.past_the_edge(page, ZOOMED["width"])
    page.evaluate("() => { document.adoptedStyleSheets = []; }")
    faults += [f"le texte est coupé : {cut}"] if cut else []
    return [f"texte espacé, {fault}" for fault in faults]


def _kept(page: Page, route: str) -> list[str]:
    """A page for visitors keeps nothing; the door of those who sign in has its own cookie."""
    kept = page.evaluate("() => localStorage.length + sessionStorage.length")
    faults = ["quelque chose est gardé dans le navigateur"] if kept else []
    if getattr(PUBLIC.get(route), "csrf_exempt", False) and page.context.cookies():
        faults.append("un cookie est posé")
    return faults


def weigh(came: list[Response]) -> int:
    """Bytes on the wire at a first visit, letters included."""
    # A file that the page and a frame in it both ask for comes once.
    files = {one.url for one in came if urlsplit(one.url).path.startswith("/static/")}
    made = sum(one.request.sizes()["responseBodySize"] for one in came if one.url not in files)
    return made + sum(map(on_the_wire, files))


@cache
def on_the_wire(url: str) -> int:
    """As our own server sends it to a browser that has nothing of it yet."""
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        return len(answer.read())


def routes_of(state: str) -> list[str]:
    """On an empty instance, no address that names a thing."""
    return [route for route in ROUTES if state != "empty" or not holes(route)]
