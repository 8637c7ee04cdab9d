import json
import unicodedata
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from fanal.ground.documents.characters import (
    COVERAGE,
    LONGEST_WORD,
    ZERO_WIDTH_SPACE,
    printable,
)
from fanal.ground.documents.rendering import FONTS

RIGHT_TO_LEFT_OVERRIDE = "\u202e"
SHEET = b"""
#set document(title: "Caract\xc3\xa8res")
#set text(lang: "fr", font: ("Libertinus Serif", "Noto Emoji"))
#for one in json(bytes(sys.inputs.words)) [#one *#one* _#one _ ]
"""


def promised() -> list[str]:
    """The characters that the table of the fonts promises."""
    lines = COVERAGE.read_text(encoding="ascii").splitlines()
    ranges = [line.split("-") for line in lines if not line.startswith("#")]
    return [chr(c) for low, high in ranges for c in range(int(low, 16), int(high, 16) + 1)]


def print_sheet(words: list[str], folder: Path) -> None:
    """Raises TypstError when a character cannot be drawn."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    typst.Compiler(root=str(folder), font_paths=fonts).compile(
        input=SHEET,
        format="pdf",
        sys_inputs={"words": json.dumps(words)},
        pdf_standards=["a-2a", "ua-1"],
    )


def test_french_is_left_alone() -> None:
    words = "« Où êtes-vous, Anaïs ? » — œuvre, 12 € ; n° 3…"

    assert printable(words) == words


def test_a_name_cannot_turn_over_the_words_that_follow() -> None:
    assert printable(f"Léa{RIGHT_TO_LEFT_OVERRIDE}gnol") == "Léagnol"


def test_a_long_word_gets_places_to_break_and_loses_nothing() -> None:
    word = "a" * (LONGEST_WORD * 3)
    broken = printable(word)

    assert max(map(len, broken.split(ZERO_WIDTH_SPACE))) <= LONGEST_WORD
    assert broken.replace(ZERO_WIDTH_SPACE, "") == word


@given(st.text(alphabet=st.characters(codec="latin-1", exclude_categories=["Cc"])))
def test_no_character_of_western_europe_is_ever_replaced(words: str) -> None:
    assert "[U+" not in printable(words.replace("[", ""))


def test_every_promised_character_is_drawn(tmp_path: Path) -> None:
    print_sheet(promised(), tmp_path)


@pytest.mark.parametrize("before", ["a", "ب", "😀"])
def test_without_marks_every_promised_character_is_drawn_after_any_other(
    before: str, tmp_path: Path
) -> None:
    print_sheet([printable(before + one, marks=False) for one in promised()], tmp_path)


def test_without_marks_what_combines_is_written_as_its_number() -> None:
    mark = "\u0951"

    assert unicodedata.category(mark) == "Mn"
    assert printable(f"a{mark}", marks=False) == "a[U+0951]"
    assert printable("é", marks=False) == "é"
