"""Texts of a concern: one written form (NFC, stripped), and no character that hides something."""

import re
import unicodedata

from pydantic_core import PydanticCustomError

# Control characters (C0, DEL, C1) and halves of surrogate pairs; tab and line feed are text.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Line and paragraph separators come with pasted word-processor text: they are line ends.
LINE_ENDS = re.compile("\r\n|\u2028|\u2029")
# Spaces, and the invisible marks that editors leave at the ends of a text.
EDGES = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\u2060\ufeff"
# Letters of Unicode that show nothing: a text made of them alone is blank.
INVISIBLE_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# UAX 15, stream-safe text: no writing system stacks more marks, and normalisation slows beyond.
MOST_MARKS_IN_A_ROW = 30


def without_line_ends_of_word_processors(text: str) -> str:
    return LINE_ENDS.sub("\n", text)


def is_blank(text: str) -> bool:
    """Nothing to read: spaces, format marks and letters without ink."""
    return not any(
        unicodedata.category(c)[0] in "LNPS" and c not in INVISIBLE_LETTERS for c in text
    )


def stacks_marks(text: str) -> bool:
    """More combining marks in a row than any writing needs."""
    if text.isascii():
        return False
    row = 0
    for c in text:
        row = row + 1 if unicodedata.combining(c) else 0
        if row > MOST_MARKS_IN_A_ROW:
            return True
    return False


def tidy(text: str, *, longest: int, lines: bool) -> str:
    """
    Give a text its one written form.

    Args:
        longest: characters kept at most; a much longer raw text is not even normalised.
        lines: line ends and tabs are allowed inside.

    Raises:
        PydanticCustomError: a character or a length that the schema refuses.
    """
    if len(text) > 4 * longest + 1_000:
        raise PydanticCustomError(
            "too_long_raw", "Texte trop long : {max} caractères au plus.", {"max": longest}
        )
    text = without_line_ends_of_word_processors(text)
    if found := FORBIDDEN.search(text):
        raise _refused_character(found[0])
    if stacks_marks(text):
        raise PydanticCustomError(
            "stacked_marks", "Des accents sont empilés : retapez ce texte au clavier."
        )
    text = unicodedata.normalize("NFC", text).strip(EDGES)
    if not lines and ("\n" in text or "\t" in text):
        raise PydanticCustomError(
            "single_line", "Écrivez sur une seule ligne, sans retour à la ligne ni tabulation."
        )
    if len(text) > longest:
        raise PydanticCustomError(
            "too_long_text",
            "Texte trop long : {length} caractères pour {max} au plus. Raccourcissez-le.",
            {"length": len(text), "max": longest},
        )
    return "" if is_blank(text) else text


def _refused_character(character: str) -> PydanticCustomError:
    return PydanticCustomError(
        "control_character",
        "Caractère de contrôle refusé ({code}) : retirez-le ou retapez ce texte au clavier.",
        {"code": f"U+{ord(character):04X}"},
    )
