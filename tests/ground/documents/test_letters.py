"""Every letter, full and minimal: it prints, anyone can read it, it says who, when and what."""

from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from time import process_time

import pytest

from fanal.ground.documents import rendering
from fanal.ground.documents.contents import Letter
from fanal.ground.documents.rendering import render
from fanal.ground.documents.terms import Kind
from ground.documents.printed import findings_in, pages_of, text_of
from ground.documents.samples import FULL, MINIMAL, WRITTEN_AT

EVERY_LETTER = [
    pytest.param(letter, id=f"{letter.kind.value}-{extent}")
    for extent, letters in (("full", FULL), ("minimal", MINIMAL))
    for letter in letters
]
FULL_LETTERS = [pytest.param(letter, id=letter.kind.value) for letter in FULL]


@pytest.mark.parametrize("letter", EVERY_LETTER)
def test_a_letter_can_be_read_by_everyone(letter: Letter, tmp_path: Path) -> None:
    assert findings_in(render(letter), tmp_path) == []


@pytest.mark.parametrize("letter", EVERY_LETTER)
def test_a_letter_says_who_writes_when_and_under_which_reference(letter: Letter) -> None:
    text = text_of(render(letter))

    assert letter.heading.sender.authority in text
    assert letter.heading.reference in text
    assert letter.heading.signatory.name in text or letter.kind is Kind.DOSSIER
    assert "24 novembre 2026" in text


@pytest.mark.parametrize("letter", EVERY_LETTER)
def test_every_page_says_its_number(letter: Letter) -> None:
    pages = pages_of(render(letter))

    for number, page in enumerate(pages, start=1):
        assert f"page {number} sur {len(pages)}" in page


@pytest.mark.parametrize("letter", FULL_LETTERS)
def test_a_demonstration_says_so_on_every_page(letter: Letter) -> None:
    for page in pages_of(render(letter)):
        assert "DÉMONSTRATION — personnes inventées" in page


@pytest.mark.parametrize("letter", MINIMAL, ids=lambda letter: letter.kind.value)
def test_a_real_letter_is_not_marked_as_a_demonstration(letter: Letter) -> None:
    assert "personnes inventées" not in text_of(render(letter))


@pytest.mark.parametrize("letter", FULL_LETTERS)
def test_the_same_letter_gives_the_same_bytes(letter: Letter) -> None:
    first = render(letter)
    render(MINIMAL[0])
    rendering._compiler.cache_clear()

    assert render(letter) == first


@pytest.mark.parametrize("letter", FULL_LETTERS)
def test_a_letter_is_an_archive_in_french_and_names_nobody_in_its_title(letter: Letter) -> None:
    pdf = render(letter)

    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(fr-FR)" in pdf
    title = pdf.split(b"<dc:title>")[1].split(b"</dc:title>")[0].decode()
    assert str(letter.kind.label) in unescape(title).replace("’", "'")
    assert "Léa" not in title


@pytest.mark.parametrize("letter", FULL_LETTERS)
def test_the_file_is_dated_as_the_letter_is(letter: Letter) -> None:
    assert datetime(2026, 11, 24, 13, 5, tzinfo=UTC) == WRITTEN_AT
    assert b"<xmp:CreateDate>2026-11-24T13:05:00" in render(letter)


@pytest.mark.parametrize("letter", FULL_LETTERS)
def test_a_letter_takes_less_than_150_milliseconds_of_a_processor(letter: Letter) -> None:
    render(letter)
    times = []
    for _ in range(5):
        start = process_time()
        render(letter)
        times.append(process_time() - start)

    assert min(times) < 0.150


def test_every_kind_has_its_letter_and_its_template() -> None:
    templates = {path.stem for path in rendering.LETTERS.glob("*.typ")}

    assert {letter.kind for letter in FULL} == set(Kind)
    assert {letter.kind for letter in MINIMAL} == set(Kind)
    assert {kind.value for kind in Kind} <= templates
