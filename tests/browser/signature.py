"""
What a screen is made of, whatever the day and the rows in it: the same screen, the same signature.

Kept: each tag, its classes, roles and attributes, its words, what stands under what, identifiers
that stand twice or lead nowhere, how headings follow each other. Left out: references, tokens,
numbers, days and hours, names drawn at random, and how many alike rows there are, in which order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import pairwise

from lxml import html
from lxml.html import HtmlElement

from browser import assets
from browser.words import SPACES

# Their numbers say how the page is laid out, or walked through.
EXACT = {"class", "tabindex", "colspan", "rowspan", "rows", "cols", "size", "maxlength", "style"}
REFERRING = ("for", "form", "list", "headers", "aria-labelledby", "aria-describedby")
REFERRING += ("aria-controls", "aria-owns", "aria-activedescendant")
HEADING = re.compile(r"h[1-6]")

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# A token of ours: long, of letters and numbers together.
TOKEN = re.compile(r"(?=[\w+/=:.-]*\d)(?=[\w+/=:.-]*[A-Za-z])[\w+/=:-]{22,}")
# « M-FF0A12 », « IP-26-J0NW-0JP7 ».
NUMBERED = re.compile(r"\b[A-Z]{1,3}-(?:[0-9A-F]{6,12}|\d+(?:-[0-9A-Z]{4}){2})\b")
ASKED = re.compile(r"(?<==)[^&#]+")
LINKS = {"href", "action", "formaction", "hx-get", "hx-post", "src"}
NONCE = re.compile(r"nonce-[^']+")
NUMBER = re.compile(r"\d[\d\s.,:/h]*\d|\d")
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
NEAR = "hier aujourd[’']hui demain minuit midi"
SHORT = r"(?:lun|mar|mer|jeu|ven|sam|dim)\."
MOVING = re.compile(
    rf"\b(?:(?:{'|'.join(f'{DAYS} {MONTHS} {NEAR}'.split())})\b|{SHORT})", re.IGNORECASE
)
# « 3 jours », « 1er », then « 1 situation » and « 2 situations ».
UNIT = re.compile(r"\b0\s*(?:er|secondes?|minutes?|min|heures?|h|jours?|semaines?|mois|ans?)\b")
COUNTED = re.compile(r"\b0(?:\s\w+){1,3}")
ENDING = re.compile(r"s\b")
# « dans 3 jours, jeudi 10 décembre », « demain à 9 h », « aujourd’hui »: when it is.
SEVERAL = re.compile(r"(?:\b(?:dans|le|à)\s+)?\b0\b(?:[\s,.]+(?:(?:à|de|dans)\s+)?0\b)*")


def signature(page: str, policy: str = "") -> str:
    """Of a page, of the files that it calls, and of what its policy lets it call."""
    return digest([*lines(page), policy, assets.digest_of(html.document_fromstring(page))])


def digest(told: Iterable[str]) -> str:
    return sha256("\n".join(told).encode()).hexdigest()[:24]


def lines(page: str) -> Iterator[str]:
    """What is digested: to be read when two signatures differ."""
    root = html.document_fromstring(page or "<html></html>")
    yield _written(root, _Names(root))
    yield from sorted(_headings(root))


def policy(headers: Mapping[str, str]) -> str:
    """What the browser is told that the page may call."""
    told = {name.lower(): value for name, value in headers.items()}
    return NONCE.sub("nonce-#", (told.get("content-security-policy", "")))


def called_on_load(page: str) -> list[str]:
    root = html.document_fromstring(page)
    return [one.get("hx-get") for one in root.xpath("//*[@hx-get][@hx-trigger='load']")]


class _Names:
    """The identifiers of a page: which of them stand, and which stand twice."""

    def __init__(self, root: HtmlElement) -> None:
        self.count = Counter(root.xpath("//@id"))

    def faults(self, element: HtmlElement) -> Iterator[str]:
        if self.count.get(element.get("id"), 0) > 1:
            yield "id-twice"
        for name in REFERRING:
            if any(one not in self.count for one in element.get(name, "").split()):
                yield f"{name}-nowhere"
        link = element.get("href", "")
        if link.startswith("#") and link[1:] and link[1:] not in self.count:
            yield "href-nowhere"


def _written(element: HtmlElement, names: _Names) -> str:
    head = " ".join([_tag(element), *_attributes(element), *names.faults(element)])
    return f"<{head}>{_within(element, names)}</>"


def _tag(element: HtmlElement) -> str:
    return element.tag if isinstance(element.tag, str) else "!"


def _attributes(element: HtmlElement) -> Iterator[str]:
    for name, value in sorted(element.attrib.items()):
        yield f'{name}="{_value(name, value)}"'


def _value(name: str, value: str) -> str:
    if name in EXACT:
        return SPACES.sub(" ", value)
    if name in LINKS:
        address, question, asked = value.partition("?")
        value = address + question + ASKED.sub("#", asked)
    return plain(value)


def _within(element: HtmlElement, names: _Names) -> str:
    """Words and children in their order; those of one kind stand together, once each."""
    alike: dict[str, set[str]] = {"": set()}
    if element.text and (said := plain(element.text)):
        alike[""].add(said)
    for child in element:
        if isinstance(child.tag, str):
            alike.setdefault(f"{child.tag} {child.get('class', '')}", set()).add(
                _written(child, names)
            )
        if child.tail and (said := plain(child.tail)):
            alike[""].add(said)
    return "".join("".join(sorted(ones)) for ones in alike.values())


def _headings(root: HtmlElement) -> set[str]:
    levels = [one.tag for one in root.iter() if HEADING.fullmatch(_tag(one))]
    return {f"{one} then {other}" for one, other in pairwise(["start", *levels])}


def plain(text: str) -> str:
    """The words without what changes from a day, an hour or a database to the next."""
    text = UUID.sub("#", text)
    text = TOKEN.sub("#", NUMBERED.sub("#", text))
    text = NUMBER.sub("0", text)
    text = MOVING.sub("0", text)
    text = UNIT.sub("0", text)
    text = COUNTED.sub(lambda found: ENDING.sub("", found[0]), text)
    text = SEVERAL.sub("0", text)
    return SPACES.sub(" ", text).strip()


def moves(word: str) -> bool:
    """It is said of some days and hours alone."""
    return MOVING.search(word) is not None
