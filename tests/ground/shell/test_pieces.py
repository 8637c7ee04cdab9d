"""The pieces, each with what it may be given, and with what tries to break out of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template, engines
from django.template.loader import render_to_string

from fanal.ground.shell.pieces import Crumb, Happening, Tab, steps
from fanal.ground.shell.theme import template_dirs

pytestmark = pytest.mark.urls("ground.shell.addresses")
EVIL = '<b onclick="x()">\'&'
NOW = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))
PAGE = Paginator(range(200), 10).get_page(7)
QUERY = QueryDict("commune=Lille&page=7")


# What each piece needs at least; whatever else it takes is tried with the hostile words.
LEAST: dict[str, dict[str, Any]] = {
    "alert": {"title": "T"},
    "badge": {"label": "L"},
    "button": {"label": "L"},
    "card": {},
    "choice": {"name": "n", "value": "v", "id": "i", "label": "L"},
    "choices": {"legend": "L", "content": ""},
    "clock": {"due": NOW.date()},
    "confirm": {"title": "T", "deed": "D", "csrf_token": "t"},
    "counter": {"label": "L", "number": 3},
    "crumbs": {"crumbs": [Crumb("A", "/"), Crumb("B")]},
    "danger_call": {},
    "demonstration": {},
    "empty": {"title": "T"},
    "exit": {"exit_url": "https://exemple.invalid/"},
    "facts": {"items": [("A", 1)]},
    "figure": {"says": "S", "source": "x", "content": ""},
    "filters": {},
    "heading": {"label": "L", "key": "due", "sort": "", "query": QUERY},
    "icon": {"name": "bell"},
    "initials": {"name": "A B"},
    "line": {"name": "n", "id": "i", "label": "L"},
    "link_button": {"label": "L", "href": "/"},
    "navigation": {"links": []},
    "pagination": {"page": PAGE, "query": QUERY},
    "person": {"name": "A B"},
    "receipt": {"number": "1"},
    "search": {"action": "/"},
    "skip": {"target": "contenu"},
    "steps": {"steps": steps(["A", "B"], current=1)},
    "table": {"caption": "C", "content": ""},
    "tabs": {"tabs": [Tab("A", "/")]},
    "timeline": {"entries": [Happening(NOW, "A")]},
}
HOSTILE: dict[str, dict[str, Any]] = {
    "crumbs": {"crumbs": [Crumb(EVIL, EVIL), Crumb(EVIL)]},
    "facts": {"items": [(EVIL, EVIL)]},
    "steps": {"steps": steps([EVIL, EVIL], current=2, hrefs=[EVIL, EVIL])},
    "tabs": {"tabs": [Tab(EVIL, EVIL, count=1)]},
    "timeline": {"entries": [Happening(NOW, EVIL, EVIL, EVIL, EVIL, href=EVIL)]},
    "pagination": {"query": QueryDict(mutable=True)},
    "receipt": {"next": [EVIL], "to": EVIL},
    "filters": {"saved": [Tab(EVIL, EVIL)], "active": True},
}
# fmt: off
WORDS = [
    "title", "text", "label", "href", "link", "note", "action", "action_href", "deed",
    "consequence", "back", "back_label", "name", "value", "detail", "contact", "contact_href",
    "badge", "badge_tone", "says", "source", "kicker", "missing", "caption", "basis",
    "basis_href", "about", "id", "word", "hidden_word", "exit_url", "target", "number", "hint",
    "total", "save_href", "tone", "legend", "error",
]
# fmt: on


def draw(which: str, /, **parameters: Any) -> str:
    return render_to_string(f"pieces/{which}.html", parameters)


@pytest.fixture(params=["neutral", "dsfr"])
def theme(request, settings):
    """The pieces as each theme draws them."""
    first, *others = settings.TEMPLATES
    others_dirs = [one for one in first["DIRS"] if one not in template_dirs("neutral")]
    settings.TEMPLATES = [
        first | {"DIRS": [*template_dirs(request.param), *others_dirs]},
        *others,
    ]
    return request.param


@pytest.fixture
def no_variable_may_be_missing(monkeypatch):
    """A variable that a template prints and was not given fails the test."""

    class Missing(str):
        def __mod__(self, name: object) -> str:
            raise AssertionError(f"undefined: {name}")

        def __contains__(self, what: object) -> bool:
            return what == "%s"

    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Missing("%s"))


@pytest.mark.parametrize("name", LEAST)
def test_a_piece_needs_only_what_is_said_to_be_required(name, theme, no_variable_may_be_missing):
    draw(name, **LEAST[name])


@pytest.mark.parametrize("name", LEAST)
def test_a_piece_escapes_all_that_it_is_given(name, theme):
    given = {**dict.fromkeys(WORDS, EVIL), **LEAST[name], **HOSTILE.get(name, {})}
    for word in WORDS:
        if isinstance(given[word], str):
            given[word] = EVIL

    drawn = draw(name, **given)

    assert "<b onclick" not in drawn
    assert 'onclick="' not in drawn


def test_every_piece_of_the_theme_is_tried_here():
    found = {path.stem for path in (template_dirs("neutral")[0] / "pieces").glob("*.html")}

    assert found - set(LEAST) == {*("assets", "sheet", "script", "mark", "messages", "field")}


def test_the_block_form_puts_its_body_in_the_piece():
    template = Template(
        '{% load fanal %}{% piece "card" title=name %}<i>{{ name }}</i>{% endpiece %}'
    )

    drawn = template.render(Context({"name": EVIL}))

    assert "<i>&lt;b onclick" in drawn
    assert "<b onclick" not in drawn


def test_the_block_form_hands_on_the_token_of_the_page():
    template = Template('{% load fanal %}{% piece "confirm" title="T" deed="D" %}{% endpiece %}')

    assert 'value="jeton"' in template.render(Context({"csrf_token": "jeton"}))


def test_pages_keep_the_filters_of_the_list():
    drawn = draw("pagination", page=PAGE, query=QUERY)

    assert "?commune=Lille&amp;page=6" in drawn
    assert "?commune=Lille&amp;page=8" in drawn
    assert drawn.count('aria-current="page"') == 1


def test_a_single_page_draws_nothing():
    assert draw("pagination", page=Paginator([], 10).get_page(1), query=QUERY).strip() == ""


def test_a_heading_turns_the_order_and_goes_back_to_the_first_page():
    first = draw("heading", label="L", key="due", sort="", query=QUERY)
    again = draw("heading", label="L", key="due", sort="due", query=QUERY)
    back = draw("heading", label="L", key="due", sort="-due", query=QUERY)

    assert 'href="?commune=Lille&amp;sort=due"' in first
    assert "aria-sort" not in first
    assert 'href="?commune=Lille&amp;sort=-due"' in again
    assert 'aria-sort="ascending"' in again
    assert 'href="?commune=Lille&amp;sort=due"' in back
    assert 'aria-sort="descending"' in back


@pytest.mark.parametrize(("days", "pace"), [(-1, "overdue"), (2, "soon"), (40, "running")])
def test_a_clock_is_a_word_a_day_and_a_bar(days, pace, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    due = NOW.date() + timedelta(days=days)

    drawn = draw("clock", due=due, since=date(2026, 10, 1), basis="Art. D226-2-4 CASF")

    assert f"clock-{pace}" in drawn
    assert str(due.year) in drawn
    assert f'datetime="{due.isoformat()}"' in drawn
    assert "<rect" in drawn
    assert "Pourquoi cette échéance ?" in drawn


def test_a_timeline_goes_by_months_in_the_order_given():
    entries = [Happening(date(2026, month, 3), f"fait {month}") for month in (11, 11, 10)]

    drawn = draw("timeline", entries=entries)

    assert drawn.count("timeline-label") == 2
    assert drawn.index("novembre 2026") < drawn.index("fait 11") < drawn.index("octobre 2026")


def test_an_empty_fact_is_said_to_be_missing():
    drawn = draw("facts", items=[("École", ""), ("Âge", 0)])

    assert drawn.count("non renseigné") == 1


def test_only_steps_already_done_are_links():
    drawn = draw("steps", steps=steps(["A", "B", "C"], current=2, hrefs=["/a", "/b", "/c"]))

    assert 'href="/a"' in drawn
    assert 'href="/b"' not in drawn
    assert 'href="/c"' not in drawn
    assert drawn.count('aria-current="step"') == 1
