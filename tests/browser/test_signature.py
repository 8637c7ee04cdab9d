"""A screen has another signature as soon as it is made of something else, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given
from hypothesis import strategies as st

from browser import assets, signature
from browser.signature import called_on_load, policy

REF, OTHER = "0f4c7c2e-1111-4222-8333-944445555666", "9a4c7c2e-2222-4111-8999-111122223333"
TOKEN, DAY = "aB3dE5gH7jK9mN1pQ2rS4tU6", "lundi 7 décembre 2026"
PAGE = f"""<!doctype html><html lang="fr"><head><title>Essai</title>
<link rel="stylesheet" href="/static/pieces/one.css"></head><body>
<nav aria-label="Menu principal"><a href="/bureau/">Bureau</a></nav>
<main id="contenu"><h1>Essai</h1><h2>Deux</h2>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{TOKEN}">
<label for="nom">Nom</label><input id="nom" name="nom" aria-describedby="aide">
<p id="aide" class="hint">Comme sur la carte.</p><button>Envoyer</button></form>
<img src="/static/pieces/one.svg" alt="Un plan">
<table><tbody>
<tr><td><a href="/informations/{REF}/">26-0012</a></td><td class="late">{DAY}</td></tr>
<tr><td><a href="/informations/{OTHER}/">IP-26-J0NW-0JP7</a></td><td>dans 3 jours</td></tr>
</tbody></table></main></body></html>"""
DEFECTS = {
    "a label is gone": ('<label for="nom">Nom</label>', ""),
    "a label leads nowhere": ('for="nom"', 'for="nim"'),
    "a hint leads nowhere": ('id="aide"', ""),
    "an identifier stands twice": ("<h2>Deux</h2>", '<h2 id="nom">Deux</h2>'),
    "an image has no words": (' alt="Un plan"', ""),
    "another class": ('class="hint"', 'class="hint pale"'),
    "a style of its own": ('<p id="aide"', '<p style="color: #bbb" id="aide"'),
    "a long word": ("Comme sur la carte.", "Anticonstitutionnellementvôtre sur la carte."),
    "another word": ("Envoyer", "Partir"),
    "a heading is skipped": ("<h2>Deux</h2>", "<h3>Deux</h3>"),
    "a heading comes before": ("<h1>Essai</h1><h2>Deux</h2>", "<h2>Deux</h2><h1>Essai</h1>"),
    "a landmark is gone": ("<main", "<section"),
    "a name is gone": (' aria-label="Menu principal"', ""),
    "a button is none": ("<button>Envoyer</button>", "<span>Envoyer</span>"),
    "the form has no method": (' method="post"', ""),
    "the order of the keyboard": ('<input id="nom"', '<input tabindex="3" id="nom"'),
    "the language is not said": (' lang="fr"', ""),
    "a row is made otherwise": ("<td>dans 3 jours</td>", "<td><b>dans 3 jours</b></td>"),
    "a cell says something else": ("dans 3 jours", "perdue de vue"),
    "another file": ("one.css", "two.css"),
}
SAME = {
    "another reference": (REF, "77777777-1111-4222-8333-944445555666"),
    "another token": (TOKEN, "zZ3dE5gH7jK9mN1pQ2rS4tU9"),
    "another number": ("26-0012", "27-1940"),
    "another short reference": ("IP-26-J0NW-0JP7", "IP-27-AMM0-CTMY"),
    "another day": (DAY, "vendredi 1er janvier 2027"),
    "another distance": ("dans 3 jours", "dans 1 jour"),
    "tomorrow": ("dans 3 jours", "demain"),
    "one row more": (
        "</tbody>",
        f'<tr><td><a href="/informations/{REF}/">IP-27-AMM0-CTMY</a></td><td>dans 9 jours</td></tr>'
        "</tbody>",
    ),
}


@pytest.mark.parametrize(("before", "after"), DEFECTS.values(), ids=DEFECTS)
def test_a_page_made_otherwise_has_another_signature(before: str, after: str) -> None:
    assert before in PAGE

    assert signature.signature(PAGE.replace(before, after)) != signature.signature(PAGE)


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME)
def test_what_a_day_changes_leaves_the_signature(before: str, after: str) -> None:
    assert before in PAGE

    assert signature.signature(PAGE.replace(before, after)) == signature.signature(PAGE)


ROWS = PAGE.partition("<tbody>\n")[2].partition("</tbody>")[0].splitlines()


@given(st.permutations(ROWS), st.integers(1, 3))
def test_rows_have_no_order_and_no_number(rows: list[str], times: int) -> None:
    (start, _, _), (_, _, end) = PAGE.partition("<tbody>"), PAGE.partition("</tbody>")
    page = f"{start}<tbody>{''.join(rows * times)}</tbody>{end}"

    assert list(signature.lines(page)) == list(signature.lines(PAGE))


@given(st.text("aàeéioumnt", min_size=1).filter(lambda word: not signature.moves(word)))
def test_any_new_word_is_seen(word: str) -> None:
    page = PAGE.replace("Comme sur la carte.", f"Comme sur la carte. {word}")

    assert signature.signature(page) != signature.signature(PAGE)


def forget_files() -> None:
    for kept in (assets._found, assets._called_by, assets._digested):
        kept.cache_clear()


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder where the files that pages call are looked for."""
    (tmp_path / "pieces").mkdir()
    monkeypatch.setattr(
        finders, "find", lambda name: found if (found := tmp_path / name).exists() else None
    )
    yield tmp_path
    forget_files()


def test_a_file_that_the_page_calls_is_read_and_those_that_it_calls(files: Path) -> None:
    style, letters = files / "pieces/one.css", files / "letters.woff2"

    def made_of() -> str:
        forget_files()
        return signature.signature(PAGE)

    seen = [made_of()]
    style.write_text("a { color: #333 } @font-face { src: url('../letters.woff2') }")
    seen.append(made_of())
    letters.write_bytes(b"one")
    seen.append(made_of())
    letters.write_bytes(b"two")
    seen.append(made_of())
    style.write_text("a { color: #bbb } @font-face { src: url('../letters.woff2') }")
    seen.append(made_of())

    assert len(set(seen)) == len(seen)


def test_what_the_page_may_call_is_part_of_it() -> None:
    told = {"Content-Security-Policy": "script-src 'self' 'nonce-abc123'"}
    again = {"content-security-policy": "script-src 'self' 'nonce-def456'"}

    assert policy(told) == policy(again) != policy({})


def test_the_fragments_that_a_page_calls_as_it_opens_are_named() -> None:
    page = '<div hx-get="/a/" hx-trigger="load"></div><div hx-get="/b/" hx-trigger="change"></div>'

    assert called_on_load(page) == ["/a/"]
