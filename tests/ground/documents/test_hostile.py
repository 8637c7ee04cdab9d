"""What people write stays what they wrote: text, never source, and nothing is lost."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.documents.contents import Fact
from fanal.ground.documents.rendering import render
from ground.documents.printed import findings_in, text_of
from ground.documents.samples import EVALUATION_REPORT, LEA, PARENTS_LETTER, REPORT
from sizes import size


@pytest.mark.parametrize(
    "words",
    [
        "#panic()",
        '#read("/etc/passwd")',
        '#include "house.typ"',
        "#sys.inputs",
        "= Titre",
        "*gras* _italique_ $x^2$ `code` <etiquette> @renvoi",
        "\\ // /* commentaire",
        '"}; #eval("1")',
    ],
)
def test_source_stays_text(words: str) -> None:
    assert words in text_of(render(replace(PARENTS_LETTER, why=words)))


def test_a_name_is_text_too() -> None:
    hostile = replace(LEA, name="#panic() [Léa]", school="*Collège*")

    text = text_of(render(replace(REPORT, minor=hostile)))

    assert "#panic() [Léa]" in text
    assert "*Collège*" in text


def test_twenty_thousand_characters_are_all_printed(tmp_path: Path) -> None:
    words = " ".join(map("".join, product("abcdefghijklmno", repeat=4)))[:20_000]
    pdf = render(replace(REPORT, facts=(Fact(text=words),)))

    assert words.split()[-1] in text_of(pdf)
    assert findings_in(pdf, tmp_path) == []


def test_a_very_long_word_stays_on_the_page() -> None:
    word = "abcdefghij" * 60

    text = text_of(render(replace(PARENTS_LETTER, why=word)))

    assert word in text.replace(" ", "")


def test_paragraphs_and_lines_are_kept() -> None:
    pdf = render(replace(PARENTS_LETTER, why="Un.\nDeux.\n\nTrois.\r\n\r\nQuatre."))

    assert "Un. Deux. Trois. Quatre." in text_of(pdf)


@pytest.mark.parametrize(
    "words", ["مرحبا ليلى", "שלום", "Γεια", "Привет", "Nguyễn Thị", "😀 😘 💶 👩‍💻"]
)
def test_other_scripts_and_emoji_are_drawn(words: str, tmp_path: Path) -> None:
    pdf = render(replace(EVALUATION_REPORT, minor_opinion=f"Avant {words} après"))

    assert "[U+" not in text_of(pdf)
    assert findings_in(pdf, tmp_path) == []


def test_a_character_that_no_font_draws_is_written_as_its_number() -> None:
    pdf = render(replace(PARENTS_LETTER, why="Avant 中 et \x00 et \ue000 après"))

    assert "Avant [U+4E2D] et [U+0000] et [U+E000] après" in text_of(pdf)


@settings(
    max_examples=size(50, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=st.text(max_size=200), name=st.text(max_size=40))
def test_any_text_prints(words: str, name: str) -> None:
    letter = replace(
        REPORT,
        facts=(Fact(text=words, source=words),),
        minor=replace(LEA, name=name),
        request=words,
    )

    assert render(letter).startswith(b"%PDF-1.7")
