"""The same words in each language, and a page that goes from right to left when they do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fanal.engines.hours.opening import Status
from fanal.engines.hours.planning import State
from fanal.ground.shell.visitors import form_token
from fanal.helpline.chats.hours import HERE
from fanal.portal.front.guide import DATA, EDITIONS, Hours, read_guide
from fanal.portal.front.opening import say_in
from portal.front.naming import NAMED

# Written whole from the French; the easy edition is another text, and shorter.
TRANSLATED = ("en", "es", "pt", "ro", "ar")
OTHERS = ("facile", *TRANSLATED)
# Of the data, not of the words.
SAME = ("name", "key", "audience", "door", "need", "danger")
OWN = ("lang", "dir", "label", "hours")
ARABIC = re.compile("[\u0600-\u06ff]")
LATIN_ALONE = re.compile("^[^\u0600-\u06ff]*[A-Za-zÀ-ÿ]{2}[^\u0600-\u06ff]*$")
VOID = {"meta", "link", "input", "br", "img", "hr", "use"}
NUMBERS = re.compile(r"[0-9](?:[0-9\u00a0 ]*[0-9])?")
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
CSS = Path(__file__).parents[3] / "src/fanal/ground/shell/themes/neutral/static/neutral"
ON_THESE_PAGES = ("base", "buttons", "forms", "pieces", "public", "front", "places")
FRENCH_WORDS = re.compile(
    r"\b(?:Vous|Votre|Aller|Appeler|Quitter|Danger|démonstration|Ce site|Accueil|ouvert|est)\b"
)
PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)|^\s*(?:left|right):|text-align: (?:left|right)"
    r"|float: (?:left|right)|border-(?:top|bottom)-(?:left|right)-radius",
    re.MULTILINE,
)


def words_of(edition: str) -> dict[str, Any]:
    found = tomllib.loads((DATA / f"guide_{edition}.toml").read_text(encoding="utf-8"))
    return dict(leaves({key: value for key, value in found.items() if key not in OWN}, ""))


def leaves(node: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}/{key}")
    elif isinstance(node, list):
        for rank, value in enumerate(node):
            yield from leaves(value, f"{path}/{rank}")
    else:
        yield path, node


def numbers(text: str) -> list[str]:
    return sorted(re.sub(r"[\u00a0 ]", "", one) for one in NUMBERS.findall(text))


@pytest.mark.parametrize("edition", TRANSLATED)
def test_a_language_has_every_word_of_the_french_and_no_other(edition: str) -> None:
    french, theirs = words_of("courant"), words_of(edition)

    assert theirs.keys() == french.keys()
    for path, said in french.items():
        told = theirs[path]
        if path.startswith("/who/") and path.rpartition("/")[2] in SAME:
            assert told == said, path
        else:
            assert told.strip(), path
            # « Mon enfant a … ans »: as many gaps to fill.
            assert told.count("…") == said.count("…"), path
            assert numbers(told) == numbers(said), path


@pytest.mark.parametrize("edition", TRANSLATED)
def test_a_language_is_written_in_itself(edition: str) -> None:
    """No sentence was left in French, or in the language of another file."""
    theirs = {path: said for path, said in words_of(edition).items() if len(str(said)) > 25}
    for other in ("courant", *TRANSLATED):
        if other != edition:
            same = [path for path, said in words_of(other).items() if theirs.get(path) == said]
            assert same == []
    if read_guide(edition).dir == "rtl":
        for path, said in theirs.items():
            assert re.search("[\u0600-\u06ff]", said), path


@pytest.mark.parametrize("edition", OTHERS)
def test_hours_are_said_in_the_words_of_the_edition(edition: str) -> None:
    words = read_guide(edition).hours
    assert words is not None
    assert len(set(words.days)) == 7

    def say(state: State, changes: timedelta | None, opens: timedelta | None) -> str:
        found = Status(
            state,
            changes_at=None if changes is None else NOON + changes,
            opens_at=None if opens is None else NOON + opens,
        )
        return say_in(words, found, zone=HERE.zone, at=NOON)

    assert say(State.OPEN, None, None) == words.always
    assert say(State.OPEN, timedelta(hours=2), None) == words.open.format(
        day=words.today, hour="15:00"
    )
    # One in the morning in Paris is of the next day, midnight of the evening before.
    assert words.tomorrow in say(State.OPEN, timedelta(hours=12), None)
    assert words.today in say(State.OPEN, timedelta(hours=11), None)
    assert "24:00" in say(State.OPEN, timedelta(hours=11), None)
    assert words.days[0] in say(State.CLOSED, None, timedelta(days=3))
    assert "7/12" in say(State.CLOSED, None, timedelta(days=10))
    assert say(State.UNKNOWN, None, None) == words.closed


def test_the_hours_of_each_edition_have_their_two_gaps() -> None:
    for edition in OTHERS:
        words = read_guide(edition).hours
        assert isinstance(words, Hours)
        for said in (words.open, words.opens):
            assert re.findall(r"\{(\w+)\}", said) == ["day", "hour"]


@pytest.mark.django_db
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_is_whole_in_its_language(client: Client, edition: str) -> None:
    guide = read_guide(edition)
    for address in (
        reverse("front:start", args=[edition]),
        reverse("front:ask", args=[edition, "moi"]),
        reverse("front:safe", args=[edition]),
    ):
        answer = client.get(address)
        page = answer.content.decode()
        assert not answer.cookies
        assert NAMED.findall(page) == []
        html = re.search(r"<html ([^>]*)>", page)
        assert html is not None
        assert f'lang="{guide.lang}"' in html[1]
        assert ('dir="rtl"' in html[1]) == (guide.dir == "rtl")
        for words in (guide.words["exit"], guide.words["main"], guide.words["demonstration"]):
            assert words in page
        for address_of in ("tel:17", "tel:112", "sms:114", "tel:119"):
            assert page.count(f'href="{address_of}"') == 2, "in the page and in its foot"
        # Each language by its own name, and no other sign.
        for other in EDITIONS:
            assert re.search(rf">{read_guide(other).label}</a>", page)
        assert not re.search("[\U0001f1e6-\U0001f1ff]", page)


@pytest.mark.django_db
@pytest.mark.parametrize("edition", TRANSLATED)
def test_nothing_french_is_left_on_a_page_but_what_says_so(client: Client, edition: str) -> None:
    page = client.post(
        reverse("front:ask", args=[edition, "parent"]),
        {"jeton": form_token(), "now": "gone", "what": "hurt", "where": "nulle part au monde"},
    ).content.decode()
    told = re.sub(r'<(\w+)[^>]* lang="fr"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
    told = re.sub(r'value="[^"]*"|<head>.*</head>', "", told, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", told) + " ".join(re.findall(r'aria-label="([^"]*)"', told))
    french = (
        r"\b(?:Vous|Votre|Aller|Appeler|Quitter|Danger|démonstration|Ce site|Accueil|ouvert|est)\b"
    )
    assert re.findall(french, text) == []


@pytest.mark.django_db
def test_numbers_go_from_left_to_right_in_words_that_do_not(client: Client) -> None:
    page = client.post(
        reverse("front:ask", args=["ar", "parent"]),
        {"jeton": form_token(), "now": "gone", "where": "Lille"},
    ).content.decode()

    assert '<bdi dir="ltr">116\u00a0000</bdi>' in page
    assert '<ul class="place-list" lang="fr" dir="ltr">' in page or "place-list" not in page
    assert "#arrow-left" in page
    assert "#arrow-right" not in page
    # Whatever is said in a sentence is held apart; attributes and addresses are no sentence.
    body = page[page.index("<main") : page.index("</main>")]
    text = re.sub(
        r"<bdi[^>]*>.*?</bdi>|<ul class=\"place-list\".*?</ul>", "", body, flags=re.DOTALL
    )
    assert re.findall(r">[^<]*[0-9]{2,}[^<]*<", text) == []


class Directions(HTMLParser):
    """Each text of a page, with the direction that the elements around it say."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[tuple[str, str]] = []
        self.said: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            above = self.around[-1][1] if self.around else ""
            self.around.append((tag, dict(attrs).get("dir") or above))

    def handle_endtag(self, tag: str) -> None:
        while self.around and self.around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.around and self.around[-1][0] not in ("title", "script", "style"):
            self.said.append((self.around[-1][1], data.strip()))


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{}, {"now": "gone", "what": "hurt", "where": "Lille"}])
def test_whatever_is_read_the_other_way_says_so(client: Client, sent: dict[str, str]) -> None:
    """
    RGAA 8.10: French on a page from right to left, and Arabic within it.

    An acronym in the middle of a sentence is put in its place by the letters themselves.
    """
    pages = [reverse("front:start", args=["ar"]), reverse("front:safe", args=["ar"])]
    pages += [reverse("front:ask", args=["ar", who]) for who in read_guide("ar").people]
    for address in pages:
        if sent and "discretion" not in address and address != pages[0]:
            answer = client.post(address, sent | {"jeton": form_token()})
        else:
            answer = client.get(address)
        read = Directions()
        read.feed(answer.content.decode())
        wrong = [
            (direction, text)
            for direction, text in read.said
            if (
                re.search("[A-Za-zÀ-ÿ]{2}", text) and direction != "ltr" and not ARABIC.search(text)
            )
            or (ARABIC.search(text) and direction == "ltr")
        ]
        assert wrong == [], address


@pytest.mark.parametrize("name", ON_THESE_PAGES)
def test_the_look_of_these_pages_has_no_left_and_no_right(name: str) -> None:
    """What begins a line is on the other side when words go the other way."""
    assert PHYSICAL.findall((CSS / f"{name}.css").read_text(encoding="utf-8")) == []
