"""What a screen owes to everybody that its HTML alone tells: read in process, at every run."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

from browser.words import SPACES, not_french

MENU = "//nav[@aria-label='Menu principal']//a"
SILENT = ("script", "style", "template")
METHODS = ("get", "post", "dialog")


def faults(page: str, *, signed_in: bool) -> list[str]:
    root = html.document_fromstring(page)
    return [
        *not_french(words_of(root)),
        *_headings(root),
        *(_menu(root) if signed_in else ()),
        *(fault for form in root.iter("form") for fault in _form(form, root)),
    ]


def words_of(root: HtmlElement) -> str:
    """What may be read on a page, scripts apart."""
    return SPACES.sub(" ", " ".join(_said(root.body)))


def _said(element: HtmlElement) -> Iterator[str]:
    for one in element.iter():
        if isinstance(one.tag, str) and one.tag not in SILENT and one.text:
            yield one.text
        if one.tail:
            yield one.tail


def _headings(root: HtmlElement) -> Iterator[str]:
    titles = [one.text_content().strip() for one in root.iter("h1")]
    if len(titles) != 1 or not titles[0]:
        yield f"la page a pour titre {titles}"


def _menu(root: HtmlElement) -> Iterator[str]:
    if not any(one.text_content().strip() for one in root.xpath(MENU)):
        yield "pas de menu principal"


def _form(form: HtmlElement, root: HtmlElement) -> Iterator[str]:
    start = html.tostring(form, encoding="unicode")[:120]
    if form.get("method", "").lower() not in METHODS:
        yield f"sans script, formulaire sans méthode : {start}"
    if "://" in form.get("action", ""):
        yield f"sans script, formulaire qui part ailleurs : {start}"
    if not any(_submits(one) for one in _controls(form, root)):
        yield f"sans script, rien n'envoie le formulaire : {start}"


def _controls(form: HtmlElement, root: HtmlElement) -> Iterator[HtmlElement]:
    within = form.iter("button", "input")
    yield from (one for one in within if one.get("form", form.get("id")) == form.get("id"))
    if form.get("id"):
        yield from root.xpath("//*[@form=$id]", id=form.get("id"))


def _submits(control: HtmlElement) -> bool:
    if "disabled" in control.attrib:
        return False
    kind = control.get("type", "").lower()
    if control.tag == "button":
        return kind not in ("button", "reset")
    return control.tag == "input" and kind in ("submit", "image")
